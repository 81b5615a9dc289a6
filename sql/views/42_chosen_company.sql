-- The linter takes unqualified parameters of macros for columns.
-- noqa: disable=RF02,RF03,ST05
-- One row:  per company: its chosen stories, with their points under a weighting and their experience. effort_count
--           counts the stories read for effort; points are of these, and NULL without one. feeling_read counts the
--           stories read for feeling, and experience_count those that state one.
-- Reason:   sums, squares and extremes by month add up over any months. Other periods need the stories.
-- Caution:  scatter is the standard deviation of a population. experience_variance is that of a sample, and NULL for
--           one story.
create or replace macro chosen_company(
    weighting, weights, story_kind, companies, sectors, jobs, touchpoints, halls, since, until
) as table
    with summed as (
        select
            company,
            sector,
            sum(story_count)::bigint as story_count,
            sum(effort_count)::bigint as effort_count,
            sum(points) as points,
            sum(assumed_points) as assumed_points,
            sum(point_squares) as point_squares,
            min(least_points) as least_points,
            max(most_points) as most_points,
            sum(do_points) as do_points,
            sum(feel_points) as feel_points,
            sum(feeling_read)::bigint as feeling_read,
            sum(experience_count)::bigint as experience_count,
            sum(experience) as experience,
            sum(experience_squares) as experience_squares,
            min(worst_experience) as worst_experience,
            max(best_experience) as best_experience
        from month_cell
        where
            is_ours(weighting, weights)
            and is_of_months(jobs, touchpoints, since, until)
            and is_of_choice(kind, company, sector, hall, story_kind, companies, sectors, halls)
            and is_within(first_month, last_month, since, until)
        group by company, sector
    )

    select
        company,
        sector,
        story_count,
        effort_count,
        points / nullif(effort_count, 0) as mean_points,
        assumed_points / nullif(effort_count, 0) as mean_assumed,
        least_points,
        most_points,
        -- rounding of squares leaves a small scatter where all stories have the same points
        case
            when effort_count = 0 then null
            when least_points = most_points then 0
            else sqrt(greatest(point_squares / effort_count - (points / effort_count) ** 2, 0))
        end as scatter,
        do_points / nullif(effort_count, 0) as mean_do,
        feel_points / nullif(effort_count, 0) as mean_feel,
        feeling_read,
        experience_count,
        experience / nullif(experience_count, 0) as mean_experience,
        -- exact: experiences are halves, and so are their sums
        (experience_squares - experience ** 2 / nullif(experience_count, 0)) / nullif(experience_count - 1, 0)
            as experience_variance,
        worst_experience,
        best_experience
    from summed
    union all
    select
        company,
        sector,
        count(*) as story_count,
        count(effort_points) as effort_count,
        avg(effort_points) as mean_points,
        avg(assumed_points) as mean_assumed,
        min(effort_points) as least_points,
        max(effort_points) as most_points,
        stddev_pop(effort_points) as scatter,
        avg(do_points) as mean_do,
        avg(feel_points) as mean_feel,
        count_if(read_feeling = 'whole')::bigint as feeling_read,
        count(experience) as experience_count,
        avg(experience) as mean_experience,
        var_samp(experience) as experience_variance,
        min(experience) as worst_experience,
        max(experience) as best_experience
    from
        weighed_chosen(
            weighting, weights, story_kind, companies, sectors, jobs, touchpoints, halls, since, until
        )
    where not (is_ours(weighting, weights) and is_of_months(jobs, touchpoints, since, until))
    group by company, sector;

-- One row:  per company and whole number of points: the number of its chosen stories whose points, under a weighting,
--           round up to that number.
create or replace macro chosen_points(
    weighting, weights, story_kind, companies, sectors, jobs, touchpoints, halls, since, until
) as table
    select
        company,
        at_most,
        sum(story_count)::bigint as story_count
    from points_cell
    where
        is_ours(weighting, weights)
        and is_of_cells(jobs, touchpoints, since, until)
        and is_of_choice(kind, company, sector, hall, story_kind, companies, sectors, halls)
    group by company, at_most
    union all
    select
        company,
        whole_points(effort_points) as at_most,
        count(*) as story_count
    from
        weighed_chosen(
            weighting, weights, story_kind, companies, sectors, jobs, touchpoints, halls, since, until
        )
    where
        effort_points is not null
        and not (is_ours(weighting, weights) and is_of_cells(jobs, touchpoints, since, until))
    group by company, whole_points(effort_points);
