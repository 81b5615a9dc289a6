-- Question: Where does effort come from?
-- One row:  per driver found in the chosen stories, most points first; the first $most of them (all if not said).
-- Columns:  driver, driver_label, kind, failure_demand, points, share, events, times, companies, story_count
-- Caution:  share is of all points of the chosen stories; a story with much effort weighs more than one with little.
with summed as (
    select
        effort.driver,
        sum(effort.points) as points,
        count(*) as events,
        sum(effort.times) as times,
        count(distinct effort.company) as companies,
        count(distinct effort.story) as story_count
    from effort
    inner join
        chosen_story($companies, $sectors, $jobs, $touchpoints, $halls, $since, $until) as chosen
        on effort.story = chosen.story
    group by effort.driver
)

select
    summed.driver,
    codebook_drivers.label as driver_label,
    codebook_drivers.kind,
    codebook_drivers.failure_demand,
    summed.points,
    summed.points / nullif(sum(summed.points) over (), 0) as share,
    summed.events,
    summed.times,
    summed.companies,
    summed.story_count
from summed
inner join codebook_drivers on summed.driver = codebook_drivers.code
order by summed.points desc, summed.driver
limit coalesce($most, 1000000);
