-- Question: What does it cost a company to fail its customers?
-- One row:  per company and item that costs. Items are avoidable contacts by touchpoint, extra parcels, and orders at
--           risk by how the story ends. The company with the highest cost comes first, among the 15 with most stories.
-- Columns:  company, item, item_label, basis, touchpoint, demand, driver, outcome, counted, unit_low, unit_high, low,
--           high, scaled_low, scaled_high, company_low, company_high, year, source, story_count, company_stories,
--           company_count, compared_count, company_order
-- Caution:  Costs are in GBP, as a range. They are empty where nobody gives a price. low and high are per story.
--           scaled_low and scaled_high are per 10,000 orders, if the share that you enter goes like these stories. They
--           are empty if you enter none. Only avoidable contacts that somebody answered are counted. story_count also
--           counts the stories in which nobody answered. The stories were chosen, so how many orders go like them is
--           your assumption. Nothing here is a fact about a company's costs. Companies with complaints are left out:
--           those contacts were with the regulator. Of more than 15 companies (company_count), those with most stories
--           are shown.
with filed as (
    select company
    from complaint
    where is_kind('complaint', $story_kind)
),

chosen as (
    select
        story,
        company,
        outcome
    from chosen_story($story_kind, $companies, $sectors, $jobs, $touchpoints, $halls, $since, $until)
    where company not in (select filed.company from filed)
),

company_story as (
    select
        company,
        count(*) as company_stories,
        count(*) over () as company_count
    from chosen
    group by company
    qualify row_number() over (order by count(*) desc, company) <= most_columns()
),

cost as (
    select
        unit.item,
        unit.item_label,
        unit.basis,
        unit.driver,
        unit.low,
        unit.high,
        unit.year,
        unit.source
    from unit_cost($costs) as unit
),

counted as (
    select
        company,
        channel as item,
        touchpoint,
        'failure' as demand,
        null as driver,
        null as outcome,
        -- a contact that nobody answered costs the company no staff
        answered as counted,
        story_count
    from chosen_contact($story_kind, $companies, $sectors, $jobs, $touchpoints, $halls, $since, $until)
    where touchpoint is not null and demand = 'failure' and answered > 0
    union all
    select
        effort.company,
        cost.item,
        null,
        null,
        cost.driver,
        null,
        effort.times,
        effort.story_count
    from chosen_work($story_kind, $companies, $sectors, $jobs, $touchpoints, $halls, $since, $until) as effort
    inner join cost on effort.driver = cost.driver
    where effort.touchpoint is null
    union all
    select
        chosen.company,
        cost.item,
        null,
        null,
        null,
        chosen.outcome,
        count(*),
        count(*)
    from chosen
    inner join codebook_outcomes on chosen.outcome = codebook_outcomes.code
    inner join cost on cost.basis = 'order'
    where codebook_outcomes.refund_at_risk
    group by chosen.company, cost.item, chosen.outcome
),

priced as (
    select
        counted.company,
        counted.item,
        -- a channel without a price is still counted
        coalesce(cost.item_label, codebook_touchpoints.label) as item_label,
        coalesce(cost.basis, 'contact') as basis,
        counted.touchpoint,
        counted.demand,
        counted.driver,
        counted.outcome,
        counted.counted,
        cost.low as unit_low,
        cost.high as unit_high,
        -- an order at risk may come to nothing
        case when cost.basis = 'order' and cost.high is not null then 0 else counted.counted * cost.low end
        / company_story.company_stories as low,
        counted.counted * cost.high / company_story.company_stories as high,
        cost.year,
        cost.source,
        counted.story_count,
        company_story.company_stories,
        company_story.company_count
    from counted
    inner join company_story on counted.company = company_story.company
    left join cost on counted.item = cost.item
    left join codebook_touchpoints on counted.touchpoint = codebook_touchpoints.code
),

summed as (
    select
        company,
        sum(low) as company_low,
        sum(high) as company_high
    from priced
    group by company
)

select
    priced.company,
    priced.item,
    priced.item_label,
    priced.basis,
    priced.touchpoint,
    priced.demand,
    priced.driver,
    priced.outcome,
    priced.counted,
    priced.unit_low,
    priced.unit_high,
    priced.low,
    priced.high,
    -- unknown until the reader says how often; where the reader says only how many at most, it may be none
    case
        when coalesce($frequency_low, $frequency_high) is not null then priced.low * 100 * coalesce($frequency_low, 0)
    end as scaled_low,
    case
        when coalesce($frequency_low, $frequency_high) is not null
            then priced.high * 100 * greatest(coalesce($frequency_high, 100), coalesce($frequency_low, 0))
    end as scaled_high,
    summed.company_low,
    summed.company_high,
    priced.year,
    priced.source,
    priced.story_count,
    priced.company_stories,
    priced.company_count,
    least(priced.company_count, most_columns()) as compared_count,
    dense_rank() over (order by summed.company_high desc nulls last, priced.company) as company_order
from priced
inner join summed on priced.company = summed.company
order by company_order, priced.high desc nulls last, priced.item, priced.touchpoint, priced.outcome;
