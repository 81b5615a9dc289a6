-- Question: At which touchpoints does each company win and lose goodwill?
-- One row:  per company and touchpoint used in its chosen stories, of the 15 companies with most stories.
-- Columns:  company, touchpoint, touchpoint_label, encounter_count, feeling_count, mean_feeling, lowest_feeling,
--           highest_feeling, story_count, company_stories, company_read, company_count, compared_count,
--           touchpoint_order, company_order
-- Caution:  mean_feeling is empty where no story states a feeling there. That is unknown, and not neutral. Of more than
--           15 companies (company_count), those with most stories are shown.
with chosen as (
    select
        story,
        company,
        read_feeling
    from chosen_story($story_kind, $companies, $sectors, $jobs, $touchpoints, $halls, $since, $until)
),

compared as (
    select
        company,
        count(*) as company_stories,
        count(*) filter (where read_feeling = 'whole') as company_read,
        count(*) over () as company_count
    from chosen
    group by company
    qualify row_number() over (order by count(*) desc, company) <= most_columns()
),

met as (
    select
        told.company,
        told.touchpoint,
        sum(told.encounters)::bigint as encounter_count,
        sum(told.feelings)::bigint as feeling_count,
        sum(told.feeling_sum) / nullif(sum(told.feelings), 0) as mean_feeling,
        sum(told.feeling_sum) as feeling_sum,
        min(told.lowest_feeling) as lowest_feeling,
        max(told.highest_feeling) as highest_feeling,
        sum(told.story_count)::bigint as story_count
    from chosen_encounter($story_kind, $companies, $sectors, $jobs, $touchpoints, $halls, $since, $until) as told
    inner join compared on told.company = compared.company
    group by told.company, told.touchpoint
),

touchpoint_total as (
    select
        touchpoint,
        count(*) as companies,
        sum(encounter_count) as encounters
    from met
    group by touchpoint
),

company_total as (
    select
        company,
        sum(feeling_sum) / nullif(sum(feeling_count), 0) as mean_feeling
    from met
    group by company
)

select
    met.company,
    met.touchpoint,
    codebook_touchpoints.label as touchpoint_label,
    met.encounter_count,
    met.feeling_count,
    met.mean_feeling,
    met.lowest_feeling,
    met.highest_feeling,
    met.story_count,
    compared.company_stories,
    compared.company_read,
    compared.company_count,
    least(compared.company_count, most_columns()) as compared_count,
    -- the touchpoint met by most companies first, then the one with most encounters
    dense_rank() over (
        order by
            touchpoint_total.companies desc, touchpoint_total.encounters desc, met.touchpoint
    ) as touchpoint_order,
    -- the company remembered best first; one that tells no feeling last
    dense_rank() over (order by company_total.mean_feeling desc nulls last, met.company) as company_order
from met
inner join compared on met.company = compared.company
inner join codebook_touchpoints on met.touchpoint = codebook_touchpoints.code
inner join touchpoint_total on met.touchpoint = touchpoint_total.touchpoint
inner join company_total on met.company = company_total.company
order by company_order, touchpoint_order;
