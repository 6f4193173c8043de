-- Bulk: records that were put in together are claimed, leased, fenced and completed as one row, and never change
-- themselves. A record that fails leaves its chunk for seatrial.records, under its own id.
create table seatrial.chunks (
    id          bigint generated always as identity primary key,
    queue       text        not null,
    records     integer     not null,
    state       text        not null default 'ready' check (state in ('ready', 'running', 'done')),
    attempts    integer     not null default 0,
    owner       text,
    fence       bigint      not null default 0,
    lease_until timestamptz,
    run_at      timestamptz not null default now(),
    enqueued_at timestamptz not null default now(),
    finished_at timestamptz,
    check ((state = 'running') = (lease_until is not null))
) with (
    fillfactor = 70,
    autovacuum_vacuum_scale_factor = 0.02,
    autovacuum_vacuum_cost_delay = 0
);

create index chunks_ready on seatrial.chunks (queue, run_at, id) where state = 'ready';

create index chunks_running on seatrial.chunks (lease_until) where state = 'running';

-- Ids come from the records' sequence: one number names one record, wherever it lies.
create table seatrial.chunk_records (
    chunk   bigint not null,
    id      bigint not null default nextval(pg_get_serial_sequence('seatrial.records', 'id')),
    key     text   not null,
    payload jsonb  not null,
    trace   text,
    primary key (chunk, id)
);

create trigger notify_of_records after insert on seatrial.chunks
    referencing new table as new_records
    for each statement execute function seatrial.notify_of_records();
