-- Question: The same job at two companies: what work did each make of it?
-- One row:  per driver met at either company in encounters that serve the job, the widest difference first.
-- Columns:  driver, driver_label, kind, left_points, right_points, difference, left_events, right_events,
--           left_stories, right_stories, story_count
-- Needs:    job, left, right
-- Caution:  points are means per story that has the job; NULL where a company has no story of it, 0 where
--           it made no such
--           work. Below six pairs nothing is tested.
with job_story as (
    select
        company,
        count(distinct story) as story_count
    from service_encounter
    where job = $job and company in ($left, $right)
    group by company
),

driver_sum as (
    select
        company,
        driver,
        sum(points) as points,
        count(*) as events
    from effort
    where job = $job and company in ($left, $right)
    group by company, driver
),

side as (
    select
        codebook_drivers.code as driver,
        (
            select job_story.story_count from job_story
            where job_story.company = $left
        ) as left_stories,
        (
            select job_story.story_count from job_story
            where job_story.company = $right
        ) as right_stories,
        sum(driver_sum.points) filter (where driver_sum.company = $left) as left_sum,
        sum(driver_sum.points) filter (where driver_sum.company = $right) as right_sum,
        sum(driver_sum.events) filter (where driver_sum.company = $left) as left_events,
        sum(driver_sum.events) filter (where driver_sum.company = $right) as right_events
    from codebook_drivers
    inner join driver_sum on codebook_drivers.code = driver_sum.driver
    group by codebook_drivers.code
),

pair as (
    select
        driver,
        left_stories,
        right_stories,
        -- a company with stories of the job and no such event made no such work: none, not unknown
        case when left_stories is not null then coalesce(left_sum, 0) / left_stories end as left_points,
        case when right_stories is not null then coalesce(right_sum, 0) / right_stories end as right_points,
        coalesce(left_events, 0)::bigint as left_events,
        coalesce(right_events, 0)::bigint as right_events
    from side
)

select
    pair.driver,
    codebook_drivers.label as driver_label,
    codebook_drivers.kind,
    pair.left_points,
    pair.right_points,
    pair.left_points - pair.right_points as difference,
    pair.left_events,
    pair.right_events,
    pair.left_stories,
    pair.right_stories,
    coalesce(pair.left_stories, 0) + coalesce(pair.right_stories, 0) as story_count
from pair
inner join codebook_drivers on pair.driver = codebook_drivers.code
order by abs(coalesce(pair.left_points, 0) - coalesce(pair.right_points, 0)) desc, pair.driver;
