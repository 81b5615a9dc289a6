-- The linter takes unqualified parameters of macros for columns.
-- noqa: disable=RF02,RF03,ST05
-- The first day of the month or quarter (period_length) that holds both days; NULL where none does, as for a story
-- that states the year alone.
create or replace macro period_of(first_day, last_day_told, period_length) as case
    when date_trunc(period_length, first_day) = date_trunc(period_length, last_day_told)
        then date_trunc(period_length, first_day)::date
end;

-- Name of a period in an address, '2024-03' or '2024-Q1', and for readers, 'March 2024' or 'Q1 2024'.
create or replace macro period_name(day, period_length) as case
    when period_length = 'month' then strftime(day, '%Y-%m') else format('{}-Q{}', year(day), quarter(day))
end;
create or replace macro period_label(day, period_length) as case
    when period_length = 'month' then strftime(day, '%B %Y') else format('Q{} {}', quarter(day), year(day))
end;

-- The number of a named period: of a month above 0, of a quarter below.
create or replace macro period_number(period) as case
    when period[6] = 'Q' then -(4 * period[1:4]::integer + period[7]::integer)
    else 12 * period[1:4]::integer + period[6:7]::integer
end;
create or replace macro month_number(day) as 12 * year(day) + month(day);
create or replace macro quarter_number(day) as -(4 * year(day) + quarter(day));

-- Whether a story happened within one of the named periods; NULL lets every story through.
create or replace macro is_in_periods(first_day, last_day_told, periods) as periods is null
or (
    month_number(first_day) = month_number(last_day_told)
    and list_contains(list_transform(periods::varchar[], lambda each: period_number(each)), month_number(first_day))
)
or (
    quarter_number(first_day) = quarter_number(last_day_told)
    and list_contains(list_transform(periods::varchar[], lambda each: period_number(each)), quarter_number(first_day))
);

-- Whether somebody read a story for an effort type; NULL asks for none.
create or replace macro is_read_for(read_effort, read_drivers, driver) as driver is null
or read_effort = 'whole'
or list_contains(read_drivers, driver);

-- Months, if the median month has enough stories for limits (MIN_MEDIAN and MIN_EXPECTED in
-- cxdata/statistics/control_chart.py), or else quarters. expected is NULL for a mean. For a share it is the number of
-- stories with the effort type or without it, whichever is less.
create or replace macro fitting_length(in_the_middle, expected) as case
    when in_the_middle >= 20 and coalesce(expected, 5) >= 5 then 'month' else 'quarter'
end;

-- The company, if exactly one is chosen; NULL otherwise.
create or replace macro only_company(companies) as case
    when len(companies::varchar[]) = 1 then (companies::varchar[])[1]
end;

-- A limit, cut to the ends of its figure's scale; NULL for a limit that is not computed.
create or replace macro limit_within(bound, lowest, highest) as case
    when bound is not null then greatest(least(bound, highest), lowest)
end;

-- Fewest stories for a figure of a period, as MIN_STORIES in cxdata/statistics/comparison.py.
create or replace macro fewest_in_period() as 5;

-- One row:  per first and last month in which chosen stories may have happened: their points under a weighting, and
--           their experience. NULL months have the stories without a date.
-- Reason:   as in chosen_company, sums by month add up to those of quarters. Other choices need the stories.
create or replace macro chosen_month(
    weighting, weights, story_kind, companies, sectors, jobs, touchpoints, halls, since, until
) as table
    select
        first_month,
        last_month,
        sum(effort_count)::bigint as effort_count,
        sum(points) as points,
        sum(point_squares) as point_squares,
        min(least_points) as least_points,
        max(most_points) as most_points,
        sum(experience_count)::bigint as experience_count,
        sum(experience) as experience,
        sum(experience_squares) as experience_squares
    from month_cell
    where
        is_ours(weighting, weights)
        and is_of_months(jobs, touchpoints, since, until)
        and is_of_choice(kind, company, sector, hall, story_kind, companies, sectors, halls)
        and is_within(first_month, last_month, since, until)
    group by first_month, last_month
    union all
    select
        month_of(story_rollup.happened_from) as first_month,
        month_of(story_rollup.happened_to) as last_month,
        count(chosen.effort_points) as effort_count,
        coalesce(sum(chosen.effort_points), 0) as points,
        coalesce(sum(chosen.effort_points ** 2), 0) as point_squares,
        min(chosen.effort_points) as least_points,
        max(chosen.effort_points) as most_points,
        count(chosen.experience) as experience_count,
        coalesce(sum(chosen.experience), 0) as experience,
        coalesce(sum(chosen.experience ** 2), 0) as experience_squares
    from
        weighed_chosen(
            weighting, weights, story_kind, companies, sectors, jobs, touchpoints, halls, since, until
        ) as chosen
    inner join story_rollup on chosen.number = story_rollup.number
    where not (is_ours(weighting, weights) and is_of_months(jobs, touchpoints, since, until))
    group by month_of(story_rollup.happened_from), month_of(story_rollup.happened_to);

