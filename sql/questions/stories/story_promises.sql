-- Question: What was promised in this story, and was it kept?
-- One row:  per promise of $story.
-- Columns:  claim, kept, standard, evidence, locator, story_count
-- Needs:    story
-- Caution:  A standard is a law or norm as this customer reads it.
select
    promise.claim,
    promise.kept,
    promise.standard,
    promise.evidence,
    promise.locator,
    1 as story_count
from promise
inner join scored_story on promise.story = scored_story.story
where promise.story = $story
order by promise.promise;
