-- What was done at each company, by hall and driver, in all (touchpoint is NULL) and touchpoint by touchpoint.
delete from work_cell
where company in (select changed_company.company from changed_company);

insert into work_cell by name
with there as (
    select
        story_rollup.company,
        story_rollup.sector,
        story_rollup.hall,
        story_rollup.kind,
        effort_load.touchpoint,
        effort_load.driver,
        count(*) as events,
        sum(effort_load.times) as times,
        sum(effort_load.hassles) as hassles,
        sum(effort_load.told_minutes) as told_minutes,
        sum(effort_load.assumed_minutes) as assumed_minutes,
        count_if(effort_load.is_first) as first_count,
        count_if(effort_load.is_first_there) as story_count
    from effort_load
    inner join story_rollup on effort_load.number = story_rollup.number
    where effort_load.is_whole and effort_load.company in (select changed_company.company from changed_company)
    group by
        story_rollup.company,
        story_rollup.sector,
        story_rollup.hall,
        story_rollup.kind,
        effort_load.touchpoint,
        effort_load.driver
)

select
    company,
    sector,
    hall,
    kind,
    touchpoint,
    driver,
    events,
    times::bigint as times,
    round(hassles, 9) as hassles,
    round(told_minutes, 9) as told_minutes,
    round(assumed_minutes, 9) as assumed_minutes,
    story_count
from there
union all by name
select
    company,
    sector,
    hall,
    kind,
    null as touchpoint,
    driver,
    sum(events)::bigint as events,
    sum(times)::bigint as times,
    round(sum(hassles), 9) as hassles,
    round(sum(told_minutes), 9) as told_minutes,
    round(sum(assumed_minutes), 9) as assumed_minutes,
    sum(first_count)::bigint as story_count
from there
group by company, sector, hall, kind, driver;
