-- Question: What do the halls do differently, touchpoint by touchpoint?
-- One row:  per touchpoint and hall among the chosen stories in a hall; touchpoints met in both halls first, the widest
--           difference of feeling first.
-- Columns:  touchpoint, touchpoint_label, hall, encounter_count, feeling_count, mean_feeling, difference,
--           effort_points, companies, story_count, touchpoint_order
-- Caution:  mean_feeling is over encounters that tell a feeling; NULL where none does. difference is fame less shame,
--           NULL unless both halls tell. A hall is drawn from the peak and the end of these same feelings, so some
--           difference is bound to be there; which touchpoints carry it is the finding.
with chosen as (
    select
        story,
        hall
    from chosen_story($companies, $sectors, $jobs, $touchpoints, $halls, $since, $until)
    where hall in ('fame', 'shame')
),

worked as (
    select
        story,
        step,
        sum(points) as points
    from effort
    group by story, step
),

met as (
    select
        service_encounter.touchpoint,
        chosen.hall,
        count(*) as encounter_count,
        count(service_encounter.feeling) as feeling_count,
        avg(service_encounter.feeling) as mean_feeling,
        -- no event found is none, not unknown
        coalesce(sum(worked.points), 0) as effort_points,
        count(distinct service_encounter.company) as companies,
        count(distinct service_encounter.story) as story_count
    from service_encounter
    inner join chosen on service_encounter.story = chosen.story
    left join worked
        on service_encounter.story = worked.story and service_encounter.step = worked.step
    where
        ($jobs is null or list_contains($jobs::varchar[], service_encounter.job))
        and ($touchpoints is null or list_contains($touchpoints::varchar[], service_encounter.touchpoint))
    group by service_encounter.touchpoint, chosen.hall
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
