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

-- attempts that nobody answered, and contacts that somebody did
create temp view tried as
select
    encounter.story,
    encounter.step,
    coalesce(encounter.job, published_story.job) as job,
    encounter.touchpoint,
    codebook_touchpoints.channel,
    encounter.demand,
    coalesce(counted.attempts, 0) as attempts,
    case
        when not codebook_touchpoints.is_contact then 0
        when counted.attempts > 0 then coalesce(counted.repeats, 0)
        else coalesce(counted.repeats, 1)
    end as answered
from encounter
inner join published_story on encounter.story = published_story.story
inner join codebook_touchpoints on encounter.touchpoint = codebook_touchpoints.code
left join (
    select
        effort_event.story,
        effort_event.step,
        sum(case when effort_event.driver = 'unanswered_contact' then effort_event.times else 0 end) as attempts,
        max(case when effort_event.driver != 'unanswered_contact' then effort_event.times end) as repeats
    from effort_event
    inner join codebook_drivers on effort_event.driver = codebook_drivers.code
    where codebook_drivers.failure_demand
    group by effort_event.story, effort_event.step
) as counted on encounter.story = counted.story and encounter.step = counted.step
where
    encounter.started_by = 'customer'
    and encounter.demand is not null
    and (codebook_touchpoints.is_contact or counted.attempts > 0);

-- of a run of attempts and the answered contact that ends it, one was needed if any is coded so
create temp view customer_contacted as
with run_of as (
    select
        tried.*,
        coalesce(
            sum(case when answered > 0 then 1 else 0 end) over (
                partition by story, job order by step rows between unbounded preceding and 1 preceding
            ),
            0
        ) as run
    from tried
),

run_sum as (
    select
        story,
        job,
        run,
        min(step) as first_step,
        max(case when demand = 'value' then 1 else 0 end) as is_needed,
        max(answered) as last_answered,
        sum(attempts) as attempts
    from run_of
    group by story, job, run
),

split as (
    select
        run_of.story,
        run_of.step,
        run_of.touchpoint,
        run_of.channel,
        run_of.attempts + run_of.answered as contacts,
        run_of.answered,
        case
            when run_sum.attempts = 0 then case when run_of.demand = 'value' then run_of.answered else 0 end
            when run_sum.last_answered > 0 then case when run_of.answered > 0 then run_sum.is_needed else 0 end
            when run_of.step = run_sum.first_step then run_sum.is_needed
            else 0
        end as needed
    from run_of
    inner join run_sum on run_of.story = run_sum.story and run_of.job = run_sum.job and run_of.run = run_sum.run
)

select
    story,
    step,
    touchpoint,
    channel,
    'value' as demand,
    needed as contacts,
    case when needed < answered then needed else answered end as answered
from split
where needed > 0
union all
select
    story,
    step,
    touchpoint,
    channel,
    'failure' as demand,
    contacts - needed as contacts,
    answered - case when needed < answered then needed else answered end as answered
from split
where contacts > needed;
