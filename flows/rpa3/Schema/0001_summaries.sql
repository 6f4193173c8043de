create schema if not exists rpa;

-- Sums, not means: sums of exact numbers are the same in whatever order the batches land.
create table rpa.summaries (
    year               integer not null,
    marital            text    not null,
    answers            bigint  not null,
    tv_answers         bigint  not null,
    tv_hours           bigint  not null,
    expected_tv_hours  numeric not null,
    typicality         numeric not null,
    primary key (year, marital)
) with (fillfactor = 50);

create view rpa.published as
select year, marital, answers,
    round(tv_hours::numeric / nullif(tv_answers, 0), 2) as mean_tv_hours,
    round(expected_tv_hours / answers, 2) as mean_expected_tv_hours,
    round(typicality / answers, 4) as mean_typicality
from rpa.summaries
order by year, marital;
