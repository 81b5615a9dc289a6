-- Question: Over all the jobs that both are told of: which of two companies asks more of its customers?
-- One row:  per job that both companies have stories of, the widest difference first.
-- Columns:  job, job_label, left_company, right_company, left_points, right_points, difference, left_stories,
--           right_stories, pair_count, is_shared, mean_difference, arrangements, p_value, story_count
-- Needs:    left, right
-- Caution:  a pair is one job; points are means per story of the encounters that serve it. p_value is that of the exact
--           two-sided sign-flip test, with 6 to 20 pairs: in what share of all ways to swap the two companies within
--           pairs their sums lie as far apart. NULL below, for with five pairs even a clean sweep has p = 0.06, and
--           where one story stands in several pairs (is_shared), for they are not so many accounts.
with served as (
    select distinct
        encounter_load.company,
        encounter_load.job,
        encounter_load.number
    from encounter_load
    where encounter_load.company in ($left, $right)
),

story_points as (
    select
        served.company,
        served.job,
        served.number,
        -- a story that serves the job without effort made none
        coalesce(sum(weighed.points), 0) as points
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
        right_side.stories as right_stories
    from side as left_side
    inner join side as right_side on left_side.job = right_side.job
    where left_side.company = $left and right_side.company = $right and $left != $right
),

-- pairs that rest on one story are one customer's day, told in parts: they do not count as so many
shared as (
    select coalesce(max(story_jobs.jobs), 0) > 1 as is_shared
    from (
        select
            served.number,
            count(*) as jobs
        from served
        inner join pair on served.job = pair.job
        group by served.number
    ) as story_jobs
),

gathered as (
    select
        list(pair.difference order by pair.job) as differences,
        count(*) as pair_count,
        abs(sum(pair.difference)) as apart,
        any_value(shared.is_shared) as is_shared
    from pair
    cross join shared
),

-- every way to swap the sides within pairs, a bit a pair
flip as (
    select
        gathered.differences,
        gathered.pair_count,
        gathered.apart,
        unnest(range(
            case
                when gathered.pair_count between 6 and 20 and not gathered.is_shared then 1 << gathered.pair_count
                else 0
            end
        )) as bits
    from gathered
),

arrangement as (
    select
        apart,
        abs(list_dot_product(
            differences, list_transform(range(pair_count), lambda place: (1 - 2 * ((bits >> place) & 1))::double)
        )) as flipped
    from flip
),

tested as (
    select
        count(*) as arrangements,
        -- as far apart, or farther; what differs by less than a rounding does not differ
        avg((flipped >= apart - 1e-9)::integer) as p_value
    from arrangement
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
    gathered.pair_count,
    gathered.is_shared,
    avg(pair.difference) over () as mean_difference,
    nullif(tested.arrangements, 0) as arrangements,
    tested.p_value,
    pair.left_stories + pair.right_stories as story_count
from pair
inner join codebook_jobs on pair.job = codebook_jobs.code
cross join gathered
cross join tested
order by abs(pair.difference) desc, codebook_jobs.label;
