-- Question: Over all jobs that both companies have stories of: which of the two takes more effort?
-- One row:  per job that both companies have stories of that were read for effort, the widest difference first.
-- Columns:  job, job_label, left_company, right_company, left_points, right_points, difference, left_stories,
--           right_stories, pair_count, mean_difference, paired_stories, arrangements, p_value, story_count
-- Needs:    left, right
-- Caution:  A pair is one job. points are means per story of the steps of the job. p_value is that of a two-sided
--           permutation test. We deal out the two names among the stories of the same jobs in every way. p_value is the
--           share of ways with a difference at least as large. A story of two jobs keeps both. All ways are tried up to
--           2^20, and 10,000 of more. p_value is empty where no way could reach 5%, as with five jobs of one story
--           each.
with served as (
    select distinct
        encounter_load.company,
        encounter_load.job,
        encounter_load.number
    from encounter_load
    inner join story_rollup on encounter_load.number = story_rollup.number
    where
        encounter_load.company in ($left, $right)
        and story_rollup.read_effort = 'whole'
        and is_kind(story_rollup.kind, $story_kind)
),

story_points as (
    select
        served.company,
        served.job,
        served.number,
        -- a story that serves the job without effort made none
        coalesce(round(sum(weighed.points), 9), 0) as points
    from served
    left join weighed_load($weighting, $weights) as weighed
        on served.number = weighed.number and served.job = weighed.job
    group by served.company, served.job, served.number
),

side as (
    select
        company,
        job,
        avg(points) as points,
        count(*) as stories
    from story_points
    group by company, job
),

pair as (
    select
        left_side.job,
        left_side.points as left_points,
        right_side.points as right_points,
        left_side.points - right_side.points as difference,
        left_side.stories as left_stories,
        right_side.stories as right_stories,
        count(*) over () as pairs
    from side as left_side
    inner join side as right_side on left_side.job = right_side.job
    where left_side.company = $left and right_side.company = $right and $left != $right
),

-- what a story adds to the mean difference if it is the left company's, over what it takes if it is the right's
weighed_story as (
    select
        story_points.number,
        any_value(story_points.company) as company,
        string_agg(story_points.job, ' ' order by story_points.job) as jobs,
        -- means of the same points differ by a rounding alone
        round(
            sum(story_points.points * (1 / pair.left_stories + 1 / pair.right_stories))
            / any_value(pair.pairs), 12
        ) as weight
    from story_points
    inner join pair on story_points.job = pair.job
    group by story_points.number
),

alike as (
    select
        jobs,
        weight,
        count(*) as stories,
        count(*) filter (where company = $left) as left_stories
    from weighed_story
    group by jobs, weight
),

tested as (
    select
        permute_labels(
            list(jobs order by jobs, weight),
            list(weight order by jobs, weight),
            list(stories order by jobs, weight),
            list(left_stories order by jobs, weight)
        ) as permuted,
        -- a story that serves several jobs counts once
        sum(stories)::bigint as stories
    from alike
)

select
    pair.job,
    codebook_jobs.label as job_label,
    $left as left_company,
    $right as right_company,
    pair.left_points,
    pair.right_points,
    pair.difference,
    pair.left_stories,
    pair.right_stories,
    pair.pairs as pair_count,
    avg(pair.difference) over () as mean_difference,
    tested.stories as paired_stories,
    tested.permuted.arrangements,
    tested.permuted.p_value,
    pair.left_stories + pair.right_stories as story_count
from pair
inner join codebook_jobs on pair.job = codebook_jobs.code
cross join tested
order by abs(pair.difference) desc, codebook_jobs.label;
