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
        is_kind(story_rollup.kind, story_kind)
        and (companies is null or list_contains(companies::varchar[], story_rollup.company))
        and (sectors is null or list_contains(sectors::varchar[], story_rollup.sector))
        and (halls is null or list_contains(halls::varchar[], story_rollup.hall))
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
                    and (jobs is null or list_contains(jobs::varchar[], encounter_load.job))
                    and (touchpoints is null or list_contains(touchpoints::varchar[], encounter_load.touchpoint))
            )
        );
