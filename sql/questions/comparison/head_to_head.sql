-- Question: The same job at two companies: how much effort did it take at each?
-- One row:  per effort type found at either company in steps of the job, the widest difference first. If neither caused
--           effort, one row has no effort type.
-- Columns:  driver, driver_label, kind, left_points, right_points, difference, left_events, right_events,
--           left_company, right_company, left_total, right_total, total_difference, left_experience,
--           right_experience, left_hall, right_hall, left_stories, right_stories, left_variance, right_variance,
--           step_from, step_to, job, job_label, story_count
-- Needs:    job, left, right
-- Caution:  points are means per story of the job that was read for effort. They are empty where a company has no such
--           story, and 0 where it caused no such effort. Experience is the mean of the steps of the job. The hall
--           follows from them, and is empty below five stories. Nothing is tested below six pairs. left_variance and
--           right_variance are those of the stories’ points, empty below two stories.
with job_story as (
    select
        encounter_load.company,
        encounter_load.number,
        any_value(story_rollup.read_effort = 'whole') as is_read,
        peak_end(
            peak_feeling(encounter_load.feeling, encounter_load.step),
            end_feeling(encounter_load.feeling, encounter_load.step)
        ) as experience
    from encounter_load
    inner join story_rollup on encounter_load.number = story_rollup.number
    where encounter_load.job = $job and is_kind(story_rollup.kind, $story_kind)
    group by encounter_load.company, encounter_load.number
),

served as (
    select
        company,
        nullif(count_if(is_read), 0) as story_count,
        count(experience) as experience_count,
        avg(experience) as experience,
        var_samp(experience) as experience_variance
    from job_story
    group by company
),

placed as (
    select
        company,
        hall
    from placed_company('served')
    where company in ($left, $right)
),

there as (
    select
        company,
        number,
        driver,
        points,
        events
    from weighed_load($weighting, $weights)
    where
        job = $job
        and company in ($left, $right)
        and number in (select job_story.number from job_story)
),

driver_sum as (
    select
        company,
        driver,
        round(sum(points), 9) as points,
        sum(events)::bigint as events
    from there
    group by company, driver
),

-- stories of the job without effort have no row here, and count as 0
story_sum as (
    select
        company,
        sum(points) as points
    from there
    group by company, number
),

spread as (
    select
        served.company,
        case
            when served.story_count > 1
                then coalesce(greatest(
                    sum(story_sum.points ** 2) - sum(story_sum.points) ** 2 / served.story_count, 0
                ), 0) / (served.story_count - 1)
        end as variance
    from served
    left join story_sum on served.company = story_sum.company
    where served.company in ($left, $right)
    group by served.company, served.story_count
),

-- one row without a driver says that neither made any work
met as (
    select distinct driver from driver_sum
    union all
    select null
    where
        not exists (select 1 from driver_sum)
        and (
            select count(served.story_count) from served
            where served.company in ($left, $right)
        ) > 0
),

pair as (
    select
        met.driver,
        left_served.story_count as left_stories,
        right_served.story_count as right_stories,
        left_spread.variance as left_variance,
        right_spread.variance as right_variance,
        left_served.experience as left_experience,
        left_placed.hall as left_hall,
        right_served.experience as right_experience,
        right_placed.hall as right_hall,
        coalesce(left_sum.events, 0) as left_events,
        coalesce(right_sum.events, 0) as right_events,
        -- a company with stories of the job and no such event made no such work: none, not unknown; without a story of
        -- it the count is NULL and so are the points
        coalesce(left_sum.points, 0) / left_served.story_count as left_points,
        coalesce(right_sum.points, 0) / right_served.story_count as right_points
    from met
    left join served as left_served on left_served.company = $left
    left join placed as left_placed on left_placed.company = $left
    left join spread as left_spread on left_spread.company = $left
    left join served as right_served on right_served.company = $right
    left join placed as right_placed on right_placed.company = $right
    left join spread as right_spread on right_spread.company = $right
    left join driver_sum as left_sum on met.driver = left_sum.driver and left_sum.company = $left
    left join driver_sum as right_sum on met.driver = right_sum.driver and right_sum.company = $right
),

named as (
    select
        pair.driver,
        known_driver.label as driver_label,
        known_driver.kind,
        pair.left_points,
        pair.right_points,
        pair.left_points - pair.right_points as difference,
        pair.left_events,
        pair.right_events,
        pair.left_experience,
        pair.left_hall,
        pair.right_experience,
        pair.right_hall,
        pair.left_stories,
        pair.right_stories,
        pair.left_variance,
        pair.right_variance,
        row_number() over (
            order by
                abs(coalesce(pair.left_points, 0) - coalesce(pair.right_points, 0)) desc,
                greatest(coalesce(pair.left_points, 0), coalesce(pair.right_points, 0)) desc,
                known_driver.label
        ) as position
    from pair
    left join known_driver on pair.driver = known_driver.code
)

select
    named.driver,
    named.driver_label,
    named.kind,
    named.left_points,
    named.right_points,
    named.difference,
    named.left_events,
    named.right_events,
    $left as left_company,
    $right as right_company,
    sum(named.left_points) over () as left_total,
    sum(named.right_points) over () as right_total,
    sum(named.difference) over () as total_difference,
    named.left_experience,
    named.right_experience,
    named.left_hall,
    named.right_hall,
    named.left_stories,
    named.right_stories,
    named.left_variance,
    named.right_variance,
    -- from the one company's total to the other's, driver by driver
    sum(named.left_points) over () - sum(named.difference) over before + named.difference as step_from,
    sum(named.left_points) over () - sum(named.difference) over before as step_to,
    codebook_jobs.code as job,
    codebook_jobs.label as job_label,
    coalesce(named.left_stories, 0) + coalesce(named.right_stories, 0) as story_count
from named
inner join codebook_jobs on codebook_jobs.code = $job
window before as (order by named.position rows between unbounded preceding and current row)
order by named.position;
