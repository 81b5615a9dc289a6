-- Question: Which stories serve this job at this company?
-- One row:  per published story of $company with a step of $job. The points are those of such steps alone.
-- Columns:  story, title, company, job_points, found_points, story_points, known_types, job_encounters, peak, ending,
--           experience, hall, story_count
-- Needs:    job, company
-- Caution:  experience and hall are those of the steps of the job, and not of the whole story. story_points are those
--           of the whole story. job_points and story_points are empty where a story was not read whole for effort.
--           known_types then counts the effort types that it was read for, and found_points are their points.
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
),

-- what forms said of some effort types
found_part as (
    select
        effort_load.number,
        round(
            sum(
                load_points(
                    weight.hassle_points,
                    weight.points_per_minute,
                    effort_load.hassles,
                    effort_load.told_minutes,
                    effort_load.assumed_minutes
                )
            ), 9
        ) as points
    from effort_load
    inner join driver_weight($weighting, $weights) as weight on effort_load.driver = weight.driver
    where not effort_load.is_whole and effort_load.company = $company and effort_load.job = $job
    group by effort_load.number
),

whole as (
    select
        number,
        round(sum(points), 9) as story_points
    from weighed_load($weighting, $weights)
    where company = $company and number in (select served.number from served)
    group by number
)

select
    story_rollup.story,
    story_rollup.title,
    story_rollup.company,
    -- no event found is none, unless nobody read the story for effort
    case when story_rollup.read_effort = 'whole' then coalesce(worked.job_points, 0) end as job_points,
    coalesce(worked.job_points, found_part.points, 0) as found_points,
    case when story_rollup.read_effort = 'whole' then coalesce(whole.story_points, 0) end as story_points,
    case when story_rollup.read_effort = 'part' then len(story_rollup.read_drivers) end as known_types,
    served.job_encounters,
    served.peak,
    served.ending,
    peak_end(served.peak, served.ending) as experience,
    hall(peak_end(served.peak, served.ending)) as hall,
    1 as story_count
from served
inner join story_rollup on served.number = story_rollup.number
left join worked on served.number = worked.number
left join whole on served.number = whole.number
left join found_part on served.number = found_part.number
where is_kind(story_rollup.kind, $story_kind)
order by story_rollup.story;
