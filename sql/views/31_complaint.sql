-- One row:  per published complaint: it was filed, and says neither where nor how the work of its company arose.
create or replace view complaint as
select
    number,
    company
from story_rollup
where kind = 'complaint';
