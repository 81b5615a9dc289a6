-- Question: What did each company promise, and did it keep the promise in this story?
-- One row:  per promise in a chosen story. Broken ones come first, then those kept late, kept, exceeded and unclear.
-- Columns:  company, claim, kept, standard, evidence, locator, story, title, story_count
-- Caution:  Each row is one customer's experience of a promise. It does not show how often the promise is kept.
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
