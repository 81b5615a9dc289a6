-- Question: What do published surveys say of the companies in these stories?
-- One row:  per published score of a company in the chosen stories. The company with most effort comes first, its
--           latest score first.
-- Columns:  company, measure, publisher, period, scale, value, share_of_scale, respondents, note, url, mean_points,
--           experience, story_count, effort_count, score_order, company_order
-- Caution:  Published scores are better when higher, and effort points when lower. The surveys asked other people other
--           questions, in other years and countries. A handful of stories cannot confirm them, and cannot refute them.
with told as (
    select
        company,
        avg(effort_points) as mean_points,
        avg(experience) as experience,
        count(*) as story_count,
        count(effort_points) as effort_count
    from chosen_story($story_kind, $companies, $sectors, $jobs, $touchpoints, $halls, $since, $until)
    group by company
)

select
    told.company,
    published_score.measure,
    published_score.publisher,
    published_score.period,
    published_score.scale,
    published_score.value,
    (published_score.value - split_part(published_score.scale, '-', 1)::double)
    / (split_part(published_score.scale, '-', 2)::double - split_part(published_score.scale, '-', 1)::double)
        as share_of_scale,
    published_score.respondents,
    published_score.note,
    published_score.url,
    told.mean_points,
    told.experience,
    told.story_count,
    told.effort_count,
    row_number() over (
        partition by told.company
        order by published_score.period desc, published_score.measure
    ) as score_order,
    dense_rank() over (order by told.mean_points desc nulls last, told.company) as company_order
from told
inner join company_alias on told.company = company_alias.company
inner join published_score on company_alias.alias = lower(published_score.company)
order by company_order, score_order;
