-- Question: How much does each effort type count?
-- One row:  per effort type of the codebook, by theme, the one with most of our points first.
-- Columns:  driver, driver_label, description, kind, theme, theme_label, our_points, points, hassle_points,
--           usual_minutes, low_minutes, high_minutes, ceiling_points, ceiling_of, basis, reason, factor, is_flagged,
--           story_count, theme_order, driver_order
-- Caution:  A weight is an opinion. points are those of one time with the usual minutes, in the chosen weighting.
--           factor is your own. is_flagged marks an effort type on which two coders agree too little (alpha below
--           .667). story_count has the chosen stories with this type.
with met as (
    select
        driver,
        sum(story_count)::bigint as story_count
    from chosen_work($story_kind, $companies, $sectors, $jobs, $touchpoints, $halls, $since, $until)
    where touchpoint is null
    group by driver
)

select
    weight.driver,
    weight.driver_label,
    codebook_drivers.description,
    weight.kind,
    weight.theme,
    codebook_themes.label as theme_label,
    load_points(
        codebook_drivers.hassle_points,
        codebook_drivers.minute_share / minutes_per_point(),
        1,
        0,
        codebook_drivers.usual_minutes
    ) as our_points,
    load_points(weight.hassle_points, weight.points_per_minute, 1, 0, codebook_drivers.usual_minutes) as points,
    codebook_drivers.hassle_points,
    codebook_drivers.usual_minutes,
    codebook_drivers.low_minutes,
    codebook_drivers.high_minutes,
    codebook_drivers.ceiling_points,
    codebook_drivers.ceiling_of,
    codebook_drivers.basis,
    codebook_drivers.reason,
    own_factor($weights, weight.driver) as factor,
    coalesce(code_agreement.alpha < 0.667, false) as is_flagged,
    -- no chosen story tells of it: none
    coalesce(met.story_count, 0) as story_count,
    codebook_themes.position as theme_order,
    row_number() over (
        order by
            codebook_themes.position,
            our_points desc,
            weight.driver_label
    ) as driver_order
from driver_weight($weighting, $weights) as weight
inner join codebook_drivers on weight.driver = codebook_drivers.code
inner join codebook_themes on weight.theme = codebook_themes.code
left join met on weight.driver = met.driver
left join code_agreement on code_agreement.measure = 'driver' and weight.driver = code_agreement.code
order by driver_order;
