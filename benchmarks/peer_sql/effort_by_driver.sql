with compared as (
    select
        company,
        count(*) as company_stories
    from read_story
    where
        company in (
            select worked.company
            from read_story as worked
            inner join worked_event on worked.story = worked_event.story
        )
    group by company
    order by count(*) desc, company
    limit $most_columns
),

summed as (
    select
        compared.company,
        compared.company_stories,
        worked_event.driver,
        sum(worked_event.points) as points,
        count(*) as events,
        sum(worked_event.times) as times,
        count(distinct worked_event.story) as story_count
    from worked_event
    inner join read_story on worked_event.story = read_story.story
    inner join compared on read_story.company = compared.company
    group by compared.company, compared.company_stories, worked_event.driver
)

select
    *,
    points / company_stories as points_per_story,
    points / nullif(sum(points) over company_window, 0) as share,
    sum(points) over company_window as company_points
from summed
window company_window as (partition by company);
