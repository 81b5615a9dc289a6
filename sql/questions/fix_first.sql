-- Question: Which work, at which touchpoint of which company, would save its customers most?
-- One row:  per company, touchpoint and driver in the chosen stories, most points first; the
--           first $most of them (all if not said).
-- Columns:  company, touchpoint, touchpoint_label, driver, driver_label, kind, failure_demand, points,
--           points_per_story, share, events, evidence, story_count
-- Caution:  ordered by points in these accounts; how often such an account happens is not known from them.
with chosen as (
    select
        story,
        company
    from chosen_story($companies, $sectors, $jobs, $touchpoints, $halls, $since, $until)
),

company_story as (
    select
        company,
        count(*) as company_stories
    from chosen
    group by company
)

select
    effort.company,
    effort.touchpoint,
    codebook_touchpoints.label as touchpoint_label,
    effort.driver,
    codebook_drivers.label as driver_label,
    effort.kind,
    effort.failure_demand,
    sum(effort.points) as points,
    sum(effort.points) / any_value(company_story.company_stories) as points_per_story,
    sum(effort.points) / nullif(sum(sum(effort.points)) over (), 0) as share,
    count(*) as events,
    arg_max(effort.evidence, effort.points) as evidence,
    count(distinct effort.story) as story_count
from effort
inner join chosen on effort.story = chosen.story
inner join company_story on effort.company = company_story.company
inner join codebook_touchpoints on effort.touchpoint = codebook_touchpoints.code
inner join codebook_drivers on effort.driver = codebook_drivers.code
group by
    effort.company,
    effort.touchpoint,
    codebook_touchpoints.label,
    effort.driver,
    codebook_drivers.label,
    effort.kind,
    effort.failure_demand
order by points desc, effort.company, effort.touchpoint, effort.driver
limit coalesce($most, 1000000);
