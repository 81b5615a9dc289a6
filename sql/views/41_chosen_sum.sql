-- The macros' parameters stand unqualified, which the linter takes for columns.
-- noqa: disable=RF02,RF03,ST05
-- Whether a weighting is the codebook's own, untouched.
create or replace macro is_ours(weighting, weights) as coalesce(weighting, 'ours') = 'ours' and weights is null;

-- Whether the rollups by company and hall answer: they know nothing of the jobs and the dates of single stories.
create or replace macro is_of_cells(jobs, touchpoints, since, until) as
jobs is null and touchpoints is null and since is null and until is null;

create or replace macro is_let_through(value, choices) as choices is null or list_contains(choices::varchar[], value);

-- One row:  per chosen story, with its points under a weighting.
-- Reason:   in our weighting the points are kept; only another one has to be summed up.
create or replace macro weighed_chosen(
    weighting, weights, companies, sectors, jobs, touchpoints, halls, since, until
) as table
    select
        chosen.number,
        chosen.story,
        chosen.title,
        chosen.company,
        chosen.sector,
        chosen.experience,
        -- a story without effort has no row to weigh: it was read for effort and none was found
        case when is_ours(weighting, weights) then chosen.effort_points else coalesce(weighed.effort_points, 0) end
            as effort_points,
        case when is_ours(weighting, weights) then chosen.do_points else coalesce(weighed.do_points, 0) end
            as do_points,
        case when is_ours(weighting, weights) then chosen.feel_points else coalesce(weighed.feel_points, 0) end
            as feel_points,
        chosen.event_count
    from chosen_story(companies, sectors, jobs, touchpoints, halls, since, until) as chosen
    left join (
        select weighed_story.*
        from weighed_story(weighting, weights) as weighed_story
        where not is_ours(weighting, weights)
    ) as weighed on chosen.number = weighed.number;

-- One row:  per company and driver in the chosen stories, in all (touchpoint is NULL) and touchpoint by touchpoint.
create or replace macro chosen_work(companies, sectors, jobs, touchpoints, halls, since, until) as table
    with there as (
        select
            effort_load.company,
            effort_load.touchpoint,
            effort_load.driver,
            count(*) as events,
            sum(effort_load.times)::bigint as times,
            sum(effort_load.hours) as hours,
            count_if(effort_load.is_first) as first_count,
            count_if(effort_load.is_first_there)::bigint as story_count
        from effort_load
        where
            not is_of_cells(jobs, touchpoints, since, until)
            and effort_load.number in (
                select chosen.number
                from chosen_story(companies, sectors, jobs, touchpoints, halls, since, until) as chosen
            )
        group by effort_load.company, effort_load.touchpoint, effort_load.driver
    )

    select
        company,
        touchpoint,
        driver,
        sum(events)::bigint as events,
        sum(times)::bigint as times,
        sum(hours) as hours,
        sum(story_count)::bigint as story_count
    from work_cell
    where
        is_of_cells(jobs, touchpoints, since, until)
        and is_let_through(company, companies)
        and is_let_through(sector, sectors)
        and is_let_through(hall, halls)
    group by company, touchpoint, driver
    union all
    select
        company,
        touchpoint,
        driver,
        events,
        times,
        hours,
        story_count
    from there
    union all
    select
        company,
        null as touchpoint,
        driver,
        sum(events)::bigint as events,
        sum(times)::bigint as times,
        sum(hours) as hours,
        sum(first_count)::bigint as story_count
    from there
    group by company, driver;

