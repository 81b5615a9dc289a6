-- Question: What is in this library?
-- One row:  exactly one, over the chosen stories.
-- Columns:  story_count, company_count, encounter_count, event_count, promise_count, source_count, author_count,
--           authors, registers, publications, fame_count, shame_count, mixed_count, unscored_count, first_year,
--           last_year, undated_count, coded_on, synthetic_count, complaint_count, survey_count, all_stories,
--           feeling_read, effort_read, effort_part_read, promises_read, signs_read
-- Caution:  The columns ..._read have the stories that somebody read for that measure. effort_part_read has those whose
--           form asked for some effort types. authors and publications name all if there are six or fewer. Otherwise
--           they name the three with most stories and say how many more there are. Open data are complaints that were
--           filed on a form. registers has who publishes them: no author. Stories that a program made have no author
--           either. The stories are no random sample. Their number does not show how common such experiences are.
with chosen as (
    select
        chosen.story,
        chosen.company,
        chosen.source,
        chosen.kind,
        chosen.author,
        chosen.publication,
        chosen.encounter_count,
        chosen.event_count,
        chosen.promise_count,
        chosen.hall,
        chosen.read_feeling,
        chosen.read_effort,
        chosen.read_promises,
        chosen.read_signs,
        chosen.happened_on,
        chosen.happened_from,
        chosen.happened_to,
        greatest(chosen.coded_on, coalesce(chosen.reviewed_on, chosen.coded_on)) as coded_on
    from chosen_story($story_kind, $companies, $sectors, $jobs, $touchpoints, $halls, $since, $until) as chosen
    where
        ($story is null or chosen.story = $story)
        and is_in_periods(chosen.happened_from, chosen.happened_to, $periods)
        and is_read_for(chosen.read_effort, chosen.read_drivers, $read_driver)
        and ($known is distinct from 'agreement' or chosen.story in (select second_coding.story from second_coding))
        and (
            $known is null
            or is_known(
                $known, chosen.effort_points, chosen.experience, chosen.read_promises, chosen.read_signs
            )
        )
),

author as (
    select
        author as name,
        row_number() over (order by count(*) desc, author) as place,
        count(*) over () as number
    from chosen
    where kind not in ('complaint', 'synthetic')
    group by author
),

publication as (
    select
        publication as name,
        row_number() over (order by count(*) desc, publication) as place,
        count(*) over () as number
    from chosen
    where publication is not null and kind not in ('complaint', 'synthetic')
    group by publication
)

select
    count(*) as story_count,
    count(distinct company) as company_count,
    -- a sum over no stories is none
    coalesce(sum(encounter_count), 0)::bigint as encounter_count,
    coalesce(sum(event_count), 0)::bigint as event_count,
    coalesce(sum(promise_count), 0)::bigint as promise_count,
    count(distinct source) as source_count,
    (select count(*) from author) as author_count,
    (
        select string_agg(author.name, ', ' order by author.name) || and_more(any_value(author.number)) from author
        where author.place <= named_of(author.number)
    ) as authors,
    string_agg(distinct author, ', ' order by author) filter (where kind = 'complaint') as registers,
    (
        select string_agg(publication.name, ', ' order by publication.name) || and_more(any_value(publication.number))
        from publication
        where publication.place <= named_of(publication.number)
    ) as publications,
    count(*) filter (where hall = 'fame') as fame_count,
    count(*) filter (where hall = 'shame') as shame_count,
    count(*) filter (where hall = 'mixed') as mixed_count,
    count(*) filter (where hall is null) as unscored_count,
    min(year(happened_from)) as first_year,
    max(year(happened_to)) as last_year,
    count(*) filter (where happened_on is null) as undated_count,
    max(coded_on) as coded_on,
    count(*) filter (where kind = 'synthetic') as synthetic_count,
    count(*) filter (where kind = 'complaint') as complaint_count,
    count(*) filter (where kind = 'survey') as survey_count,
    (
        select count(*) from story_rollup
        where is_kind(story_rollup.kind, $story_kind)
    ) as all_stories,
    count(*) filter (where read_feeling = 'whole') as feeling_read,
    count(*) filter (where read_effort = 'whole') as effort_read,
    count(*) filter (where read_effort = 'part') as effort_part_read,
    count(*) filter (where read_promises = 'whole') as promises_read,
    count(*) filter (where read_signs = 'whole') as signs_read
from chosen;
