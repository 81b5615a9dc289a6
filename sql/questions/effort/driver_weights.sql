-- Question: What does each kind of work weigh?
-- One row:  per driver of the codebook, by theme, the heaviest of ours first.
-- Columns:  driver, driver_label, description, kind, theme, theme_label, our_points, our_points_per_hour, points,
--           points_per_hour, factor, is_flagged, story_count, theme_order, driver_order
-- Caution:  a weight is an opinion. points and points_per_hour are those of the weighting asked for, factor the
--           reader's own among them; is_flagged: two coders agree too little on this driver (alpha below .667).
--           story_count are the chosen stories that tell of it.
with met as (
    select
        driver,
        sum(story_count)::bigint as story_count
    from chosen_work($companies, $sectors, $jobs, $touchpoints, $halls, $since, $until)
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
    codebook_drivers.points as our_points,
    codebook_drivers.points_per_hour as our_points_per_hour,
    weight.points,
    weight.points_per_hour,
    own_factor($weights, weight.driver) as factor,
    coalesce(code_agreement.alpha < 0.667, false) as is_flagged,
    -- no chosen story tells of it: none
    coalesce(met.story_count, 0) as story_count,
    codebook_themes.position as theme_order,
    row_number() over (
        order by
            codebook_themes.position,
            codebook_drivers.points desc,
            codebook_drivers.points_per_hour desc,
            weight.driver_label
    ) as driver_order
from driver_weight($weighting, $weights) as weight
inner join codebook_drivers on weight.driver = codebook_drivers.code
inner join codebook_themes on weight.theme = codebook_themes.code
left join met on weight.driver = met.driver
left join code_agreement on code_agreement.measure = 'driver' and weight.driver = code_agreement.code
order by driver_order;
