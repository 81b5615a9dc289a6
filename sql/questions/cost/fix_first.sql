-- Question: Which effort, at which touchpoint of which company, would save customer and company most?
-- One row:  per company, touchpoint and effort type in the chosen stories that were read for effort. Most points per
--           story come first, among the 30 companies with most stories. Only the first $most rows are shown (default:
--           100).
-- Columns:  company, touchpoint, touchpoint_label, driver, driver_label, kind, failure_demand, points,
--           points_per_story, share, hours_per_story, saved_low, saved_high, events, story_count, company_stories,
--           company_count, compared_count
-- Caution:  Rows are in the order of points per story, then of what the company would save. The number of stories about
--           a company means nothing. share is of the points of all companies here. saved_low and saved_high are GBP per
--           story for avoidable contacts and extra parcels. They are empty where nothing of the kind has a price. The
--           stories do not show how often this happens.
with chosen as (
    select
        number,
        company
    from chosen_story($story_kind, $companies, $sectors, $jobs, $touchpoints, $halls, $since, $until)
    where read_effort = 'whole'
),

company_story as (
    select
        company,
        count(*) as company_stories,
        count(*) over () as company_count,
        row_number() over (order by count(*) desc, company) as place
    from chosen
    group by company
),

saved as (
    select
        chosen.company,
        avoided.touchpoint,
        avoided.driver,
        sum(avoided.counted * unit.low) as low,
        sum(avoided.counted * unit.high) as high
    from avoided_item as avoided
    inner join chosen on avoided.number = chosen.number
    inner join unit_cost($costs) as unit on avoided.item = unit.item
    group by chosen.company, avoided.touchpoint, avoided.driver
),

cell as (
    select
        effort.company,
        effort.touchpoint,
        codebook_touchpoints.label as touchpoint_label,
        effort.driver,
        weight.driver_label,
        weight.kind,
        weight.failure_demand,
        any_value(
            load_points(
                weight.hassle_points,
                weight.points_per_minute,
                effort.hassles,
                effort.told_minutes,
                effort.assumed_minutes
            )
        ) as points,
        any_value(effort.events) as events,
        any_value(effort.story_count) as story_count,
        any_value(company_story.company_stories) as company_stories,
        any_value(company_story.company_count) as company_count,
        any_value(company_story.place) as place
    from chosen_work($story_kind, $companies, $sectors, $jobs, $touchpoints, $halls, $since, $until) as effort
    inner join driver_weight($weighting, $weights) as weight on effort.driver = weight.driver
    inner join company_story on effort.company = company_story.company
    inner join codebook_touchpoints on effort.touchpoint = codebook_touchpoints.code
    where effort.touchpoint is not null
    group by
        effort.company,
        effort.touchpoint,
        codebook_touchpoints.label,
        effort.driver,
        weight.driver_label,
        weight.kind,
        weight.failure_demand
),

shared as (
    select
        cell.*,
        cell.points / nullif(sum(cell.points) over (), 0) as share
    from cell
)

select
    cell.company,
    cell.touchpoint,
    cell.touchpoint_label,
    cell.driver,
    cell.driver_label,
    cell.kind,
    cell.failure_demand,
    cell.points,
    cell.points / cell.company_stories as points_per_story,
    cell.share,
    -- hours are of what has to be done; what is felt is weighed and takes no time
    case when cell.kind = 'do' then cell.points * minutes_per_point() / 60 / cell.company_stories end
        as hours_per_story,
    saved.low / cell.company_stories as saved_low,
    saved.high / cell.company_stories as saved_high,
    cell.events,
    cell.story_count,
    cell.company_stories,
    cell.company_count,
    least(cell.company_count, most_rows()) as compared_count
from shared as cell
left join saved
    on cell.company = saved.company and cell.touchpoint = saved.touchpoint and cell.driver = saved.driver
where cell.place <= most_rows()
order by points_per_story desc, saved_high desc nulls last, cell.company, cell.touchpoint, cell.driver
limit coalesce($most, 100);