-- One row:  per month or quarter in which chosen stories happened, from a relation `told` with the columns first_month,
--           last_month, story_count, total and squares: their number, the sum of a figure, and of its squares. The
--           oldest comes first. measure is 'effort', 'experience' or 'share', and asked_length 'month' or 'quarter'.
--           Without it, months are shown where they have stories enough for limits, else quarters.
-- Reason:   a control chart (cxdata/statistics/control_chart.py) shows a change beyond chance. Without limits it has
--           the interval of each period.
-- Caution:  value is NULL for a period with under five stories. The chart leaves such a period out. notes has the dated
--           notes on all companies and on those chosen. Each is a day and its words.
create or replace macro charted_period(told, measure, asked_length, companies) as table
    with counted as (
        select
            first_month,
            last_month,
            sum(story_count)::bigint as story_count,
            sum(total) as total,
            sum(squares) as squares
        from query_table(told)
        where story_count > 0
        group by first_month, last_month
    ),

    -- of a share, stories with the effort type and without it
    month as (
        select
            sum(story_count) as story_count,
            sum(total) as total
        from counted
        where period_of(first_month, last_month, 'month') is not null
        group by period_of(first_month, last_month, 'month')
    ),

    chosen_length as (
        select
            coalesce(
                asked_length,
                fitting_length(
                    median(story_count),
                    case
                        when measure = 'share'
                            then median(story_count) * least(
                                sum(total) / sum(story_count), 1 - sum(total) / sum(story_count)
                            )
                    end
                )
            ) as period_length
        from month
    ),

    period as (
        select
            chosen_length.period_length,
            period_of(counted.first_month, counted.last_month, chosen_length.period_length) as starts_on,
            sum(counted.story_count)::bigint as story_count,
            sum(counted.total) as total,
            sum(counted.squares) as squares
        from counted
        cross join chosen_length
        group by chosen_length.period_length, starts_on
    ),

    figured as (
        select
            period_length,
            starts_on,
            story_count,
            case when story_count >= fewest_in_period() then total / story_count end as value,
            case
                when story_count >= fewest_in_period()
                    then greatest(squares - total ** 2 / story_count, 0) / (story_count - 1)
            end as variance
        from period
        where starts_on is not null
    ),

    charted as (
        select
            list(starts_on order by starts_on) as days,
            chart_periods(
                list(value order by starts_on),
                list(story_count order by starts_on),
                list(variance order by starts_on),
                measure
            ) as chart
        from figured
        where value is not null
    ),

    undated as (
        select coalesce(sum(story_count), 0)::bigint as story_count
        from period
        where starts_on is null
    ),

    bounded as (
        select
            unnest(days) as starts_on,
            unnest(chart.periods) as bounds
        from charted
    ),

    following as (
        select
            starts_on,
            lead(starts_on) over (order by starts_on) as next_on
        from figured
    ),

    -- a note between two periods is shown with the one before
    noted as (
        select
            following.starts_on,
            list(
                annotation.noted_on::varchar || ' ' || annotation.words
                order by annotation.noted_on, annotation.annotation
            ) as notes
        from following
        inner join annotation
            on
                following.starts_on <= annotation.noted_on
                and (following.next_on is null or following.next_on > annotation.noted_on)
        where annotation.company is null or list_contains(companies::varchar[], annotation.company)
        group by following.starts_on
    )

    select
        period_name(figured.starts_on, figured.period_length) as period,
        period_label(figured.starts_on, figured.period_length) as period_label,
        figured.starts_on,
        figured.period_length,
        figured.value,
        figured.variance,
        bounded.bounds.low,
        bounded.bounds.high,
        charted.chart.centre,
        bounded.bounds.lower_limit,
        bounded.bounds.upper_limit,
        bounded.bounds.signal,
        bounded.bounds.side,
        charted.chart.limit_reason,
        charted.chart.alarm_count,
        figured.story_count,
        count(figured.value) over () as point_count,
        undated.story_count as undated_count,
        noted.notes
    from figured
    cross join charted
    cross join undated
    left join bounded on figured.starts_on = bounded.starts_on
    left join noted on figured.starts_on = noted.starts_on;
