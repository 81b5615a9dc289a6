-- Question: Which ways of weighing effort can I choose from?
-- One row:  per weighting of the codebook, ours first.
-- Columns:  weighting, weighting_label, description, position
-- Caution:  No weighting is right. Try them to see what stays the same under all of them.
select
    code as weighting,
    label as weighting_label,
    description,
    position
from codebook_weightings
order by position;
