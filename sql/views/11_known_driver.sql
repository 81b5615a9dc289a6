-- One row:  per driver, as it is named in charts and tables.
-- Reason:   a code on which two coders agree too little carries a mark wherever it is used.
create or replace view known_driver as
select
    weighting_rollup.driver as code,
    weighting_rollup.driver_label as label,
    weighting_rollup.kind,
    weighting_rollup.theme,
    weighting_rollup.failure_demand
from weighting_rollup
where weighting_rollup.weighting = 'ours';
