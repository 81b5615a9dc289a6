-- Question: What is in this library?
-- One row:  exactly one, over the chosen stories.
-- Columns:  story_count, company_count, encounter_count, event_count, promise_count, source_count, author_count,
--           authors, publications, fame_count, shame_count, mixed_count, unscored_count, first_year,
--           last_year, undated_count, coded_on, synthetic_count, all_stories
-- Caution:  stories were picked by their authors; their number says nothing of how common such experiences are.
with chosen as (
    select *
    from chosen_story($companies, $sectors, $jobs, $touchpoints, $halls, $since, $until)
    where ($story is null or story = $story)
)

select
    count(*) as story_count,
    count(distinct company) as company_count,
    (
        select count(*) from service_encounter
        where service_encounter.story in (select chosen.story from chosen)
    ) as encounter_count,
    -- a sum over no stories is none
    coalesce(sum(event_count), 0)::bigint as event_count,
    (
        select count(*) from promise
        where promise.story in (select chosen.story from chosen)
    ) as promise_count,
    count(distinct source) as source_count,
    (
        select count(distinct source.author) from source
        where source.source in (select chosen.source from chosen)
    ) as author_count,
    (
        select string_agg(distinct source.author, ', ' order by source.author) from source
        where source.source in (select chosen.source from chosen)
    ) as authors,
    (
        select string_agg(distinct source.publication, ', ' order by source.publication) from source
        where source.source in (select chosen.source from chosen)
    ) as publications,
    count(*) filter (where hall = 'fame') as fame_count,
    count(*) filter (where hall = 'shame') as shame_count,
    count(*) filter (where hall = 'mixed') as mixed_count,
    count(*) filter (where hall is null) as unscored_count,
    min(year(happened_from)) as first_year,
    max(year(happened_to)) as last_year,
    count(*) filter (where happened_on is null) as undated_count,
    max(greatest(coded_on, coalesce(reviewed_on, coded_on))) as coded_on,
    (
        select count(*) from chosen as made
        inner join source on made.source = source.source
        where source.kind = 'synthetic'
    ) as synthetic_count,
    (
        select count(*) from story
        where story.status = 'published'
    ) as all_stories
from chosen;
