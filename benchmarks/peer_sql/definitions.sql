-- What several questions need, over the base tables, in words that both SQLite and DuckDB know. published_story is a
-- table in SQLite and a view of story in DuckDB.
create temp view worked_event as
select
    weighed.story,
    weighed.step,
    weighed.driver,
    weighed.times,
    codebook_drivers.kind,
    codebook_drivers.failure_demand,
    -- at most the ceiling: of each time, or of the story for all its events of a driver, cut in proportion
    case
        when codebook_drivers.ceiling_of = 'time' then
            case
                when weighed.points > codebook_drivers.ceiling_points * weighed.times
                    then codebook_drivers.ceiling_points * weighed.times
                else weighed.points
            end
        when sum(weighed.points) over driver_window > codebook_drivers.ceiling_points then
            weighed.points * codebook_drivers.ceiling_points / sum(weighed.points) over driver_window
        else weighed.points
    end as points
from (
    select
        effort_event.*,
        weight.hassle_points * effort_event.times
        + coalesce(effort_event.minutes, weight.usual_minutes * effort_event.times) * weight.minute_share / 5 as points
    from effort_event
    inner join codebook_drivers as weight on effort_event.driver = weight.code
) as weighed
inner join codebook_drivers on weighed.driver = codebook_drivers.code
-- effort is known of stories that were read whole for it
inner join published_story on weighed.story = published_story.story and published_story.read_effort = 'whole'
window driver_window as (partition by weighed.story, weighed.driver);

create temp view read_story as
select *
from published_story
where read_effort = 'whole';

-- 0 where a story was read for effort and has none
create temp view story_effort as
select
    read_story.story,
    count(worked_event.driver) as event_count,
    coalesce(sum(worked_event.points), 0) as effort_points,
    sum(case when worked_event.kind = 'do' then worked_event.points else 0 end) as do_points,
    sum(case when worked_event.kind = 'feel' then worked_event.points else 0 end) as feel_points
from read_story
left join worked_event on read_story.story = worked_event.story
group by read_story.story;

-- neither has the other's way to the row of a largest value: the step and the feeling are packed into one number
create temp view story_experience as
select
    story,
    peak,
    ending,
    (peak + ending) / 2.0 as experience,
    case
        when peak + ending >= 4 then 'fame'
        when peak + ending <= -4 then 'shame'
        when peak is not null then 'mixed'
    end as hall
from (
    select
        story,
        max((abs(feeling) * 100000 + step) * 16 + feeling + 5) % 16 - 5 as peak,
        max(step * 16 + feeling + 5) % 16 - 5 as ending
    from encounter
    group by story
) as remembered;

create temp view served as
select
    published_story.company,
    encounter.story,
    encounter.step,
    coalesce(encounter.job, published_story.job) as job,
    published_story.read_effort = 'whole' as is_read
from encounter
inner join published_story on encounter.story = published_story.story;

create temp view uncomplained_story as
select published_story.*
from published_story
where
    published_story.company not in (
        select filed.company
        from published_story as filed
        inner join source on filed.source = source.source
        where lower(source.kind) in ('complaint', 'complaints', 'open data')
    );

create temp view customer_contacted as
select
    encounter.story,
    encounter.touchpoint,
    codebook_touchpoints.channel,
    encounter.demand,
    coalesce(repeated.times, 1) as contacts
from encounter
inner join codebook_touchpoints on encounter.touchpoint = codebook_touchpoints.code
left join (
    select
        story,
        step,
        max(times) as times
    from effort_event
    inner join codebook_drivers on effort_event.driver = codebook_drivers.code
    where failure_demand and times > 1
    group by story, step
) as repeated on encounter.story = repeated.story and encounter.step = repeated.step
where codebook_touchpoints.is_contact and encounter.started_by = 'customer' and encounter.demand is not null;
