-- Question: How sure can we be of what each company asks of its customers?
-- One row:  per company, the hardest first.
-- Columns:  company, sector, mean_points, low, high, least_points, most_points, points, shrunk_points, sector_points,
--           sector_companies, rank_low, rank_high, ranked_companies, alike, story_count, company_order
-- Caution:  low and high are a 95% interval (studentised bootstrap) from five stories on, NULL below and where too many
--           are the same. Ranks hold where intervals do not overlap that are wide enough to hold all means together in
--           95 of 100 cases; alike names those that do overlap. shrunk_points draws a
--           company towards its sector, in sectors of four companies with five stories each. No interval measures how
--           the stories were picked.
with measured as (
    select
        chosen.company,
        chosen.sector,
        count(*) as story_count,
        -- a story without effort has no row to weigh: it was read for effort and none was found
        avg(coalesce(weighed.effort_points, 0)) as mean_points,
        min(coalesce(weighed.effort_points, 0)) as least_points,
        max(coalesce(weighed.effort_points, 0)) as most_points,
        var_samp(coalesce(weighed.effort_points, 0)) / count(*) as mean_variance,
        list(coalesce(weighed.effort_points, 0) order by chosen.story) as points
    from chosen_story($companies, $sectors, $jobs, $touchpoints, $halls, $since, $until) as chosen
    left join weighed_story($weighting, $weights) as weighed on chosen.story = weighed.story
    group by chosen.company, chosen.sector
),

bounded as (
    select
        measured.company,
        measured.sector,
        measured.story_count,
        measured.mean_points,
        measured.least_points,
        measured.most_points,
        measured.mean_variance,
        measured.points,
        mean_interval(measured.points, 0.95) as bounds,
        -- wide enough that all of them hold their means together in 95 of 100 cases (Sidak 1967)
        mean_interval(
            measured.points,
            0.95 ** (1 / greatest(count(*) filter (where measured.story_count >= 5) over (), 1))
        ) as joint
    from measured
),

-- the companies that a sector's mean can be taken over
weighted as (
    select
        company,
        sector,
        mean_points,
        mean_variance,
        1 / mean_variance as precision,
        sum(mean_points / mean_variance) over sector_window / sum(1 / mean_variance) over sector_window as centre,
        count(*) over sector_window as sector_companies
    from bounded
    where bounds is not null
    window sector_window as (partition by sector)
),

scattered as (
    select
        sector,
        any_value(sector_companies) as sector_companies,
        variance_between(
            sum(precision),
            sum(precision ** 2),
            sum(precision * (mean_points - centre) ** 2),
            any_value(sector_companies)
        ) as between_variance
    from weighted
    group by sector
),

sector_mean as (
    select
        weighted.sector,
        any_value(scattered.sector_companies) as sector_companies,
        any_value(scattered.between_variance) as between_variance,
        sum(weighted.mean_points / (weighted.mean_variance + scattered.between_variance))
        / sum(1 / (weighted.mean_variance + scattered.between_variance)) as sector_points
    from weighted
    inner join scattered on weighted.sector = scattered.sector
    group by weighted.sector
),

-- a company stands above another where their joint intervals do not meet (Klein, Wright and Wieczorek 2020)
compared as (
    select
        bounded.company,
        1 + count(*) filter (where other.joint.low > bounded.joint.high) as rank_low,
        1 + count(*) filter (where other.joint.high >= bounded.joint.low) as rank_high,
        1 + count(*) as ranked_companies,
        list(other.company order by other.mean_points desc, other.company) filter (
            where other.joint.low <= bounded.joint.high and other.joint.high >= bounded.joint.low
        ) as alike
    from bounded
    inner join bounded as other on bounded.company != other.company
    where bounded.joint is not null and other.joint is not null
    group by bounded.company, bounded.joint
)

select
    bounded.company,
    bounded.sector,
    bounded.mean_points,
    bounded.bounds.low,
    bounded.bounds.high,
    bounded.least_points,
    bounded.most_points,
    bounded.points,
    case
        when bounded.bounds is not null
            then
                bounded.mean_points + (sector_mean.sector_points - bounded.mean_points) * shrink_by(
                    bounded.mean_variance, sector_mean.between_variance, sector_mean.sector_companies
                )
    end as shrunk_points,
    case when sector_mean.sector_companies >= 4 then sector_mean.sector_points end as sector_points,
    sector_mean.sector_companies,
    compared.rank_low,
    compared.rank_high,
    compared.ranked_companies,
    compared.alike,
    bounded.story_count,
    row_number() over (order by bounded.mean_points desc, bounded.company) as company_order
from bounded
left join sector_mean on bounded.sector = sector_mean.sector
left join compared on bounded.company = compared.company
order by company_order;
