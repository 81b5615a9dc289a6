-- Question: Which publications do these stories and lessons come from?
-- One row:  per source of a published story or of a lesson, by author and title.
-- Columns:  source, title, author, publication, published, url, kind, story_count, lesson_count
-- Caution:  We take facts from a source, and not its wording.
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
