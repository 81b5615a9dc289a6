-- Question: Which kinds of story are there, and which one to show first?
-- One row:  per kind of a published story, in the order of the codebook.
-- Columns:  kind, kind_label, description, is_default, story_count
-- Caution:  kinds are not comparable: who tells a story, files a complaint or answers a survey differs.
select
    codebook_kinds.code as kind,
    codebook_kinds.label as kind_label,
    codebook_kinds.description,
    kind_rollup.is_default,
    kind_rollup.story_count
from kind_rollup
inner join codebook_kinds on kind_rollup.kind = codebook_kinds.code
order by codebook_kinds.position;
