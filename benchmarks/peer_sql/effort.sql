with compared as (
    select
        company,
        count(*) as story_count
    from published_story
    group by company
    order by count(*) desc, company
    limit $most_rows
),

listed as (
    select
        published_story.company,
        published_story.story,
        compared.story_count,
        coalesce(story_effort.effort_points, 0) as effort_points,
        coalesce(story_effort.do_points, 0) as do_points,
        coalesce(story_effort.feel_points, 0) as feel_points,
        coalesce(story_effort.event_count, 0) as event_count
    from published_story
    inner join compared on published_story.company = compared.company
    left join story_effort on published_story.story = story_effort.story
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
