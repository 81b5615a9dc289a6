-- The linter takes unqualified parameters of macros for columns.
-- noqa: disable=RF02,RF03,ST05
-- Whether a weighting is the codebook's own, without changes.
create or replace macro is_ours(weighting, weights) as coalesce(weighting, 'ours') = 'ours' and weights is null;

-- Whether the rollups by company and hall have the answer: they keep no jobs and no dates.
create or replace macro is_of_cells(jobs, touchpoints, since, until) as
jobs is null and touchpoints is null and since is null and until is null;

-- Whether the rollups by month have the answer too: a period must begin and end with a month.
create or replace macro is_of_months(jobs, touchpoints, since, until) as
jobs is null
and touchpoints is null
and (since is null or since::date = month_of(since::date))
and (until is null or until::date = last_day(until::date));

-- Whether the rollups by year have the answer too.
create or replace macro is_of_years(jobs, touchpoints, since, until) as
is_of_months(jobs, touchpoints, since, until)
and (since is null or since::date = year_of(since::date))
and (until is null or month(until::date) = 12);

-- Whether a cell is within a period, as chosen_story tests days: a period leaves out cells without a date. The days
-- of a cell are first days of months or years, and the period begins and ends with one.
create or replace macro is_within(first_day, last_day_told, since, until) as
(since is null or last_day_told >= since::date) and (until is null or first_day <= until::date);

-- One row:  per chosen story, with its points under a weighting.
-- Reason:   the rollup keeps the points of our weighting. Only another weighting needs a sum.
create or replace macro weighed_chosen(
    weighting, weights, story_kind, companies, sectors, jobs, touchpoints, halls, since, until
) as table
    select
        chosen.number,
        chosen.story,
        chosen.title,
        chosen.company,
        chosen.sector,
        chosen.experience,
        chosen.read_feeling,
        chosen.read_effort,
        -- weighed_story has no row for a story without effort; points are NULL if nobody read it for effort
        case
            when chosen.read_effort = 'whole' and is_ours(weighting, weights) then chosen.effort_points
            when chosen.read_effort = 'whole' then coalesce(weighed.effort_points, 0)
        end as effort_points,
        case
            when chosen.read_effort = 'whole' and is_ours(weighting, weights) then chosen.assumed_points
            when chosen.read_effort = 'whole' then coalesce(weighed.assumed_points, 0)
        end as assumed_points,
        case
            when chosen.read_effort = 'whole' and is_ours(weighting, weights) then chosen.do_points
            when chosen.read_effort = 'whole' then coalesce(weighed.do_points, 0)
        end as do_points,
        case
            when chosen.read_effort = 'whole' and is_ours(weighting, weights) then chosen.feel_points
            when chosen.read_effort = 'whole' then coalesce(weighed.feel_points, 0)
        end as feel_points,
        chosen.event_count
    from chosen_story(story_kind, companies, sectors, jobs, touchpoints, halls, since, until) as chosen
    left join (
        select weighed_story.*
        from weighed_story(weighting, weights) as weighed_story
        where not is_ours(weighting, weights)
    ) as weighed on chosen.number = weighed.number;

-- One row:  per company and driver in the chosen stories that were read whole for effort, in all (touchpoint is NULL)
--           and touchpoint by touchpoint.
create or replace macro chosen_work(story_kind, companies, sectors, jobs, touchpoints, halls, since, until) as table
    with there as (
        select
            effort_load.company,
            effort_load.touchpoint,
            effort_load.driver,
            count(*) as events,
            sum(effort_load.times)::bigint as times,
            sum(effort_load.hassles) as hassles,
            sum(effort_load.told_minutes) as told_minutes,
            sum(effort_load.assumed_minutes) as assumed_minutes,
            count_if(effort_load.is_first) as first_count,
            count_if(effort_load.is_first_there)::bigint as story_count
        from effort_load
        where
            effort_load.is_whole
            and not is_of_cells(jobs, touchpoints, since, until)
            and effort_load.number in (
                select chosen.number
                from chosen_story(story_kind, companies, sectors, jobs, touchpoints, halls, since, until) as chosen
            )
        group by effort_load.company, effort_load.touchpoint, effort_load.driver
    )

    select
        company,
        touchpoint,
        driver,
        sum(events)::bigint as events,
        sum(times)::bigint as times,
        sum(hassles) as hassles,
        sum(told_minutes) as told_minutes,
        sum(assumed_minutes) as assumed_minutes,
        sum(story_count)::bigint as story_count
    from work_cell
    where
        is_of_cells(jobs, touchpoints, since, until)
        and is_of_choice(kind, company, sector, hall, story_kind, companies, sectors, halls)
    group by company, touchpoint, driver
    union all
    select
        company,
        touchpoint,
        driver,
        events,
        times,
        hassles,
        told_minutes,
        assumed_minutes,
        story_count
    from there
    union all
    select
        company,
        null as touchpoint,
        driver,
        sum(events)::bigint as events,
        sum(times)::bigint as times,
        sum(hassles) as hassles,
        sum(told_minutes) as told_minutes,
        sum(assumed_minutes) as assumed_minutes,
        sum(first_count)::bigint as story_count
    from there
    group by company, driver;

-- One row:  per company and demand of contacts in the chosen stories, in all (touchpoint is NULL) and one by one.
create or replace macro chosen_contact(story_kind, companies, sectors, jobs, touchpoints, halls, since, until) as table
    with there as (
        select
            contact_load.company,
            contact_load.demand,
            contact_load.channel,
            contact_load.touchpoint,
            sum(contact_load.contacts)::bigint as contacts,
            sum(contact_load.answered)::bigint as answered,
            count_if(contact_load.is_first) as first_count,
            count_if(contact_load.is_first_there)::bigint as story_count
        from contact_load
        where
            not is_of_cells(jobs, touchpoints, since, until)
            and contact_load.number in (
                select chosen.number
                from chosen_story(story_kind, companies, sectors, jobs, touchpoints, halls, since, until) as chosen
            )
        group by contact_load.company, contact_load.demand, contact_load.channel, contact_load.touchpoint
    )

    select
        company,
        demand,
        channel,
        touchpoint,
        sum(contacts)::bigint as contacts,
        sum(answered)::bigint as answered,
        sum(story_count)::bigint as story_count
    from contact_cell
    where
        is_of_cells(jobs, touchpoints, since, until)
        and is_of_choice(kind, company, sector, hall, story_kind, companies, sectors, halls)
    group by company, demand, channel, touchpoint
    union all
    select
        company,
        demand,
        channel,
        touchpoint,
        contacts,
        answered,
        story_count
    from there
    union all
    select
        company,
        demand,
        null as channel,
        null as touchpoint,
        sum(contacts)::bigint as contacts,
        sum(answered)::bigint as answered,
        sum(first_count)::bigint as story_count
    from there
    group by company, demand;
