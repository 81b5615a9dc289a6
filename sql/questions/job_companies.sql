-- Question: Which companies have stories of which job, so that they can be set side by side?
-- One row:  per job and company with a published story that serves it; jobs with most companies first.
-- Columns:  job, job_label, company, story_count, companies
-- Caution:  a job counts where any encounter serves it, also in a story whose main job is another.
with served as (
    select
        job,
        company,
        count(distinct story) as story_count
    from service_encounter
    group by job, company
)

select
    served.job,
    codebook_jobs.label as job_label,
    served.company,
    served.story_count,
    count(*) over (partition by served.job) as companies
from served
inner join codebook_jobs on served.job = codebook_jobs.code
order by companies desc, codebook_jobs.label asc, served.company asc;
