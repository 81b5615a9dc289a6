-- Question: What happened when, by the notes of editors?
-- One row:  per dated note on all companies, or on a company of $companies, the latest first. Without $companies it is
--           every note.
-- Columns:  annotation, company, noted_on, words
-- Caution:  company is empty of a note on all. A note says what happened, and not that it changed anything.
select
    annotation,
    company,
    noted_on,
    words
from annotation
where $companies is null or company is null or list_contains($companies::varchar[], company)
order by noted_on desc, annotation desc;
