with compared as (
    select
        company,
        count(*) as story_count
    from read_story
    group by company
    order by count(*) desc, company
    limit $most_rows
),

worked as (
    select
        read_story.company,
        worked_event.driver,
        sum(worked_event.points) as points
    from worked_event
    inner join read_story on worked_event.story = read_story.story
    inner join compared on read_story.company = compared.company
    group by read_story.company, worked_event.driver
)

select
    compared.company,
    compared.story_count,
    codebook_drivers.code as driver,
    coalesce(worked.points, 0) / compared.story_count as points
from compared
cross join codebook_drivers
left join worked on compared.company = worked.company and codebook_drivers.code = worked.driver;
