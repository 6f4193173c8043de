-- A record is claimed (ready -> running) by one owner for the time of a lease, and leaves that state once:
--   running -> gone    done: its result and follow-ups are written and the row is deleted in one transaction
--   running -> dead    given up, with its error
--   dead -> ready      put back by an operator, with all its attempts
--   running -> ready   given back by its owner, or taken from it after the lease's end
-- The fence grows with each claim and each return to ready, so that nobody but the last owner can complete the record.
create table seatrial.records (
    id          bigint generated always as identity primary key,
    queue       text        not null,
    key         text        not null,
    payload     jsonb       not null,
    priority    smallint    not null default 1,
    state       text        not null default 'ready',
    attempts    integer     not null default 0,
    owner       text,
    fence       bigint      not null default 0,
    lease_until timestamptz,
    run_at      timestamptz not null default now(),
    error       text,
    trace       text,
    enqueued_at timestamptz not null default now(),
    finished_at timestamptz,
    -- One, for each is parsed again by every statement that writes: four cost a tenth of a record's own transaction.
    check (priority between 0 and 3 and case state
        when 'running' then lease_until is not null and owner is not null
        when 'ready' then lease_until is null
        when 'dead' then lease_until is null
        else false end)
) with (
    -- Room beside each row for the version that its claim writes: within one page the log gets what changed only, and
    -- no lock of its own.
    fillfactor = 50,
    autovacuum_vacuum_scale_factor = 0.02,
    autovacuum_vacuum_cost_delay = 0
);

-- In the claim's order, 0 being the most urgent: a record that is due later is not walked by a claim.
create index records_ready on seatrial.records (queue, priority, run_at, id) where state = 'ready';

-- For those who look after what was given up.
create index records_dead on seatrial.records (queue, id) where state = 'dead';

-- For the reaper alone, so that claims never walk leased rows.
create index records_running on seatrial.records (lease_until) where state = 'running';

-- Append-only, and without a unique key by record: it would hide a duplicate. Without an index too, which would be a
-- quarter of what a completion writes.
create table seatrial.results (
    record_id bigint      not null,
    queue     text        not null,
    key       text        not null,
    owner     text        not null,
    fence     bigint      not null,
    result    jsonb,
    at        timestamptz not null default now()
);

-- One notification a statement and queue wakes idle workers when the insert commits.
create function seatrial.notify_of_records() returns trigger language plpgsql as $$
begin
    perform pg_notify('seatrial_records', inserted.queue) from (select distinct queue from new_records) inserted;
    return null;
end $$;

create trigger notify_of_records after insert on seatrial.records
    referencing new table as new_records
    for each statement execute function seatrial.notify_of_records();
