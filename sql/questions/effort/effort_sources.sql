-- Question: Where does effort come from?
-- One row:  per effort type found in the chosen stories that were read for effort, most points first. Only the first
--           $most rows are shown (default: all).
-- Columns:  driver, driver_label, kind, failure_demand, points, assumed_points, largest_part, share, events, times,
--           companies, story_count, read_count
-- Caution:  largest_part is the most that one story holds. share is of all points of these stories, and read_count is
--           their number. A story with much effort counts more than one with little.
with
-- story by story, for the most that one story holds of a type: without it, is the type still the largest?
story_part as (
    select
        weighed.driver,
        weighed.company,
        round(sum(weighed.points), 9) as points,
        sum(weighed.assumed_points) as assumed_points,
        sum(weighed.events) as events,
        sum(weighed.times) as times
    from weighed_load($weighting, $weights) as weighed
    inner join
        chosen_story($story_kind, $companies, $sectors, $jobs, $touchpoints, $halls, $since, $until) as chosen
        on weighed.number = chosen.number
    group by weighed.driver, weighed.company, weighed.number
),

summed as (
    select
        driver,
        round(sum(points), 9) as points,
        round(sum(assumed_points), 9) as assumed_points,
        max(points) as largest_part,
        sum(events)::bigint as events,
        sum(times)::bigint as times,
        count(distinct company) as companies,
        count(*) as story_count
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
    summed.largest_part,
    summed.points / nullif(sum(summed.points) over (), 0) as share,
    summed.events,
    summed.times,
    summed.companies,
    summed.story_count,
    (
        select sum(chosen.effort_count)::bigint
        from
            chosen_company(
                null, null, $story_kind, $companies, $sectors, $jobs, $touchpoints, $halls, $since, $until
            ) as chosen
    ) as read_count
from summed
inner join known_driver on summed.driver = known_driver.code
order by summed.points desc, summed.driver
limit coalesce($most, 1000000);
