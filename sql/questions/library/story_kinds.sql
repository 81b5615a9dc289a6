-- Question: Which kinds of story are there, and which should be shown first?
-- One row:  per kind of a published story, in the order of the codebook.
-- Columns:  kind, kind_label, description, is_default, story_count
-- Caution:  Kinds cannot be compared: different people write a story, file a complaint or answer a survey.
select
    codebook_kinds.code as kind,
    codebook_kinds.label as kind_label,
    codebook_kinds.description,
    kind_rollup.is_default,
    kind_rollup.story_count
from kind_rollup
inner join codebook_kinds on kind_rollup.kind = codebook_kinds.code
order by codebook_kinds.position;
