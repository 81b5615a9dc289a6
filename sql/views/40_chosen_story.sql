-- One row:  per published story that the reader's filters let through.
-- Reason:   what a filter means is said once. A filter chooses stories and a chosen story stays whole, so that no score
--           changes under a filter. Within one filter any of the values will do; all filters must hold.
-- Caution:  a story that tells no date is left out as soon as a period is set; the pages say how many.
-- The macro's parameters stand unqualified, which the linter takes for columns.
-- noqa: disable=RF02,RF03
create or replace macro chosen_story(companies, sectors, jobs, touchpoints, halls, since, until) as table
    select scored_story.*
    from scored_story
    where
        (companies is null or list_contains(companies::varchar[], scored_story.company))
        and (sectors is null or list_contains(sectors::varchar[], scored_story.sector))
        and (halls is null or list_contains(halls::varchar[], scored_story.hall))
        and (since is null or scored_story.happened_to >= since::date)
        and (until is null or scored_story.happened_from <= until::date)
        and (
            (jobs is null and touchpoints is null)
            or exists (
                select 1
                from service_encounter
                where
                    service_encounter.story = scored_story.story
                    and (jobs is null or list_contains(jobs::varchar[], service_encounter.job))
                    and (touchpoints is null or list_contains(touchpoints::varchar[], service_encounter.touchpoint))
            )
        );
