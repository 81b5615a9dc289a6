-- Question: Would the order of companies survive other weights?
-- One row:  per company with stories read for effort, and per spread of the weights, 25 and 50 percent. The hardest
--           company comes first, among the 30 with most stories.
-- Columns:  company, spread, company_points, hardest_share, median_rank, rank_low, rank_high, same_share, company_rank,
--           companies, draws, story_count, company_count, compared_count, company_order
-- Caution:  Each of 1,000 seeded draws changes the points of every effort type at random, by at most the spread. Rank 1
--           is the hardest. rank_low and rank_high hold the rank in 95 of 100 draws. This shows what the weights
--           decide, and not what other stories would. With one story per company it ranks stories. Of more than 30
--           companies (company_count), those with most stories are ranked among themselves.
with chosen as (
    select
        story,
        company
    from chosen_story($story_kind, $companies, $sectors, $jobs, $touchpoints, $halls, $since, $until)
    where read_effort = 'whole'
),

company_story as (
    select
        company,
        count(*) as story_count,
        count(*) over () as company_count
    from chosen
    group by company
    qualify row_number() over (order by count(*) desc, company) <= most_rows()
),

driver_sum as (
    select
        effort.company,
        effort.driver,
        load_points(
            weight.hassle_points, weight.points_per_minute, effort.hassles, effort.told_minutes, effort.assumed_minutes
        ) as points
    from chosen_work($story_kind, $companies, $sectors, $jobs, $touchpoints, $halls, $since, $until) as effort
    inner join driver_weight($weighting, $weights) as weight on effort.driver = weight.driver
    where effort.touchpoint is null
),

-- a company's points for each driver in the order of their codes, as the draws have them
company_load as (
    select
        company_story.company,
        any_value(company_story.story_count) as story_count,
        any_value(company_story.company_count) as company_count,
        -- no event of a driver: no points
        list(coalesce(driver_sum.points, 0) / company_story.story_count order by codebook_drivers.code) as loads
    from company_story
    cross join codebook_drivers
    left join driver_sum
        on company_story.company = driver_sum.company and codebook_drivers.code = driver_sum.driver
    group by company_story.company
),

ranked as (
    select
        company,
        story_count,
        company_count,
        loads,
        list_sum(loads) as points,
        rank() over (order by round(list_sum(loads), 9) desc) as company_rank,
        count(*) over () as companies
    from company_load
),

-- points are additive: a draw adds to a company's points a share of those of each driver
strayed as (
    select
        ranked.company,
        ranked.points,
        weight_draw.draw,
        2 * list_dot_product(ranked.loads, weight_draw.places) - ranked.points as stray
    from ranked
    cross join weight_draw
),

drawn as (
    select
        spread.spread,
        strayed.company,
        rank() over (
            partition by spread.spread, strayed.draw
            -- equal points must stay equal: what differs by less than a rounding does not differ
            order by round(strayed.points + spread.spread / 100 * strayed.stray, 9) desc
        ) as drawn_rank
    from strayed
    cross join (values (25), (50)) as spread (spread)
),

summed as (
    select
        company,
        spread,
        avg((drawn_rank = 1)::integer) as first_share,
        median(drawn_rank) as median_rank,
        quantile_disc(drawn_rank, [0.025, 0.975]) as rank_ends,
        histogram(drawn_rank) as ranks
    from drawn
    group by company, spread
)

select
    ranked.company,
    summed.spread,
    ranked.points as company_points,
    -- where nobody made any work nobody is hardest
    case when ranked.points > 0 then summed.first_share else 0 end as hardest_share,
    summed.median_rank,
    summed.rank_ends[1] as rank_low,
    summed.rank_ends[2] as rank_high,
    coalesce(summed.ranks[ranked.company_rank], 0) / 1000 as same_share,
    ranked.company_rank,
    ranked.companies,
    1000 as draws,
    ranked.story_count,
    ranked.company_count,
    least(ranked.company_count, most_rows()) as compared_count,
    dense_rank() over (order by ranked.points desc, ranked.company) as company_order
from ranked
inner join summed on ranked.company = summed.company
order by company_order, summed.spread;
