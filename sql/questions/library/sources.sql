-- Question: Whose pieces do these stories and lessons stand in?
-- One row:  per source, by author and title.
-- Columns:  source, title, author, publication, published, url, kind, story_count, lesson_count
-- Caution:  facts carry over from a source, wording does not.
select
    source.source,
    source.title,
    source.author,
    source.publication,
    source.published,
    source.url,
    source.kind,
    (
        select count(*) from scored_story
        where scored_story.source = source.source
    ) as story_count,
    (
        select count(*) from lesson
        where lesson.source = source.source
    ) as lesson_count
from source
order by source.author, source.title;
