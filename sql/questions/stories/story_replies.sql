-- Question: What does the company say about this story?
-- One row:  per reply to the published story $story, the first reply first.
-- Columns:  reply, replied_on, author, words, url, story_count
-- Needs:    story
-- Caution:  These are the company's own words, unchecked. They do not change a score.
select
    reply.reply,
    reply.replied_on,
    reply.author,
    reply.words,
    reply.url,
    1 as story_count
from reply
inner join scored_story on reply.story = scored_story.story
where reply.story = $story
order by reply.replied_on, reply.reply;
