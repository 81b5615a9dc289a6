-- The effort of every published story by job, touchpoint and driver, before it is weighed.
delete from effort_load
where story in (select changed_story.story from changed_story);

insert into effort_load by name
-- in this order, so that what stands before a row says whether it is a first; a window that sorts takes twice as long
with work as (
    select
        changed_story.number,
        effort_event.story,
        service_encounter.company,
        effort_event.step,
        effort_event.event,
        service_encounter.job,
        service_encounter.touchpoint,
        service_encounter.stage,
        effort_event.driver,
        effort_event.times,
        -- minutes not told add nothing: what the account does not say is not guessed
        coalesce(effort_event.minutes, 0) / 60 as hours,
        effort_event.evidence,
        weight.points * effort_event.times + weight.points_per_hour * coalesce(effort_event.minutes, 0) / 60
            as evidence_points
    from effort_event
    inner join service_encounter
        on
            effort_event.story = service_encounter.story
            and effort_event.step = service_encounter.step
    inner join changed_story on effort_event.story = changed_story.story
    inner join driver_weight(null, null) as weight on effort_event.driver = weight.driver
    order by
        changed_story.number,
        effort_event.driver,
        service_encounter.touchpoint,
        effort_event.step,
        effort_event.event
),

seen as (
    select
        number,
        story,
        company,
        step,
        event,
        job,
        touchpoint,
        stage,
        driver,
        times,
        hours,
        evidence,
        evidence_points,
        number != lag(number, 1, 0) over () or driver != lag(driver, 1, '') over () as is_first,
        touchpoint != lag(touchpoint, 1, '') over () as is_elsewhere
    from work
)

select
    number,
    story,
    company,
    step,
    event,
    job,
    touchpoint,
    stage,
    driver,
    times,
    hours,
    evidence,
    evidence_points,
    is_first,
    is_first or is_elsewhere as is_first_there
from seen;
