with compared as (
    select
        company,
        count(*) as story_count
    from read_story
    group by company
    order by count(*) desc, company
    limit $most_rows
)

select
    compared.company,
    company.sector,
    compared.story_count,
    avg(story_effort.effort_points) as mean_points,
    avg(story_effort.effort_points * story_effort.effort_points) as mean_square,
    min(story_effort.effort_points) as least_points,
    max(story_effort.effort_points) as most_points
from compared
inner join company on compared.company = company.company
inner join read_story on compared.company = read_story.company
left join story_effort on read_story.story = story_effort.story
group by compared.company, company.sector, compared.story_count;
