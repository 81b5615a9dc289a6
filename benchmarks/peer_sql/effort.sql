with compared as (
    select
        company,
        count(*) as story_count
    from read_story
    group by company
    order by count(*) desc, company
    limit $most_rows
),

listed as (
    select
        read_story.company,
        read_story.story,
        compared.story_count,
        story_effort.effort_points as effort_points,
        story_effort.do_points as do_points,
        story_effort.feel_points as feel_points,
        story_effort.event_count as event_count
    from read_story
    inner join compared on read_story.company = compared.company
    left join story_effort on read_story.story = story_effort.story
),

worked as (
    select
        company,
        story_count,
        avg(effort_points) as company_points,
        avg(do_points) as company_do,
        avg(feel_points) as company_feel,
        min(effort_points) as least_points,
        max(effort_points) as most_points
    from listed
    group by company, story_count
)

select
    worked.*,
    listed.story,
    listed.effort_points,
    listed.do_points,
    listed.feel_points,
    listed.event_count
from worked
left join listed on worked.company = listed.company and worked.story_count <= $most_own_dots;
