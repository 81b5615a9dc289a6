-- One row:  per draw (1 to 1,000) and driver, with a number from 0 to 1, the same every time and in every database.
-- Reason:   taken from a hash of draw and driver (md5, the first 32 bits), so that anybody can recompute it; both
--           spreads and every page use the same draws, and differ by nothing but what is asked.
create or replace view weight_draw as
select
    drawn.draw,
    codebook_drivers.code as driver,
    ('0x' || substr(md5('cx ' || drawn.draw || ' ' || codebook_drivers.code), 1, 8))::bigint / 4294967296 as place
from (select unnest(range(1, 1001)) as draw) as drawn
cross join codebook_drivers;
