-- Question: What does the company say to this story?
-- One row:  per reply to the published story $story, the first first.
-- Columns:  reply, replied_on, author, words, url, story_count
-- Needs:    story
-- Caution:  the company's own words, unchecked; no score follows from them.
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
