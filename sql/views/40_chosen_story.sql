-- No choice lets every value through.
create or replace macro is_let_through(value, choices) as choices is null or list_contains(choices::varchar[], value);

-- The filters that stories and the cells of the rollups have alike, each with the value of the row before its choice.
create or replace macro is_of_choice(
    told_kind, told_company, told_sector, told_hall, story_kind, companies, sectors, halls
)
as is_kind(told_kind, story_kind)
and is_let_through(told_company, companies)
and is_let_through(told_sector, sectors)
and is_let_through(told_hall, halls);

-- One row:  per published story that the reader's filters let through.
-- Reason:   what a filter means is said once. A filter chooses stories and a chosen story stays whole, so that no score
--           changes under a filter. Within one filter any of the values will do; all filters must hold.
-- Caution:  a story that tells no date is left out as soon as a period is set; the pages say how many.
-- The macro's parameters stand unqualified, which the linter takes for columns.
-- noqa: disable=RF02,RF03
create or replace macro chosen_story(story_kind, companies, sectors, jobs, touchpoints, halls, since, until) as table
    select story_rollup.*
    from story_rollup
    where
        is_of_choice(
            story_rollup.kind, story_rollup.company, story_rollup.sector, story_rollup.hall,
            story_kind, companies, sectors, halls
        )
        and (since is null or story_rollup.happened_to >= since::date)
        and (until is null or story_rollup.happened_from <= until::date)
        and (
            (jobs is null and touchpoints is null)
            -- one moment that serves a job asked for at a touchpoint asked for
            or story_rollup.number in (
                select encounter_load.number
                from encounter_load
                where
                    -- who asks for no moment looks through none
                    not (jobs is null and touchpoints is null)
                    and is_let_through(encounter_load.job, jobs)
                    and is_let_through(encounter_load.touchpoint, touchpoints)
            )
        );
