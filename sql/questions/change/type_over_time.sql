-- Question: Do fewer stories have an effort type than before?
-- One row:  per month or quarter with chosen stories that were read for the effort type, the oldest first. Stories that
--           tell the year alone, or no date, are in none.
-- Columns:  period, period_label, starts_on, period_length, value, variance, low, high, centre, lower_limit,
--           upper_limit, signal, side, limit_reason, alarm_count, story_count, point_count, undated_count, driver,
--           driver_label, company, notes
-- Caution:  value is the share of the stories with the type, from five stories on. Without $driver it is the type that
--           most of the dated stories have, but not all. The limits are those of an XmR chart, with Laney's correction
--           for unequal numbers of stories. They hold what chance does to periods that do not differ. signal says how
--           a period differs, and side in which direction. It is 'outside' beyond a limit. It is 'two_of_three' where
--           two of three periods are near a limit. It is 'seven_one_side' where seven periods or more lie on one side
--           of the mean. It shows a change and not its cause. Where nothing changes, chance still marks a period in
--           alarm_count of 100 such charts. limit_reason says why limits are empty. It is 'few periods' under 12, and
--           'same' where all are equal. It is 'rare' where the period in the middle has under five stories with the
--           type, or without it. low and high are then a 95% interval. undated_count stories are in no period. An
--           answer in a form is less than a reading.
with chosen as (
    select
        chosen.number,
        chosen.read_effort,
        chosen.read_drivers,
        month_of(chosen.happened_from) as first_month,
        month_of(chosen.happened_to) as last_month
    from chosen_story($story_kind, $companies, $sectors, $jobs, $touchpoints, $halls, $since, $until) as chosen
    where chosen.read_effort != 'none'
),

-- asked once, for the commonest type and for the stories that have it
found as materialized (
    select
        effort_load.driver,
        chosen.first_month,
        chosen.last_month,
        count(*) as found_count
    from effort_load
    inner join chosen on effort_load.number = chosen.number
    where effort_load.is_first and ($driver is null or effort_load.driver = $driver)
    group by effort_load.driver, chosen.first_month, chosen.last_month
),

dated as (
    select count(*) as story_count
    from chosen
    where period_of(first_month, last_month, 'quarter') is not null
),

asked as (
    select
        coalesce(
            $driver,
            (
                select found.driver
                from found
                where period_of(found.first_month, found.last_month, 'quarter') is not null
                group by found.driver
                -- what all stories have can change in none: a complaint counts as one avoidable contact
                order by
                    sum(found.found_count) = (select dated.story_count from dated),
                    sum(found.found_count) desc,
                    found.driver
                limit 1
            )
        ) as driver
),

told as (  -- noqa: ST03
    select
        month.first_month,
        month.last_month,
        month.story_count,
        -- none is found where nothing was found among the stories that were read
        coalesce(found.found_count, 0) as total,
        coalesce(found.found_count, 0) as squares
    from (
        select
            chosen.first_month,
            chosen.last_month,
            asked.driver,
            count(*) as story_count
        from chosen
        cross join asked
        where asked.driver is not null and is_read_for(chosen.read_effort, chosen.read_drivers, asked.driver)
        group by chosen.first_month, chosen.last_month, asked.driver
    ) as month
    left join found
        on
            month.driver = found.driver
            and month.first_month is not distinct from found.first_month
            and month.last_month is not distinct from found.last_month
)

select
    charted.period,
    charted.period_label,
    charted.starts_on,
    charted.period_length,
    charted.value,
    charted.variance,
    charted.low,
    charted.high,
    charted.centre,
    limit_within(charted.lower_limit, 0, 1) as lower_limit,
    limit_within(charted.upper_limit, 0, 1) as upper_limit,
    charted.signal,
    charted.side,
    charted.limit_reason,
    charted.alarm_count,
    charted.story_count,
    charted.point_count,
    charted.undated_count,
    asked.driver,
    known_driver.label as driver_label,
    only_company($companies) as company,
    charted.notes
from charted_period('told', 'share', $period_length, $companies) as charted
cross join asked
inner join known_driver on asked.driver = known_driver.code
order by charted.starts_on;
