-- The draws of rank stability, taken from a hash of draw and driver (md5, the first 32 bits), so that anybody can
-- recompute them; both spreads and every page use the same ones, and differ by nothing but what is asked.
delete from weight_draw;

insert into weight_draw by name
select
    drawn.draw,
    list(
        ('0x' || substr(md5('cx ' || drawn.draw || ' ' || codebook_drivers.code), 1, 8))::bigint / 4294967296
        order by codebook_drivers.code
    ) as places
from (select unnest(range(1, 1001)) as draw) as drawn
cross join codebook_drivers
group by drawn.draw;
