-- Question: What did the customer say in this story, in their own words?
-- One row:  the account of the published story $story; none where it came in without its words.
-- Columns:  words, story_count
-- Needs:    story
-- Caution:  the customer's own words, unchecked, as whoever brought them in was given them.
select
    account.words,
    1 as story_count
from account
inner join story_rollup on account.story = story_rollup.story
where account.story = $story;
