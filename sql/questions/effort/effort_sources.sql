-- Question: Where does effort come from?
-- One row:  per driver found in the chosen stories that were read for effort, most points first; the first $most of
--           them (all if not said).
-- Columns:  driver, driver_label, kind, failure_demand, points, assumed_points, largest_part, share, events, times,
--           companies, story_count, read_count
-- Caution:  largest_part is the most that one story holds. share is of all points of these stories, read_count in
--           number; a story with much effort weighs more than one with little.
with summed as (
    select
        effort.driver,
        round(
            sum(
                load_points(
                    weight.hassle_points,
                    weight.points_per_minute,
                    effort.hassles,
                    effort.told_minutes,
                    effort.assumed_minutes
                )
            ),
            9
        ) as points,
        round(sum(weight.points_per_minute * effort.assumed_minutes), 9) as assumed_points,
        sum(effort.events)::bigint as events,
        sum(effort.times)::bigint as times,
        count(distinct effort.company) as companies,
        sum(effort.story_count)::bigint as story_count
    from chosen_work($companies, $sectors, $jobs, $touchpoints, $halls, $since, $until) as effort
    inner join driver_weight($weighting, $weights) as weight on effort.driver = weight.driver
    where effort.touchpoint is null
    group by effort.driver
),

-- the most that one story holds of an effort type: without it, is the type still the largest?
story_part as (
    select
        weighed.driver,
        round(sum(weighed.points), 9) as points
    from weighed_load($weighting, $weights) as weighed
    inner join
        chosen_story($companies, $sectors, $jobs, $touchpoints, $halls, $since, $until) as chosen
        on weighed.number = chosen.number
    group by weighed.driver, weighed.number
),

largest as (
    select
        driver,
        max(points) as largest_part
    from story_part
    group by driver
)

select
    summed.driver,
    known_driver.label as driver_label,
    known_driver.kind,
    known_driver.failure_demand,
    summed.points,
    summed.assumed_points,
    largest.largest_part,
    summed.points / nullif(sum(summed.points) over (), 0) as share,
    summed.events,
    summed.times,
    summed.companies,
    summed.story_count,
    (
        select sum(chosen.effort_count)::bigint
        from chosen_company(null, null, $companies, $sectors, $jobs, $touchpoints, $halls, $since, $until) as chosen
    ) as read_count
from summed
inner join known_driver on summed.driver = known_driver.code
inner join largest on summed.driver = largest.driver
order by summed.points desc, summed.driver
limit coalesce($most, 1000000);
