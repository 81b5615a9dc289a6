-- Question: Which companies have stories of which job, so that we can compare them?
-- One row:  per job and company with a published story of the job. Jobs with two companies or more come first, the
--           widest difference in effort first. Within a job the hardest company comes first.
-- Columns:  job, job_label, company, story_count, mean_points, spread, companies
-- Caution:  A job counts if any step of a story serves it, even if the story's main job is another. mean_points is of
--           those steps alone.
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
