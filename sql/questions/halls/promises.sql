-- Question: What did each company promise, and was it kept in this account?
-- One row:  per promise in a chosen story; broken first, then kept late, kept, exceeded and unclear.
-- Columns:  company, claim, kept, standard, evidence, locator, story, title, story_count
-- Caution:  each is one account's experience of a promise, not a record of how often it is kept.
select
    chosen.company,
    promise.claim,
    promise.kept,
    promise.standard,
    promise.evidence,
    promise.locator,
    promise.story,
    chosen.title,
    1 as story_count
from promise
inner join
    chosen_story($story_kind, $companies, $sectors, $jobs, $touchpoints, $halls, $since, $until) as chosen
    on promise.story = chosen.story
where $kept is null or promise.kept = $kept
order by
    list_position(['broken', 'kept late', 'kept', 'exceeded', 'unclear'], promise.kept),
    chosen.company,
    promise.story,
    promise.promise;
