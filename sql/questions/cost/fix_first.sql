-- Question: Which work, at which touchpoint of which company, would save customer and company most?
-- One row:  per company, touchpoint and driver in the chosen stories that were read for effort, most points a story
--           first, among the 30 companies with most stories; the first $most of them (100 if not said).
-- Columns:  company, touchpoint, touchpoint_label, driver, driver_label, kind, failure_demand, points,
--           points_per_story, share, hours_per_story, saved_low, saved_high, events, story_count, company_stories, company_count,
--           compared_count
-- Caution:  rows are ordered by points a story, for how many stories are here says nothing of a company, then by what
--           the company would save; share is of the points of all companies here. saved_low and saved_high are GBP a
--           story for contacts and parcels that would not have been, NULL where nothing of the kind is priced. How
--           often such an account happens is not known from them.
with chosen as (
    select
        story,
        company
    from chosen_story($companies, $sectors, $jobs, $touchpoints, $halls, $since, $until)
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

unit as (
    select
        cost.item,
        cost.driver,
        cost.low,
        cost.high
    from unit_cost($costs) as cost
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
        case
            -- a contact that was not needed costs what its channel costs, a parcel too many what a parcel costs
            when weight.failure_demand and codebook_touchpoints.is_contact then codebook_touchpoints.channel
            else any_value(parcel.item)
        end as item,
        any_value(effort.times) as times,
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
    from chosen_work($companies, $sectors, $jobs, $touchpoints, $halls, $since, $until) as effort
    inner join driver_weight($weighting, $weights) as weight on effort.driver = weight.driver
    inner join company_story on effort.company = company_story.company
    inner join codebook_touchpoints on effort.touchpoint = codebook_touchpoints.code
    left join unit as parcel on effort.driver = parcel.driver
    where effort.touchpoint is not null
    group by
        effort.company,
        effort.touchpoint,
        codebook_touchpoints.label,
        codebook_touchpoints.channel,
        codebook_touchpoints.is_contact,
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
    cell.times * unit.low / cell.company_stories as saved_low,
    cell.times * unit.high / cell.company_stories as saved_high,
    cell.events,
    cell.story_count,
    cell.company_stories,
    cell.company_count,
    least(cell.company_count, most_rows()) as compared_count
from shared as cell
left join unit on cell.item = unit.item
where cell.place <= most_rows()
order by points_per_story desc, saved_high desc nulls last, cell.company, cell.touchpoint, cell.driver
limit coalesce($most, 100);
