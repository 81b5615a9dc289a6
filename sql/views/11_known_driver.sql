-- One row:  per driver, with the label of charts and tables.
-- Reason:   the label marks a code on which two coders agree too little.
create or replace view known_driver as
select
    weighting_rollup.driver as code,
    weighting_rollup.driver_label as label,
    weighting_rollup.kind,
    weighting_rollup.theme,
    weighting_rollup.failure_demand
from weighting_rollup
where weighting_rollup.weighting = 'ours';
