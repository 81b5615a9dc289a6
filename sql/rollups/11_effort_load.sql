-- The effort of every published story by job, touchpoint and driver, before it is weighed.
delete from effort_load
where number in (select gone_number.number from gone_number);

insert into effort_load by name
-- in this order, so that what stands before a row says whether it is a first; a window that sorts takes twice as long,
-- and so does an order by names
with driver as (
    select
        code,
        row_number() over (order by code)::smallint as place
    from codebook_drivers
),

touchpoint as (
    select
        code,
        row_number() over (order by code)::smallint as place
    from codebook_touchpoints
),

work as (
    select
        changed_story.number,
        encounter_load.company,
        effort_event.step,
        effort_event.event,
        encounter_load.job,
        encounter_load.touchpoint,
        encounter_load.stage,
        effort_event.driver,
        effort_event.times,
        -- minutes not told add nothing: what the account does not say is not guessed
        coalesce(effort_event.minutes, 0) / 60 as hours,
        driver.place as driver_place,
        touchpoint.place as touchpoint_place
    from effort_event
    inner join changed_story on effort_event.story = changed_story.story
    inner join encounter_load
        on
            changed_story.number = encounter_load.number
            and effort_event.step = encounter_load.step
    inner join driver on effort_event.driver = driver.code
    inner join touchpoint on encounter_load.touchpoint = touchpoint.code
    order by
        changed_story.number,
        driver.place,
        touchpoint.place,
        effort_event.step,
        effort_event.event
),

seen as (
    select
        number,
        company,
        step,
        event,
        job,
        touchpoint,
        stage,
        driver,
        times,
        hours,
        number != lag(number, 1, 0) over () or driver_place != lag(driver_place, 1, 0) over () as is_first,
        touchpoint_place != lag(touchpoint_place, 1, 0) over () as is_elsewhere
    from work
)

select
    number,
    company,
    step,
    event,
    job,
    touchpoint,
    stage,
    driver,
    times,
    hours,
    is_first,
    is_first or is_elsewhere as is_first_there
from seen;
