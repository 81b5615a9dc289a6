-- Question: How sure can we be of the effort that each company causes?
-- One row:  per company with stories read for effort, the hardest first, among the 30 with most stories.
-- Columns:  company, sector, mean_points, low, high, least_points, most_points, variance, points, shrunk_points,
--           sector_points, sector_companies, rank_low, rank_high, ranked_companies, alike, story_count, unread_count,
--           company_count, compared_count, company_order
-- Caution:  low and high are a 95% interval, from five stories on. It is a studentised bootstrap, and over 200 stories
--           the gamma curve. It is empty where there are too few stories, too few with effort, or too many equal ones.
--           points lists the points of each story, up to 60 stories. Ranks hold where intervals do not overlap. These
--           are wide enough to hold all means together in 95 of 100 cases. alike names the companies whose intervals
--           overlap. shrunk_points draws a company towards its sector, in sectors of four companies with five stories
--           each. No interval covers how the stories were chosen. Of more than 30 companies (company_count), those with
--           most stories are compared.
with measured as (
    select
        chosen.company,
        chosen.sector,
        chosen.effort_count as story_count,
        chosen.story_count - chosen.effort_count as unread_count,
        count(*) over () as company_count,
        chosen.mean_points,
        chosen.least_points,
        chosen.most_points,
        chosen.scatter
    from
        chosen_company(
            $weighting, $weights, $story_kind, $companies, $sectors, $jobs, $touchpoints, $halls, $since, $until
        ) as chosen
    where chosen.effort_count > 0
    qualify row_number() over (order by chosen.effort_count desc, chosen.company) <= most_rows()
),

-- the points one by one, of companies with so few stories that an interval has to look at each
listed as (
    select
        told.company,
        list(told.effort_points order by told.story) as points,
        var_samp(told.effort_points) as variance
    from
        weighed_chosen(
            $weighting, $weights, $story_kind, $companies, $sectors, $jobs, $touchpoints, $halls, $since, $until
        ) as told
    inner join measured on told.company = measured.company
    where measured.story_count <= most_resampled() and told.effort_points is not null
    group by told.company
),

bounded as (
    select
        measured.company,
        measured.sector,
        measured.story_count,
        measured.unread_count,
        measured.company_count,
        measured.mean_points,
        measured.least_points,
        measured.most_points,
        coalesce(listed.variance, measured.scatter ** 2 * measured.story_count / (measured.story_count - 1))
        / measured.story_count as mean_variance,
        listed.points,
        mean_interval(listed.points, measured.mean_points, measured.scatter, measured.story_count, 0.95) as bounds,
        -- wide enough that all of them hold their means together in 95 of 100 cases (Sidak 1967)
        mean_interval(
            listed.points,
            measured.mean_points,
            measured.scatter,
            measured.story_count,
            0.95 ** (1 / greatest(count(*) filter (where measured.story_count >= 5) over (), 1))
        ) as joint
    from measured
    left join listed on measured.company = listed.company
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
    case when bounded.story_count > 1 then bounded.mean_variance * bounded.story_count end as variance,
    case when bounded.story_count <= most_own_dots() then bounded.points end as points,
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
    bounded.unread_count,
    bounded.company_count,
    least(bounded.company_count, most_rows()) as compared_count,
    row_number() over (order by bounded.mean_points desc, bounded.company) as company_order
from bounded
left join sector_mean on bounded.sector = sector_mean.sector
left join compared on bounded.company = compared.company
order by company_order;
