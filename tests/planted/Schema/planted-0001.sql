create schema planted;

create table planted.total (
    name    text   primary key,
    visits  bigint not null
);

insert into planted.total values ('all', 0);

-- Nobody thought of an index on the person.
create table planted.visits as
select visit, md5(visit::text) as person from generate_series(1, 100000) as visit;

analyze planted.visits;
