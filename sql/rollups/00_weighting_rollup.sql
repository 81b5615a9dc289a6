-- The points of every driver under every weighting: one number for all drivers or its own, times a theme's factor.
delete from weighting_rollup;

insert into weighting_rollup by name
select
    preset.code as weighting,
    codebook_drivers.code as driver,
    -- a code on which two coders agree too little is marked wherever it is named; too rare a code is not judged
    codebook_drivers.label
    || case
        when code_agreement.alpha < 0.667 and code_agreement.both_found + code_agreement.one_found >= 20 then ' ‡'
        else ''
    end as driver_label,
    codebook_drivers.kind,
    codebook_drivers.theme,
    codebook_drivers.failure_demand,
    coalesce(preset.hassle_points, codebook_drivers.hassle_points)
    * case when preset.theme = codebook_drivers.theme then preset.factor else 1 end as hassle_points,
    coalesce(preset.minute_share, codebook_drivers.minute_share) / minutes_per_point()
    * case when preset.theme = codebook_drivers.theme then preset.factor else 1 end as points_per_minute
from codebook_weightings as preset
cross join codebook_drivers
left join code_agreement on code_agreement.measure = 'driver' and codebook_drivers.code = code_agreement.code;
