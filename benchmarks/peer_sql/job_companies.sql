with story_count as (
    select
        company,
        job,
        count(distinct story) as story_count,
        count(distinct case when is_read then story end) as effort_count
    from served
    group by company, job
),

worked as (
    select
        served.company,
        served.job,
        sum(worked_event.points) as points
    from served
    inner join worked_event on served.story = worked_event.story and served.step = worked_event.step
    group by served.company, served.job
),

placed as (
    select
        story_count.job,
        story_count.company,
        story_count.story_count,
        coalesce(worked.points, 0) / nullif(story_count.effort_count, 0) as mean_points
    from story_count
    left join worked on story_count.company = worked.company and story_count.job = worked.job
)

select
    *,
    max(mean_points) over job_window - min(mean_points) over job_window as spread,
    count(*) over job_window as companies
from placed
window job_window as (partition by job);
