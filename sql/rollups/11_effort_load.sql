-- The effort of every published story by job, touchpoint and driver, before it is weighed.
delete from effort_load
where number in (select gone_number.number from gone_number);

insert into effort_load by name
-- in this order, so that what stands before a row says whether it is a first; a window that sorts takes twice as long,
-- and so does an order by names
with driver as (
    select
        code,
        row_number() over (order by code)::smallint as place,
        hassle_points,
        usual_minutes,
        minute_share / minutes_per_point() as points_per_minute,
        ceiling_points,
        ceiling_of
    from codebook_drivers
),

touchpoint as (
    select
        code,
        row_number() over (order by code)::smallint as place
    from codebook_touchpoints
),

-- the sum of an effort type in a story, of those types whose ceiling is the story's
summed as (
    select
        effort_event.story,
        effort_event.driver,
        sum(
            load_points(
                driver.hassle_points,
                driver.points_per_minute,
                effort_event.times,
                coalesce(effort_event.minutes, 0),
                case when effort_event.minutes is null then driver.usual_minutes * effort_event.times else 0 end
            )
        ) as points
    from effort_event
    inner join changed_story on effort_event.story = changed_story.story
    inner join driver on effort_event.driver = driver.code
    where driver.ceiling_of = 'story'
    group by effort_event.story, effort_event.driver
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
        coalesce(effort_event.minutes, 0) as told_minutes,
        -- minutes that are not told are the usual ones; assumed_minutes keeps them apart
        case when effort_event.minutes is null then driver.usual_minutes * effort_event.times else 0 end
            as assumed_minutes,
        story.read_effort = 'whole' as is_whole,
        case
            when driver.ceiling_of = 'story' then cut_to(driver.ceiling_points, summed.points)
            else cut_to(
                driver.ceiling_points * effort_event.times,
                load_points(
                    driver.hassle_points, driver.points_per_minute, effort_event.times, told_minutes, assumed_minutes
                )
            )
        end as cut,
        driver.place as driver_place,
        touchpoint.place as touchpoint_place
    from effort_event
    inner join changed_story on effort_event.story = changed_story.story
    inner join story on changed_story.story = story.story
    inner join encounter_load
        on
            changed_story.number = encounter_load.number
            and effort_event.step = encounter_load.step
    inner join driver on effort_event.driver = driver.code
    inner join touchpoint on encounter_load.touchpoint = touchpoint.code
    left join summed on effort_event.story = summed.story and effort_event.driver = summed.driver
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
        times * cut as hassles,
        told_minutes * cut as told_minutes,
        assumed_minutes * cut as assumed_minutes,
        is_whole,
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
    hassles,
    told_minutes,
    assumed_minutes,
    is_whole,
    is_first,
    is_first or is_elsewhere as is_first_there
from seen;
