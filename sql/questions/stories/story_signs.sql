-- Question: Which of the six signs did this story show?
-- One row:  per sign of the codebook, in order.
-- Columns:  sign, sign_label, shown, evidence, story_count
-- Needs:    story
-- Caution:  shown is empty where the story does not say.
select
    codebook_signs.code as sign,
    codebook_signs.label as sign_label,
    sign.shown,
    sign.evidence,
    1 as story_count
from codebook_signs
left join sign on codebook_signs.code = sign.sign and sign.story = $story
order by codebook_signs.position;
