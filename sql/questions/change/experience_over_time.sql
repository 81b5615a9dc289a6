-- Question: Is the experience of customers getting better?
-- One row:  per month or quarter with chosen stories that say how the customer felt, the oldest first. Stories that
--           tell the year alone, or no date, are in none.
-- Columns:  period, period_label, starts_on, period_length, value, variance, low, high, centre, lower_limit,
--           upper_limit, signal, side, limit_reason, alarm_count, story_count, point_count, undated_count, company,
--           notes
-- Caution:  value is the mean experience, -5 to +5, from five stories on. The limits are those of an XmR chart, with
--           Laney's correction for unequal numbers of stories. They hold what chance does to periods that do not
--           differ. signal says how a period differs, and side in which direction. It is 'outside' beyond a limit. It
--           is 'two_of_three' where two of three periods are near a limit. It is 'seven_one_side' where seven periods
--           or more lie on one side of the mean. It shows a change and not its cause. Where nothing changes, chance
--           still marks a period in alarm_count of 100 such charts. limit_reason says why limits are empty. It is 'few
--           periods' under 12, and 'same' where all are equal. It is 'few stories' where the period in the middle has
--           under 20. low and high are then a 95% interval. undated_count stories are in no period.
with told as (  -- noqa: ST03
    select
        first_month,
        last_month,
        experience_count as story_count,
        experience as total,
        experience_squares as squares
    from
        chosen_month(
            null, null, $story_kind, $companies, $sectors, $jobs, $touchpoints, $halls, $since, $until
        )
)

select
    period,
    period_label,
    starts_on,
    period_length,
    value,
    variance,
    low,
    high,
    centre,
    limit_within(lower_limit, -5, 5) as lower_limit,
    limit_within(upper_limit, -5, 5) as upper_limit,
    signal,
    side,
    limit_reason,
    alarm_count,
    story_count,
    point_count,
    undated_count,
    only_company($companies) as company,
    notes
from charted_period('told', 'experience', $period_length, $companies)
order by starts_on;
