-- Question: Which stories serve this job at this company?
-- One row:  per published story of $company with a step of $job. The points are those of such steps alone.
-- Columns:  story, title, company, job_points, job_encounters, peak, ending, experience, hall,
--           story_count
-- Needs:    job, company
-- Caution:  experience and hall are those of the steps of the job, and not of the whole story.
with served as (
    select
        number,
        count(*) as job_encounters,
        peak_feeling(feeling, step) as peak,
        end_feeling(feeling, step) as ending
    from encounter_load
    where job = $job and company = $company
    group by number
),

worked as (
    select
        number,
        round(sum(points), 9) as job_points
    from weighed_load($weighting, $weights)
    where job = $job and company = $company
    group by number
)

select
    story_rollup.story,
    story_rollup.title,
    story_rollup.company,
    -- no event found is none, unless nobody read the story for effort
    case when story_rollup.read_effort = 'whole' then coalesce(worked.job_points, 0) end as job_points,
    served.job_encounters,
    served.peak,
    served.ending,
    peak_end(served.peak, served.ending) as experience,
    hall(peak_end(served.peak, served.ending)) as hall,
    1 as story_count
from served
inner join story_rollup on served.number = story_rollup.number
left join worked on served.number = worked.number
where is_kind(story_rollup.kind, $story_kind)
order by story_rollup.story;
