-- Question: What kinds of effort does each company cause?
-- One row:  per company and effort type found in its chosen stories that were read for effort. The hardest company
--           comes first, its largest type first, among the 15 companies with most stories of any effort.
-- Columns:  company, driver, driver_label, kind, failure_demand, points, points_per_story, share, events, times,
--           story_count, company_stories, company_points, company_count, compared_count, company_order, driver_order
-- Caution:  points are sums over stories. Read points_per_story where companies have different numbers of stories. Of
--           more than 15 companies (company_count), those with most stories are shown.
with chosen as (
    select
        story,
        company
    from chosen_story($story_kind, $companies, $sectors, $jobs, $touchpoints, $halls, $since, $until)
    where read_effort = 'whole'
),

company_story as (
    select
        company,
        count(*) as company_stories
    from chosen
    group by company
),

worked as (
    select
        effort.company,
        effort.driver,
        load_points(
            weight.hassle_points, weight.points_per_minute, effort.hassles, effort.told_minutes, effort.assumed_minutes
        ) as points,
        effort.events,
        effort.times,
        effort.story_count
    from chosen_work($story_kind, $companies, $sectors, $jobs, $touchpoints, $halls, $since, $until) as effort
    inner join driver_weight($weighting, $weights) as weight on effort.driver = weight.driver
    where effort.touchpoint is null
),

-- what is compared: companies that made any work
compared as (
    select
        company_story.company,
        company_story.company_stories,
        count(*) over () as company_count
    from company_story
    where company_story.company in (select worked.company from worked)
    qualify row_number() over (order by company_story.company_stories desc, company_story.company) <= most_columns()
),

driver_sum as (
    select worked.*
    from worked
    inner join compared on worked.company = compared.company
),

company_sum as (
    select
        company,
        round(sum(points), 9) as points
    from driver_sum
    group by company
),

driver_total as (
    select
        driver,
        round(sum(points), 9) as points
    from driver_sum
    group by driver
)

select
    driver_sum.company,
    driver_sum.driver,
    known_driver.label as driver_label,
    known_driver.kind,
    known_driver.failure_demand,
    driver_sum.points,
    driver_sum.points / compared.company_stories as points_per_story,
    driver_sum.points / nullif(sum(driver_sum.points) over company_window, 0) as share,
    driver_sum.events,
    driver_sum.times,
    driver_sum.story_count,
    compared.company_stories,
    sum(driver_sum.points) over company_window as company_points,
    compared.company_count,
    least(compared.company_count, most_columns()) as compared_count,
    dense_rank() over (
        order by company_sum.points / compared.company_stories desc, driver_sum.company
    ) as company_order,
    -- what has to be done first, then what has to be felt; the largest first
    dense_rank() over (order by known_driver.kind, driver_total.points desc, driver_sum.driver) as driver_order
from driver_sum
inner join compared on driver_sum.company = compared.company
inner join company_sum on driver_sum.company = company_sum.company
inner join driver_total on driver_sum.driver = driver_total.driver
inner join known_driver on driver_sum.driver = known_driver.code
window company_window as (partition by driver_sum.company)
order by company_order, driver_sum.points desc, driver_sum.driver;
