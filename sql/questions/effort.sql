-- Question: How much work did each story make, to do and to feel?
-- One row:  per chosen story; the company that made most work on average first.
-- Columns:  company, story, title, effort_points, do_points, feel_points, event_count, company_points,
--           company_do, company_feel, company_score, story_count, company_order
-- Caution:  effort points are coded by a reader from the account; nobody answered a survey.
with chosen as (
    select
        chosen.story,
        chosen.title,
        chosen.company,
        -- a story without effort has no row to weigh: it was read for effort and none was found
        coalesce(weighed.effort_points, 0) as effort_points,
        coalesce(weighed.do_points, 0) as do_points,
        coalesce(weighed.feel_points, 0) as feel_points,
        coalesce(weighed.event_count, 0) as event_count
    from chosen_story($companies, $sectors, $jobs, $touchpoints, $halls, $since, $until) as chosen
    left join weighed_story($weighting, $weights) as weighed on chosen.story = weighed.story
),

worked as (
    select
        company,
        avg(effort_points) as company_points,
        avg(do_points) as company_do,
        avg(feel_points) as company_feel,
        count(*) as story_count
    from chosen
    group by company
)

select
    chosen.company,
    chosen.story,
    chosen.title,
    chosen.effort_points,
    chosen.do_points,
    chosen.feel_points,
    chosen.event_count,
    worked.company_points,
    worked.company_do,
    worked.company_feel,
    effort_score(worked.company_points) as company_score,
    worked.story_count,
    dense_rank() over (order by worked.company_points desc, chosen.company) as company_order
from chosen
inner join worked on chosen.company = worked.company
order by company_order, chosen.effort_points desc, chosen.story;
