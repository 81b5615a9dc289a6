with chosen as (
    select
        published_story.story,
        published_story.company,
        published_story.read_effort,
        story_experience.hall
    from published_story
    inner join story_experience on published_story.story = story_experience.story
    where story_experience.hall in ('fame', 'shame')
),

met as (
    select
        encounter.touchpoint,
        chosen.hall,
        count(*) as encounter_count,
        count(encounter.feeling) as feeling_count,
        avg(encounter.feeling) as mean_feeling,
        count(distinct chosen.company) as companies,
        count(distinct encounter.story) as story_count,
        max(case when chosen.read_effort = 'whole' then 1 else 0 end) as is_read
    from encounter
    inner join chosen on encounter.story = chosen.story
    group by encounter.touchpoint, chosen.hall
),

worked as (
    select
        encounter.touchpoint,
        chosen.hall,
        sum(worked_event.points) as points
    from worked_event
    inner join encounter on worked_event.story = encounter.story and worked_event.step = encounter.step
    inner join chosen on worked_event.story = chosen.story
    group by encounter.touchpoint, chosen.hall
)

select
    met.*,
    case when met.is_read = 1 then coalesce(worked.points, 0) end as effort_points,
    max(case when met.hall = 'fame' then met.mean_feeling end) over touchpoint_window
    - max(case when met.hall = 'shame' then met.mean_feeling end) over touchpoint_window as difference
from met
left join worked on met.touchpoint = worked.touchpoint and met.hall = worked.hall
window touchpoint_window as (partition by met.touchpoint);
