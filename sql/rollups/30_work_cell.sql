-- What was done at each company, by hall and driver, in all (touchpoint is NULL) and touchpoint by touchpoint.
delete from work_cell
where company in (select changed_company.company from changed_company);

insert into work_cell by name
select
    story_rollup.company,
    story_rollup.sector,
    story_rollup.hall,
    effort_load.touchpoint,
    effort_load.driver,
    count(*) as events,
    sum(effort_load.times)::bigint as times,
    round(sum(effort_load.hours), 9) as hours,
    count(distinct effort_load.number) as story_count,
    heaviest(effort_load.evidence, effort_load.evidence_points) as evidence,
    max(effort_load.evidence_points) as evidence_points
from effort_load
inner join story_rollup on effort_load.number = story_rollup.number
where effort_load.company in (select changed_company.company from changed_company)
group by grouping sets (
    (story_rollup.company, story_rollup.sector, story_rollup.hall, effort_load.driver),
    (story_rollup.company, story_rollup.sector, story_rollup.hall, effort_load.driver, effort_load.touchpoint)
);
