-- What was done at each company, by hall and driver, in all (touchpoint is NULL) and touchpoint by touchpoint.
delete from work_cell
where company in (select changed_company.company from changed_company);

insert into work_cell by name
with there as (
    select
        story_rollup.company,
        story_rollup.sector,
        story_rollup.hall,
        effort_load.touchpoint,
        effort_load.driver,
        count(*) as events,
        sum(effort_load.times) as times,
        sum(effort_load.hours) as hours,
        count_if(effort_load.is_first) as first_count,
        count_if(effort_load.is_first_there) as story_count
    from effort_load
    inner join story_rollup on effort_load.number = story_rollup.number
    where effort_load.company in (select changed_company.company from changed_company)
    group by
        story_rollup.company, story_rollup.sector, story_rollup.hall, effort_load.touchpoint, effort_load.driver
)

select
    company,
    sector,
    hall,
    touchpoint,
    driver,
    events,
    times::bigint as times,
    round(hours, 9) as hours,
    story_count
from there
union all by name
select
    company,
    sector,
    hall,
    null as touchpoint,
    driver,
    sum(events)::bigint as events,
    sum(times)::bigint as times,
    round(sum(hours), 9) as hours,
    sum(first_count)::bigint as story_count
from there
group by company, sector, hall, driver;
