-- Question: Which stories have an id similar to the one asked for?
-- One row:  per story, at most five, the most similar first.
-- Columns:  story, title, company, similarity, story_count
-- Needs:    search
-- Caution:  The similarity is of spelling (Jaro-Winkler, 0 to 1), and not of content.
select
    story,
    title,
    company,
    jaro_winkler_similarity(story, lower($search)) as similarity,
    1 as story_count
from scored_story
order by similarity desc, story
limit 5;
