with compared as (
    select company
    from read_story
    group by company
    order by count(*) desc, company
    limit $most_columns
),

chosen as (
    select
        story,
        company
    from read_story
    where company in (select compared.company from compared)
),

met as (
    select
        chosen.company,
        encounter.touchpoint,
        count(distinct encounter.story) as story_count
    from encounter
    inner join chosen on encounter.story = chosen.story
    group by chosen.company, encounter.touchpoint
),

worked as (
    select
        chosen.company,
        encounter.touchpoint,
        sum(worked_event.points) as points
    from worked_event
    inner join encounter on worked_event.story = encounter.story and worked_event.step = encounter.step
    inner join chosen on worked_event.story = chosen.story
    group by chosen.company, encounter.touchpoint
)

select
    met.*,
    coalesce(worked.points, 0) as effort_points,
    coalesce(worked.points, 0) / met.story_count as points_per_story
from met
left join worked on met.company = worked.company and met.touchpoint = worked.touchpoint;
