-- Question: How much effort did each story take, to do and to feel?
-- One row:  per chosen story that was read for effort. A company with too many stories to draw has one row instead,
--           without a story. The company with most effort on average comes first, among the 30 with most stories.
-- Columns:  company, story, title, effort_points, assumed_points, do_points, feel_points, event_count, company_points,
--           company_do, company_feel, company_assumed, company_variance, company_score, least_points, most_points,
--           lower_points, upper_points, story_count, unread_count, company_count, compared_count, company_order
-- Caution:  Effort points follow from what a story says. Nobody answered a survey. Of more than 30 companies
--           (company_count), those with most stories are shown. The middle half of a company's stories lies between
--           lower_points and upper_points, to the next whole point. These are empty where each story is drawn.
--           story_count counts the stories read for effort, and unread_count the company's other stories.
with chosen as (
    select
        chosen.story,
        chosen.title,
        chosen.company,
        chosen.effort_points,
        chosen.assumed_points,
        chosen.do_points,
        chosen.feel_points,
        chosen.event_count
    from
        weighed_chosen(
            $weighting, $weights, $story_kind, $companies, $sectors, $jobs, $touchpoints, $halls, $since, $until
        ) as chosen
    where chosen.effort_points is not null
),

worked as (
    select
        company,
        mean_points as company_points,
        mean_do as company_do,
        mean_feel as company_feel,
        mean_assumed as company_assumed,
        sample_variance(scatter, effort_count) as company_variance,
        least_points,
        most_points,
        effort_count as story_count,
        story_count - effort_count as unread_count,
        count(*) over () as company_count
    from
        chosen_company(
            $weighting, $weights, $story_kind, $companies, $sectors, $jobs, $touchpoints, $halls, $since, $until
        )
    where effort_count > 0
    qualify row_number() over (order by effort_count desc, company) <= most_rows()
),

-- of companies with too many stories to be drawn: how many make how much work, and at most so much
running as (
    select
        told.company,
        told.at_most,
        sum(told.story_count) over (
            partition by told.company
            order by told.at_most
        ) / worked.story_count as share
    from
        chosen_points(
            $weighting, $weights, $story_kind, $companies, $sectors, $jobs, $touchpoints, $halls, $since, $until
        ) as told
    inner join worked on told.company = worked.company
    where worked.story_count > most_own_dots()
),

quartile as (
    select
        running.company,
        -- to the next whole point, but not beyond the most
        least(min(running.at_most) filter (where running.share >= 0.25), any_value(worked.most_points)) as lower_points,
        least(min(running.at_most) filter (where running.share >= 0.75), any_value(worked.most_points)) as upper_points
    from running
    inner join worked on running.company = worked.company
    group by running.company
),

drawn as (
    select
        chosen.company,
        chosen.story,
        chosen.title,
        chosen.effort_points,
        chosen.assumed_points,
        chosen.do_points,
        chosen.feel_points,
        chosen.event_count
    from chosen
    inner join worked on chosen.company = worked.company
    where worked.story_count <= most_own_dots()
    union all
    select
        company,
        null,
        null,
        null,
        null,
        null,
        null,
        null
    from worked
    where story_count > most_own_dots()
)

select
    drawn.company,
    drawn.story,
    drawn.title,
    drawn.effort_points,
    drawn.assumed_points,
    drawn.do_points,
    drawn.feel_points,
    drawn.event_count,
    worked.company_points,
    worked.company_do,
    worked.company_feel,
    worked.company_assumed,
    worked.company_variance,
    effort_score(worked.company_points) as company_score,
    worked.least_points,
    worked.most_points,
    quartile.lower_points,
    quartile.upper_points,
    worked.story_count,
    worked.unread_count,
    worked.company_count,
    least(worked.company_count, most_rows()) as compared_count,
    dense_rank() over (order by worked.company_points desc, drawn.company) as company_order
from drawn
inner join worked on drawn.company = worked.company
left join quartile on drawn.company = quartile.company
order by company_order, drawn.effort_points desc, drawn.story;
