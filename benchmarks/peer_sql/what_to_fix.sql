with story_part as (
    select
        story,
        driver,
        sum(points) as points,
        count(*) as events
    from worked_event
    group by story, driver
),

avoided as (
    select
        worked.driver,
        customer_contacted.channel as item,
        case when worked.times < customer_contacted.answered then worked.times else customer_contacted.answered end
            as counted
    from (
        select
            story,
            step,
            driver,
            sum(times) as times
        from worked_event
        where failure_demand and driver != 'unanswered_contact'
        group by story, step, driver
    ) as worked
    inner join customer_contacted on worked.story = customer_contacted.story and worked.step = customer_contacted.step
    where customer_contacted.demand = 'failure' and customer_contacted.answered > 0
    union all
    select
        worked_event.driver,
        codebook_costs.code as item,
        worked_event.times as counted
    from worked_event
    inner join codebook_costs on worked_event.driver = codebook_costs.driver
),

saved as (
    select
        avoided.driver,
        sum(avoided.counted * unit.low) as low,
        sum(avoided.counted * unit.high) as high
    from avoided
    inner join codebook_costs as unit on avoided.item = unit.code
    group by avoided.driver
),

ranked as (
    select
        story_part.driver,
        saved.low,
        saved.high,
        sum(story_part.points) as total,
        sum(story_part.points) - max(story_part.points) as left_out_total,
        sum(story_part.events) as events,
        count(*) as story_count,
        rank() over (order by round(sum(story_part.points) - max(story_part.points), 9) desc) as place,
        row_number() over (
            order by round(sum(story_part.points) - max(story_part.points), 9) desc, story_part.driver
        ) as position
    from story_part
    left join saved on story_part.driver = saved.driver
    group by story_part.driver, saved.low, saved.high
),

shown as (
    select ranked.*
    from ranked
    where ranked.position <= $most
    union all
    select
        null as driver,
        sum(ranked.low) as low,
        sum(ranked.high) as high,
        sum(ranked.total) as total,
        null as left_out_total,
        sum(ranked.events) as events,
        (
            select count(distinct story_part.story)
            from story_part
            inner join ranked as other on story_part.driver = other.driver
            where other.position > $most
        ) as story_count,
        null as place,
        min(ranked.position) as position
    from ranked
    where ranked.position > $most
    having count(*) > 0
),

read_sum as (
    select count(*) as read_count
    from read_story
)

select
    shown.driver,
    null as touchpoint,
    shown.total,
    shown.left_out_total,
    shown.total / sum(shown.total) over () as share,
    sum(shown.total) over (order by shown.position) / sum(shown.total) over () as cumulative_share,
    shown.story_count * 1.0 / read_sum.read_count as prevalence,
    shown.total / shown.story_count as severity,
    shown.low / read_sum.read_count as saved_low,
    shown.high / read_sum.read_count as saved_high,
    shown.events,
    shown.story_count,
    read_sum.read_count,
    shown.place
from shown
cross join read_sum;
