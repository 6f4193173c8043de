-- What came in over HTTP, by the name under which it may be sent again: the key is the caller's, the digest tells
-- whether it is the same record. Filled in the transaction that puts the record in.
create table seatrial.intake (
    queue     text        not null,
    key       text        not null,
    record_id bigint      not null,
    digest    text        not null,
    at        timestamptz not null default now(),
    primary key (queue, key)
);

-- Where a record stands is asked by its key. Bloom filters over ranges of pages cost a completion next to nothing: a
-- tree would be a quarter of what it writes.
create index results_key on seatrial.results using brin (key text_bloom_ops) with (pages_per_range = 32);
