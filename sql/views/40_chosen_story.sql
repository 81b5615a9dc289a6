-- Whether a filter lets a value through; a filter without choices lets every value through.
create or replace macro is_let_through(value, choices) as choices is null or list_contains(choices::varchar[], value);

-- Filters that stories and rollup cells share: the values of the row first, then the choices.
create or replace macro is_of_choice(
    told_kind, told_company, told_sector, told_hall, story_kind, companies, sectors, halls
)
as is_kind(told_kind, story_kind)
and is_let_through(told_company, companies)
and is_let_through(told_sector, sectors)
and is_let_through(told_hall, halls);

-- One row:  per published story that the reader's filters let through.
-- Reason:   a filter chooses whole stories, so no filter changes a score. A story passes a filter with any one of its
--           values, and must pass all filters.
-- Caution:  a period leaves out stories without a date. The pages give their number.
-- The linter takes unqualified parameters of a macro for columns.
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
            -- one encounter has both a chosen job and a chosen touchpoint
            or story_rollup.number in (
                select encounter_load.number
                from encounter_load
                where
                    -- without these filters, search no encounter
                    not (jobs is null and touchpoints is null)
                    and is_let_through(encounter_load.job, jobs)
                    and is_let_through(encounter_load.touchpoint, touchpoints)
            )
        );
