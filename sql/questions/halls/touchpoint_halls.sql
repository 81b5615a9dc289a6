-- Question: What do the best rated do differently from the worst rated, touchpoint by touchpoint?
-- One row:  per touchpoint and hall among the chosen stories in a hall. Touchpoints used in both halls come first, the
--           widest difference of feeling first.
-- Columns:  touchpoint, touchpoint_label, hall, encounter_count, feeling_count, mean_feeling, difference,
--           effort_points, companies, story_count, touchpoint_order
-- Caution:  mean_feeling is over steps that state a feeling, and empty without any. difference is fame less shame, and
--           empty unless both halls state a feeling. A hall follows from the strongest and the last of these same
--           feelings, so some difference is certain. Which touchpoints make it is the finding.
with worked as (
    select
        touchpoint,
        hall,
        round(sum(points), 9) as points
    from chosen_encounter_work($story_kind, $companies, $sectors, $jobs, $touchpoints, $halls, $since, $until)
    group by touchpoint, hall
),

met as (
    select
        told.touchpoint,
        told.hall,
        sum(told.encounters)::bigint as encounter_count,
        sum(told.feelings)::bigint as feeling_count,
        sum(told.feeling_sum) / nullif(sum(told.feelings), 0) as mean_feeling,
        -- no event found is none, unless no story was read for effort
        case when sum(told.effort_count) > 0 then coalesce(any_value(worked.points), 0) end as effort_points,
        count(distinct told.company) as companies,
        sum(told.story_count)::bigint as story_count
    from chosen_encounter($story_kind, $companies, $sectors, $jobs, $touchpoints, $halls, $since, $until) as told
    left join worked on told.touchpoint = worked.touchpoint and told.hall = worked.hall
    where told.hall in ('fame', 'shame')
    group by told.touchpoint, told.hall
),

spread as (
    select
        touchpoint,
        count(mean_feeling) as halls_told,
        max(mean_feeling) filter (where hall = 'fame')
        - max(mean_feeling) filter (where hall = 'shame') as difference,
        max(abs(mean_feeling)) as strength
    from met
    group by touchpoint
)

select
    met.touchpoint,
    codebook_touchpoints.label as touchpoint_label,
    met.hall,
    met.encounter_count,
    met.feeling_count,
    met.mean_feeling,
    spread.difference,
    met.effort_points,
    met.companies,
    met.story_count,
    dense_rank() over (
        order by spread.halls_told desc, abs(spread.difference) desc, spread.strength desc, met.touchpoint
    ) as touchpoint_order
from met
inner join spread on met.touchpoint = spread.touchpoint
inner join codebook_touchpoints on met.touchpoint = codebook_touchpoints.code
order by touchpoint_order, met.hall;
