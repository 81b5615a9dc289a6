-- One row:  per published complaint.
-- Reason:   a complaint's form states neither where nor how the company caused effort.
create or replace view complaint as
select
    number,
    company
from story_rollup
where kind = 'complaint';
