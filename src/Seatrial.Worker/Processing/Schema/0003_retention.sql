-- Who deletes what is old takes a row of this table, so that one worker does it at a time, and leaves in it when the
-- next step is due, so that all workers together take no more of the time than one may.
create table seatrial.retention (
    what   text        primary key,
    page   bigint      not null default 0,
    due_at timestamptz not null default now()
) with (fillfactor = 50);

insert into seatrial.retention (what) values ('chunks'), ('results');

-- In the order in which they go.
create index chunks_done on seatrial.chunks (finished_at) where state = 'done';
