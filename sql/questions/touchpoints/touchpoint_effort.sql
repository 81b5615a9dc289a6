-- Question: At which touchpoints does each company cause effort?
-- One row:  per company and touchpoint of its chosen stories that were read for effort. Only the 15 companies with most
--           such stories are shown.
-- Columns:  company, touchpoint, touchpoint_label, effort_points, points_per_story, story_count, company_stories,
--           company_count, compared_count, touchpoint_order, company_order
-- Caution:  points_per_story is over the stories (story_count) that use the touchpoint and were read for effort. 0
--           means that no effort was found. Of more than 15 companies (company_count), those with most stories are
--           shown.
with chosen as (
    select
        story,
        company
    from chosen_story($story_kind, $companies, $sectors, $jobs, $touchpoints, $halls, $since, $until)
    where read_effort = 'whole'
),

compared as (
    select
        company,
        count(*) as story_count,
        count(*) over () as company_count
    from chosen
    group by company
    qualify row_number() over (order by count(*) desc, company) <= most_columns()
),

met as (
    select
        told.company,
        told.touchpoint,
        sum(told.effort_count)::bigint as story_count
    from chosen_encounter($story_kind, $companies, $sectors, $jobs, $touchpoints, $halls, $since, $until) as told
    inner join compared on told.company = compared.company
    where told.effort_count > 0
    group by told.company, told.touchpoint
),

worked as (
    select
        company,
        touchpoint,
        round(sum(points), 9) as effort_points
    from chosen_encounter_work($story_kind, $companies, $sectors, $jobs, $touchpoints, $halls, $since, $until)
    group by company, touchpoint
),

cell as (
    select
        met.company,
        met.touchpoint,
        met.story_count,
        -- a story that was read for effort and has none there: no effort, not unknown
        coalesce(worked.effort_points, 0) as effort_points
    from met
    left join worked on met.company = worked.company and met.touchpoint = worked.touchpoint
),

touchpoint_total as (
    select
        touchpoint,
        count(*) as companies,
        sum(story_count) as stories
    from cell
    group by touchpoint
),

company_total as (
    select
        cell.company,
        sum(cell.effort_points) / any_value(compared.story_count) as mean_points
    from cell
    inner join compared on cell.company = compared.company
    group by cell.company
)

select
    cell.company,
    cell.touchpoint,
    codebook_touchpoints.label as touchpoint_label,
    cell.effort_points,
    cell.effort_points / cell.story_count as points_per_story,
    cell.story_count,
    compared.story_count as company_stories,
    compared.company_count,
    least(compared.company_count, most_columns()) as compared_count,
    -- the touchpoint met by most companies first, then the one in most stories
    dense_rank() over (
        order by touchpoint_total.companies desc, touchpoint_total.stories desc, cell.touchpoint
    ) as touchpoint_order,
    dense_rank() over (order by company_total.mean_points desc, cell.company) as company_order
from cell
inner join compared on cell.company = compared.company
inner join codebook_touchpoints on cell.touchpoint = codebook_touchpoints.code
inner join touchpoint_total on cell.touchpoint = touchpoint_total.touchpoint
inner join company_total on cell.company = company_total.company
order by company_order, touchpoint_order;
