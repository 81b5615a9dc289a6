-- Question: What takes most effort overall, however any one story went?
-- One row:  per effort type found in the chosen stories that were read for effort. With $driver, one row per touchpoint
--           of that type. Most points without the largest story come first. Beyond $most items (default: 10), one last
--           row holds all others, and its place is empty.
-- Columns:  driver, driver_label, touchpoint, touchpoint_label, kind, failure_demand, total, left_out_total, share,
--           cumulative_share, prevalence, severity, saved_low, saved_high, events, story_count, read_count, place,
--           item_count, item_total, largest_total
-- Caution:  total = prevalence x severity x read_count, in points: how often it happens in the stories read, and how
--           much then. left_out_total is the least that is left of it without any one story. So no single story can
--           move an item up. For one story it is 0, and the total decides the order. Equal items share a place.
--           saved_low and saved_high are GBP per story read, for avoidable contacts and parcels. They are empty where
--           nothing of the kind has a price. The stories do not show how often this happens. item_count counts the
--           items in the row, and item_total is the total of the largest of them. largest_total is that of the largest
--           row.
with chosen as (
    select number
    from chosen_story($story_kind, $companies, $sectors, $jobs, $touchpoints, $halls, $since, $until)
    where read_effort = 'whole'
),

-- asked twice: for the items and for the stories of the last row
story_part as materialized (
    select
        weighed.number,
        weighed.driver,
        case when $driver is not null then weighed.touchpoint end as touchpoint,
        any_value(weighed.kind) as kind,
        any_value(weighed.failure_demand) as failure_demand,
        round(sum(weighed.points), 9) as points,
        count(*) as events
    from weighed_load($weighting, $weights) as weighed
    inner join chosen on weighed.number = chosen.number
    where $driver is null or weighed.driver = $driver
    group by weighed.number, weighed.driver, case when $driver is not null then weighed.touchpoint end
),

item as (
    select
        driver,
        touchpoint,
        any_value(kind) as kind,
        any_value(failure_demand) as failure_demand,
        round(sum(points), 9) as total,
        round(sum(points) - max(points), 9) as left_out_total,
        sum(events)::bigint as events,
        count(*) as story_count,
        (select count(*) from chosen) as read_count,
        count(*) over () as item_count
    from story_part
    group by driver, touchpoint
),

saved as (
    select
        avoided.driver,
        case when $driver is not null then avoided.touchpoint end as touchpoint,
        sum(avoided.counted * unit.low) as low,
        sum(avoided.counted * unit.high) as high
    from avoided_item as avoided
    inner join chosen on avoided.number = chosen.number
    inner join unit_cost($costs) as unit on avoided.item = unit.item
    group by avoided.driver, case when $driver is not null then avoided.touchpoint end
),

ranked as (
    select
        item.*,
        saved.low,
        saved.high,
        rank() over (
            order by round(case when item.read_count > 1 then item.left_out_total else item.total end, 9) desc
        ) as place,
        row_number() over (
            order by
                round(case when item.read_count > 1 then item.left_out_total else item.total end, 9) desc,
                item.driver,
                item.touchpoint
        ) as position,
        sum(item.total) over () as whole
    from item
    left join saved
        on item.driver = saved.driver and item.touchpoint is not distinct from saved.touchpoint
),

-- one item more takes the room of the row that would hold it
parted as (
    select
        ranked.*,
        ranked.position > coalesce($most, 10) and ranked.item_count > coalesce($most, 10) + 1 as is_rest
    from ranked
),

shown as (
    select
        driver,
        touchpoint,
        kind,
        failure_demand,
        total,
        left_out_total,
        low,
        high,
        events,
        story_count,
        read_count,
        place,
        position,
        1 as item_count,
        total as item_total,
        whole
    from parted
    where not is_rest
    union all
    select
        null as driver,
        null as touchpoint,
        null as kind,
        null as failure_demand,
        sum(parted.total) as total,
        null as left_out_total,
        sum(parted.low) as low,
        sum(parted.high) as high,
        sum(parted.events)::bigint as events,
        -- a story with several of the others counts once
        (
            select count(distinct story_part.number)
            from story_part
            inner join parted as other
                on
                    story_part.driver = other.driver
                    and story_part.touchpoint is not distinct from other.touchpoint
            where other.is_rest
        ) as story_count,
        any_value(parted.read_count) as read_count,
        null as place,
        min(parted.position) as position,
        count(*) as item_count,
        max(parted.total) as item_total,
        any_value(parted.whole) as whole
    from parted
    where parted.is_rest
    having count(*) > 0
)

select
    shown.driver,
    known_driver.label as driver_label,
    shown.touchpoint,
    codebook_touchpoints.label as touchpoint_label,
    shown.kind,
    shown.failure_demand,
    shown.total,
    shown.left_out_total,
    shown.total / nullif(shown.whole, 0) as share,
    sum(shown.total) over (order by shown.position) / nullif(shown.whole, 0) as cumulative_share,
    shown.story_count / shown.read_count as prevalence,
    shown.total / shown.story_count as severity,
    shown.low / shown.read_count as saved_low,
    shown.high / shown.read_count as saved_high,
    shown.events,
    shown.story_count,
    shown.read_count,
    shown.place,
    shown.item_count,
    shown.item_total,
    max(shown.total) over () as largest_total
from shown
left join known_driver on shown.driver = known_driver.code
left join codebook_touchpoints on shown.touchpoint = codebook_touchpoints.code
order by shown.position;