-- One row:  per company, hall and touchpoint met in the chosen stories: of the encounters asked for alone.
create or replace macro chosen_encounter(companies, sectors, jobs, touchpoints, halls, since, until) as table
    -- a story once, whatever it tells of there: quicker than to count the different ones
    with story_there as (
        select
            encounter_load.number,
            encounter_load.touchpoint,
            any_value(chosen.company) as company,
            any_value(chosen.hall) as hall,
            count(*) as encounters,
            count(encounter_load.feeling) as feelings,
            sum(encounter_load.feeling) as feeling_sum,
            min(encounter_load.feeling) as lowest_feeling,
            max(encounter_load.feeling) as highest_feeling
        from encounter_load
        inner join
            chosen_story(companies, sectors, jobs, touchpoints, halls, since, until) as chosen
            on encounter_load.number = chosen.number
        where
            not is_of_cells(jobs, touchpoints, since, until)
            and is_let_through(encounter_load.job, jobs)
            and is_let_through(encounter_load.touchpoint, touchpoints)
        group by encounter_load.number, encounter_load.touchpoint
    )

    select
        company,
        hall,
        touchpoint,
        encounters,
        feelings,
        feeling_sum,
        lowest_feeling,
        highest_feeling,
        story_count,
        telling_count
    from touchpoint_cell
    where
        is_of_cells(jobs, touchpoints, since, until)
        and is_let_through(company, companies)
        and is_let_through(sector, sectors)
        and is_let_through(hall, halls)
    union all
    select
        company,
        hall,
        touchpoint,
        sum(encounters)::bigint as encounters,
        sum(feelings)::bigint as feelings,
        -- a sum over no feeling is none; the number of feelings tells it from a neutral one
        coalesce(sum(feeling_sum), 0)::bigint as feeling_sum,
        min(lowest_feeling) as lowest_feeling,
        max(highest_feeling) as highest_feeling,
        count(*) as story_count,
        count_if(feelings > 0)::bigint as telling_count
    from story_there
    group by company, hall, touchpoint;

-- One row:  per company, hall and touchpoint at which the encounters asked for made work: its points in our weighting.
create or replace macro chosen_encounter_work(companies, sectors, jobs, touchpoints, halls, since, until) as table
    select
        work_cell.company,
        work_cell.hall,
        work_cell.touchpoint,
        sum(weight.points * work_cell.times + weight.points_per_hour * work_cell.hours) as points
    from work_cell
    inner join driver_weight(null, null) as weight on work_cell.driver = weight.driver
    where
        is_of_cells(jobs, touchpoints, since, until)
        and work_cell.touchpoint is not null
        and is_let_through(work_cell.company, companies)
        and is_let_through(work_cell.sector, sectors)
        and is_let_through(work_cell.hall, halls)
    group by work_cell.company, work_cell.hall, work_cell.touchpoint
    union all
    select
        chosen.company,
        chosen.hall,
        weighed.touchpoint,
        sum(weighed.points) as points
    from weighed_load(null, null) as weighed
    inner join
        chosen_story(companies, sectors, jobs, touchpoints, halls, since, until) as chosen
        on weighed.number = chosen.number
    where
        not is_of_cells(jobs, touchpoints, since, until)
        and is_let_through(weighed.job, jobs)
        and is_let_through(weighed.touchpoint, touchpoints)
    group by chosen.company, chosen.hall, weighed.touchpoint;

-- One row:  per company and demand of contacts in the chosen stories, in all (touchpoint is NULL) and one by one.
create or replace macro chosen_contact(companies, sectors, jobs, touchpoints, halls, since, until) as table
    with there as (
        select
            contact_load.company,
            contact_load.demand,
            contact_load.channel,
            contact_load.touchpoint,
            sum(contact_load.contacts)::bigint as contacts,
            count_if(contact_load.is_first) as first_count,
            count_if(contact_load.is_first_there)::bigint as story_count
        from contact_load
        where
            not is_of_cells(jobs, touchpoints, since, until)
            and contact_load.number in (
                select chosen.number
                from chosen_story(companies, sectors, jobs, touchpoints, halls, since, until) as chosen
            )
        group by contact_load.company, contact_load.demand, contact_load.channel, contact_load.touchpoint
    )

    select
        company,
        demand,
        channel,
        touchpoint,
        sum(contacts)::bigint as contacts,
        sum(story_count)::bigint as story_count
    from contact_cell
    where
        is_of_cells(jobs, touchpoints, since, until)
        and is_let_through(company, companies)
        and is_let_through(sector, sectors)
        and is_let_through(hall, halls)
    group by company, demand, channel, touchpoint
    union all
    select
        company,
        demand,
        channel,
        touchpoint,
        contacts,
        story_count
    from there
    union all
    select
        company,
        demand,
        null as channel,
        null as touchpoint,
        sum(contacts)::bigint as contacts,
        sum(first_count)::bigint as story_count
    from there
    group by company, demand;
