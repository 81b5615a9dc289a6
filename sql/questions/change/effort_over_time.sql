-- Question: Does it take customers less effort than before?
-- One row:  per month or quarter with chosen stories that were read for effort, the oldest first. Stories that tell the
--           year alone, or no date, are in none.
-- Columns:  period, period_label, starts_on, period_length, value, variance, low, high, centre, lower_limit,
--           upper_limit, signal, side, limit_reason, alarm_count, story_count, point_count, undated_count, company,
--           notes
-- Caution:  value is the mean number of effort points, from five stories on. The limits are those of an XmR chart,
--           with Laney's correction for unequal numbers of stories. They hold what chance does to periods that do not
--           differ. signal says how a period differs, and side in which direction. It is 'outside' beyond a limit. It
--           is 'two_of_three' where two of three periods are near a limit. It is 'seven_one_side' where seven periods
--           or more lie on one side of the mean. It shows a change and not its cause. Where nothing changes, chance
--           still marks a period in alarm_count of 100 such charts. limit_reason says why limits are empty. It is 'few
--           periods' under 12, and 'same' where all are equal. It is 'few stories' where the period in the middle has
--           under 20. low and high are then a 95% interval, empty where too few stories have effort. undated_count
--           stories are in no period.
with told as (  -- noqa: ST03
    select
        first_month,
        last_month,
        effort_count as story_count,
        points as total,
        point_squares as squares
    from
        chosen_month(
            $weighting, $weights, $story_kind, $companies, $sectors, $jobs, $touchpoints, $halls, $since, $until
        )
),

charted as materialized (
    select *
    from charted_period('told', 'effort', $period_length, $companies)
),

-- the points one by one, of periods with so few stories that an interval has to look at each
few as (
    select
        starts_on,
        period_length
    from charted
    where limit_reason is not null and value is not null and story_count <= most_resampled()
),

listed as (
    select
        few.starts_on,
        list(chosen.effort_points order by chosen.story) as points
    from
        weighed_chosen(
            $weighting, $weights, $story_kind, $companies, $sectors, $jobs, $touchpoints, $halls, $since, $until
        ) as chosen
    inner join story_rollup on chosen.number = story_rollup.number
    inner join few
        on period_of(story_rollup.happened_from, story_rollup.happened_to, few.period_length) = few.starts_on
    where chosen.effort_points is not null
    group by few.starts_on
),

bounded as (
    select
        charted.*,
        case
            when charted.limit_reason is not null and charted.value is not null
                then mean_interval(
                    listed.points,
                    charted.value,
                    sqrt(charted.variance * (charted.story_count - 1) / charted.story_count),
                    charted.story_count,
                    0.95
                )
        end as bounds
    from charted
    left join listed on charted.starts_on = listed.starts_on
)

select
    bounded.period,
    bounded.period_label,
    bounded.starts_on,
    bounded.period_length,
    bounded.value,
    bounded.variance,
    bounded.bounds.low,
    bounded.bounds.high,
    bounded.centre,
    limit_within(bounded.lower_limit, 0, null) as lower_limit,
    bounded.upper_limit,
    bounded.signal,
    bounded.side,
    bounded.limit_reason,
    bounded.alarm_count,
    bounded.story_count,
    bounded.point_count,
    bounded.undated_count,
    only_company($companies) as company,
    bounded.notes
from bounded
order by bounded.starts_on;
