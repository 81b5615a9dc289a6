-- Question: Which companies have stories of which job, so that they can be set side by side?
-- One row:  per job and company with a published story that serves it; jobs of two companies and more first, the one
--           whose companies lie furthest apart in effort before the others; in a job the hardest company first.
-- Columns:  job, job_label, company, story_count, mean_points, spread, companies
-- Caution:  a job counts where any encounter serves it, also in a story whose main job is another; mean_points is of
--           such encounters alone.
with placed as (
    select
        job,
        company,
        sum(story_count)::bigint as story_count,
        -- unknown where no story of the job was read for effort
        sum(points) / nullif(sum(effort_count), 0) as mean_points,
        count(*) over (partition by job) as companies
    from job_cell
    where is_kind(kind, $story_kind)
    group by job, company
)

select
    placed.job,
    codebook_jobs.label as job_label,
    placed.company,
    placed.story_count,
    placed.mean_points,
    max(placed.mean_points) over job_window - min(placed.mean_points) over job_window as spread,
    placed.companies
from placed
inner join codebook_jobs on placed.job = codebook_jobs.code
window job_window as (partition by placed.job)
order by placed.companies >= 2 desc, spread desc, codebook_jobs.label, placed.mean_points desc, placed.company;
