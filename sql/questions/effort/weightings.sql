-- Question: Which ways of weighing effort are there to begin with?
-- One row:  per weighting of the codebook, ours first.
-- Columns:  weighting, weighting_label, description, position
-- Caution:  none is right: they are there to see what survives them.
select
    code as weighting,
    label as weighting_label,
    description,
    position
from codebook_weightings
order by position;
