-- Question: Whose pieces do these stories and lessons stand in?
-- One row:  per source of a published story or of a lesson, by author and title.
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
    published_source.story_count,
    published_source.lesson_count
from source
inner join published_source on source.source = published_source.source
order by source.author, source.title;
