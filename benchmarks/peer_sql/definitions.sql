-- What several questions need, over the base tables, in words that both SQLite and DuckDB know. published_story is a
-- table in SQLite and a view of story in DuckDB.
create temp view worked_event as
select
    effort_event.story,
    effort_event.step,
    effort_event.driver,
    effort_event.times,
    codebook_drivers.kind,
    codebook_drivers.failure_demand,
    codebook_drivers.points * effort_event.times
    + codebook_drivers.points_per_hour * coalesce(effort_event.minutes, 0) / 60 as points
from effort_event
inner join codebook_drivers on effort_event.driver = codebook_drivers.code;

create temp view story_effort as
select
    story,
    count(*) as event_count,
    sum(points) as effort_points,
    sum(case when kind = 'do' then points else 0 end) as do_points,
    sum(case when kind = 'feel' then points else 0 end) as feel_points
from worked_event
group by story;

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
    coalesce(encounter.job, published_story.job) as job
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
    from worked_event
    where failure_demand and times > 1
    group by story, step
) as repeated on encounter.story = repeated.story and encounter.step = repeated.step
where codebook_touchpoints.is_contact and encounter.started_by = 'customer' and encounter.demand is not null;
