-- Question: Would the order of companies survive other weights?
-- One row:  per company and spread of the weights, 25 and 50 percent; the hardest company first.
-- Columns:  company, spread, company_points, hardest_share, median_rank, rank_low, rank_high, same_share, company_rank,
--           companies, draws, story_count, company_order
-- Caution:  each of 1,000 seeded draws multiplies the points of every driver by a number of its own, anywhere from
--           1 less the spread to 1 plus it. Rank 1 is the hardest; rank_low and rank_high hold 95 in 100 draws. It
--           tells what the weights decide, not what other stories would: with one story a company it ranks accounts.
with chosen as (
    select
        story,
        company
    from chosen_story($companies, $sectors, $jobs, $touchpoints, $halls, $since, $until)
),

company_story as (
    select
        company,
        count(*) as story_count
    from chosen
    group by company
),

company_load as (
    select
        chosen.company,
        weighed.driver,
        sum(weighed.points) / any_value(company_story.story_count) as points
    from weighed_load($weighting, $weights) as weighed
    inner join chosen on weighed.story = chosen.story
    inner join company_story on chosen.company = company_story.company
    group by chosen.company, weighed.driver
),

company_point as (
    select
        company_story.company,
        company_story.story_count,
        coalesce(sum(company_load.points), 0) as points
    from company_story
    left join company_load on company_story.company = company_load.company
    group by company_story.company, company_story.story_count
),

ranked as (
    select
        company,
        story_count,
        points,
        rank() over (order by points desc) as company_rank,
        count(*) over () as companies
    from company_point
),

-- points are additive: a draw adds to a company's points, for each driver, a share of them
strayed as (
    select
        company_load.company,
        weight_draw.draw,
        sum(company_load.points * (2 * weight_draw.place - 1)) as stray
    from company_load
    inner join weight_draw on company_load.driver = weight_draw.driver
    group by company_load.company, weight_draw.draw
),

drawn as (
    select
        spread.spread,
        strayed.draw,
        ranked.company,
        ranked.points > 0 as has_points,
        rank() over (
            partition by spread.spread, strayed.draw
            -- equal points must stay equal: what differs by less than a rounding does not differ
            order by round(ranked.points + spread.spread / 100 * strayed.stray, 9) desc
        ) as drawn_rank
    from strayed
    inner join ranked on strayed.company = ranked.company
    cross join (values (25), (50)) as spread (spread)
),

-- companies without any effort stand behind all others in every draw
settled as (
    select
        spread.spread,
        ranked.company,
        ranked.company_rank as drawn_rank
    from ranked
    cross join (values (25), (50)) as spread (spread)
    where ranked.points = 0
)

select
    ranked.company,
    spread.spread,
    ranked.points as company_points,
    coalesce(avg((drawn.drawn_rank = 1)::integer), 0) as hardest_share,
    coalesce(median(drawn.drawn_rank), any_value(settled.drawn_rank)) as median_rank,
    coalesce(quantile_disc(drawn.drawn_rank, 0.025), any_value(settled.drawn_rank)) as rank_low,
    coalesce(quantile_disc(drawn.drawn_rank, 0.975), any_value(settled.drawn_rank)) as rank_high,
    coalesce(avg((drawn.drawn_rank = ranked.company_rank)::integer), 1) as same_share,
    ranked.company_rank,
    ranked.companies,
    1000 as draws,
    ranked.story_count,
    dense_rank() over (order by ranked.points desc, ranked.company) as company_order
from ranked
cross join (values (25), (50)) as spread (spread)
left join drawn on ranked.company = drawn.company and spread.spread = drawn.spread
left join settled on ranked.company = settled.company and spread.spread = settled.spread
group by
    ranked.company,
    spread.spread,
    ranked.points,
    ranked.company_rank,
    ranked.companies,
    ranked.story_count
order by company_order, spread.spread;
