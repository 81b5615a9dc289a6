-- Question: What does one contact, parcel or order cost a company?
-- One row:  per item that costs.
-- Columns:  item, item_label, description, basis, low, high, our_low, our_high, year, source
-- Caution:  Costs are in GBP, as a range. They are empty where nobody gives a price. low and high are your own where
--           you gave them, and source says so.
select
    unit.item,
    unit.item_label,
    codebook_costs.description,
    unit.basis,
    unit.low,
    unit.high,
    codebook_costs.low as our_low,
    codebook_costs.high as our_high,
    unit.year,
    unit.source
from unit_cost($costs) as unit
inner join codebook_costs on unit.item = codebook_costs.code
order by unit.basis, codebook_costs.high desc nulls last, unit.item;
