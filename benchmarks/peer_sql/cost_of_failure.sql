with compared as (
    select
        company,
        count(*) as company_stories
    from uncomplained_story
    group by company
    order by count(*) desc, company
    limit $most_columns
),

chosen as (
    select
        published_story.story,
        published_story.company,
        published_story.outcome
    from published_story
    inner join compared on published_story.company = compared.company
),

counted as (
    select
        chosen.company,
        customer_contacted.channel as item,
        customer_contacted.touchpoint,
        null as outcome,
        sum(customer_contacted.answered) as counted,
        count(distinct customer_contacted.story) as story_count
    from customer_contacted
    inner join chosen on customer_contacted.story = chosen.story
    where customer_contacted.demand = 'failure'
    group by chosen.company, customer_contacted.channel, customer_contacted.touchpoint
    having sum(customer_contacted.answered) > 0
    union all
    select
        chosen.company,
        codebook_costs.code,
        null,
        null,
        sum(effort_event.times),
        count(distinct effort_event.story)
    from effort_event
    inner join codebook_costs on effort_event.driver = codebook_costs.driver
    inner join chosen on effort_event.story = chosen.story
    group by chosen.company, codebook_costs.code
    union all
    select
        chosen.company,
        codebook_costs.code,
        null,
        chosen.outcome,
        count(*),
        count(*)
    from chosen
    inner join codebook_outcomes on chosen.outcome = codebook_outcomes.code
    inner join codebook_costs on codebook_costs.basis = 'order'
    where codebook_outcomes.refund_at_risk
    group by chosen.company, codebook_costs.code, chosen.outcome
),

priced as (
    select
        counted.*,
        compared.company_stories,
        case when codebook_costs.basis = 'order' and codebook_costs.high is not null then 0 else codebook_costs.low end
        * counted.counted / compared.company_stories as low,
        codebook_costs.high * counted.counted / compared.company_stories as high
    from counted
    inner join compared on counted.company = compared.company
    left join codebook_costs on counted.item = codebook_costs.code
)

select
    *,
    sum(low) over company_window as company_low,
    sum(high) over company_window as company_high
from priced
window company_window as (partition by company);
