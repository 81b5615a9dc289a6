with compared as (
    select
        company,
        count(*) as story_count
    from published_story
    group by company
    order by count(*) desc, company
    limit $most_rows
)

select
    compared.company,
    company.sector,
    compared.story_count,
    avg(coalesce(story_effort.effort_points, 0)) as mean_points,
    avg(coalesce(story_effort.effort_points, 0) * coalesce(story_effort.effort_points, 0)) as mean_square,
    min(coalesce(story_effort.effort_points, 0)) as least_points,
    max(coalesce(story_effort.effort_points, 0)) as most_points
from compared
inner join company on compared.company = company.company
inner join published_story on compared.company = published_story.company
left join story_effort on published_story.story = story_effort.story
group by compared.company, company.sector, compared.story_count;
