-- The linter takes unqualified parameters of macros for columns.
-- noqa: disable=RF02,RF03,ST05
-- One row:  per company, hall and touchpoint of the chosen stories. Only encounters with a chosen job and touchpoint
--           count.
create or replace macro chosen_encounter(
    story_kind, companies, sectors, jobs, touchpoints, halls, since, until
) as table
    -- one row per story and touchpoint: quicker than counting distinct stories
    with story_there as (
        select
            encounter_load.number,
            encounter_load.touchpoint,
            any_value(chosen.company) as company,
            any_value(chosen.hall) as hall,
            any_value(chosen.read_effort) as read_effort,
            count(*) as encounters,
            count(encounter_load.feeling) as feelings,
            sum(encounter_load.feeling) as feeling_sum,
            min(encounter_load.feeling) as lowest_feeling,
            max(encounter_load.feeling) as highest_feeling
        from encounter_load
        inner join
            chosen_story(story_kind, companies, sectors, jobs, touchpoints, halls, since, until) as chosen
            on encounter_load.number = chosen.number
        where
            not is_of_years(jobs, touchpoints, since, until)
            and is_let_through(encounter_load.job, jobs)
            and is_let_through(encounter_load.touchpoint, touchpoints)
        group by encounter_load.number, encounter_load.touchpoint
    )

    select
        company,
        hall,
        touchpoint,
        sum(encounters)::bigint as encounters,
        sum(feelings)::bigint as feelings,
        sum(feeling_sum)::bigint as feeling_sum,
        min(lowest_feeling) as lowest_feeling,
        max(highest_feeling) as highest_feeling,
        sum(story_count)::bigint as story_count,
        sum(telling_count)::bigint as telling_count,
        sum(effort_count)::bigint as effort_count
    from touchpoint_cell
    where
        is_of_cells(jobs, touchpoints, since, until)
        and is_of_choice(kind, company, sector, hall, story_kind, companies, sectors, halls)
    group by company, hall, touchpoint
    union all
    select
        company,
        hall,
        touchpoint,
        sum(encounters)::bigint as encounters,
        sum(feelings)::bigint as feelings,
        sum(feeling_sum)::bigint as feeling_sum,
        min(lowest_feeling) as lowest_feeling,
        max(highest_feeling) as highest_feeling,
        sum(story_count)::bigint as story_count,
        sum(telling_count)::bigint as telling_count,
        sum(effort_count)::bigint as effort_count
    from touchpoint_year_cell
    where
        is_of_years(jobs, touchpoints, since, until)
        and not is_of_cells(jobs, touchpoints, since, until)
        and is_of_choice(kind, company, sector, hall, story_kind, companies, sectors, halls)
        and is_within(first_year, last_year, since, until)
    group by company, hall, touchpoint
    union all
    select
        company,
        hall,
        touchpoint,
        sum(encounters)::bigint as encounters,
        sum(feelings)::bigint as feelings,
        -- the sum over no feeling is 0; the number of feelings distinguishes it from a neutral sum
        coalesce(sum(feeling_sum), 0)::bigint as feeling_sum,
        min(lowest_feeling) as lowest_feeling,
        max(highest_feeling) as highest_feeling,
        count(*) as story_count,
        count_if(feelings > 0)::bigint as telling_count,
        count_if(read_effort = 'whole')::bigint as effort_count
    from story_there
    group by company, hall, touchpoint;

-- One row:  per company, hall and touchpoint where encounters with a chosen job and touchpoint took effort: the points
--           in our weighting.
create or replace macro chosen_encounter_work(
    story_kind, companies, sectors, jobs, touchpoints, halls, since, until
) as table
    select
        work_cell.company,
        work_cell.hall,
        work_cell.touchpoint,
        sum(
            load_points(
                weight.hassle_points,
                weight.points_per_minute,
                work_cell.hassles,
                work_cell.told_minutes,
                work_cell.assumed_minutes
            )
        ) as points
    from work_cell
    inner join driver_weight(null, null) as weight on work_cell.driver = weight.driver
    where
        is_of_cells(jobs, touchpoints, since, until)
        and work_cell.touchpoint is not null
        and is_of_choice(
            work_cell.kind, work_cell.company, work_cell.sector, work_cell.hall, story_kind, companies, sectors, halls
        )
    group by work_cell.company, work_cell.hall, work_cell.touchpoint
    union all
    select
        company,
        hall,
        touchpoint,
        round(sum(points), 9) as points
    from touchpoint_year_cell
    where
        is_of_years(jobs, touchpoints, since, until)
        and not is_of_cells(jobs, touchpoints, since, until)
        and is_of_choice(kind, company, sector, hall, story_kind, companies, sectors, halls)
        and is_within(first_year, last_year, since, until)
    group by company, hall, touchpoint
    union all
    select
        chosen.company,
        chosen.hall,
        weighed.touchpoint,
        round(sum(weighed.points), 9) as points
    from weighed_load(null, null) as weighed
    inner join
        chosen_story(story_kind, companies, sectors, jobs, touchpoints, halls, since, until) as chosen
        on weighed.number = chosen.number
    where
        not is_of_years(jobs, touchpoints, since, until)
        and is_let_through(weighed.job, jobs)
        and is_let_through(weighed.touchpoint, touchpoints)
    group by chosen.company, chosen.hall, weighed.touchpoint;
