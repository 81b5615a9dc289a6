-- Question: What did the customer say in this story, in their own words?
-- One row:  the customer's own words in the published story $story. There is no row if they were not imported.
-- Columns:  words, story_count
-- Needs:    story
-- Caution:  These are the customer's own words, unchecked, as they were imported.
select
    account.words,
    1 as story_count
from account
inner join story_rollup on account.story = story_rollup.story
where account.story = $story;
