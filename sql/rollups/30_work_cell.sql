-- What was done at each company, by hall and driver, in all (touchpoint is NULL) and touchpoint by touchpoint.
delete from work_cell
where company in (select changed_company.company from changed_company);

insert into work_cell by name
with at_touchpoint as (
    select
        effort_load.story,
        effort_load.touchpoint,
        effort_load.driver,
        sum(effort_load.events) as events,
        sum(effort_load.times) as times,
        sum(effort_load.hours) as hours,
        heaviest(effort_load.evidence, effort_load.evidence_points) as evidence,
        max(effort_load.evidence_points) as evidence_points
    from effort_load
    where effort_load.company in (select changed_company.company from changed_company)
    group by effort_load.story, effort_load.touchpoint, effort_load.driver
),

in_all as (
    select
        story,
        driver,
        sum(events) as events,
        sum(times) as times,
        sum(hours) as hours,
        heaviest(evidence, evidence_points) as evidence,
        max(evidence_points) as evidence_points
    from at_touchpoint
    group by story, driver
),

either as (
    select
        story,
        touchpoint,
        driver,
        events,
        times,
        hours,
        evidence,
        evidence_points
    from at_touchpoint
    union all
    select
        story,
        null,
        driver,
        events,
        times,
        hours,
        evidence,
        evidence_points
    from in_all
)

select
    story_rollup.company,
    story_rollup.sector,
    story_rollup.hall,
    either.touchpoint,
    either.driver,
    sum(either.events)::bigint as events,
    sum(either.times)::bigint as times,
    round(sum(either.hours), 9) as hours,
    count(*) as story_count,
    heaviest(either.evidence, either.evidence_points) as evidence,
    max(either.evidence_points) as evidence_points
from either
inner join story_rollup on either.story = story_rollup.story
group by story_rollup.company, story_rollup.sector, story_rollup.hall, either.touchpoint, either.driver;
