-- Question: How do customers rate each company, story by story?
-- One row:  per chosen story that states a feeling. A company with too many stories to draw has one row instead,
--           without a story. The company rated best comes first, among the 30 with most such stories.
-- Columns:  company, story, title, experience, peak, ending, hall, company_experience,
--           shrunken_experience, company_hall, hall_reason, worst_experience, best_experience, story_count,
--           company_count, compared_count, company_order
-- Caution:  experience is the mean of the strongest and the last feeling, as a reader coded them. The stories are
--           no random sample. hall is that of the story. If company_hall is empty, hall_reason says why: ‘too
--           few’ or ‘chosen by hall’. Of more than 30 companies (company_count), those with most stories are shown.
with chosen as (
    select
        story,
        title,
        company,
        experience,
        peak,
        ending,
        hall
    from chosen_story($story_kind, $companies, $sectors, $jobs, $touchpoints, $halls, $since, $until)
    where experience is not null
),

remembered as (
    select
        company,
        mean_experience as company_experience,
        worst_experience,
        best_experience,
        experience_count as story_count,
        count(*) over () as company_count
    from chosen_company(null, null, $story_kind, $companies, $sectors, $jobs, $touchpoints, $halls, $since, $until)
    where experience_count > 0
    qualify row_number() over (order by experience_count desc, company) <= most_rows()
),

drawn as (
    select
        chosen.company,
        chosen.story,
        chosen.title,
        chosen.experience,
        chosen.peak,
        chosen.ending,
        chosen.hall
    from chosen
    inner join remembered on chosen.company = remembered.company
    where remembered.story_count <= most_own_dots()
    union all
    select
        company,
        null,
        null,
        null,
        null,
        null,
        null
    from remembered
    where story_count > most_own_dots()
)

select
    drawn.company,
    drawn.story,
    drawn.title,
    drawn.experience,
    drawn.peak,
    drawn.ending,
    drawn.hall,
    remembered.company_experience,
    placed.shrunken_experience,
    placed.hall as company_hall,
    placed.hall_reason,
    remembered.worst_experience,
    remembered.best_experience,
    remembered.story_count,
    remembered.company_count,
    least(remembered.company_count, most_rows()) as compared_count,
    dense_rank() over (order by remembered.company_experience desc, drawn.company) as company_order
from drawn
inner join remembered on drawn.company = remembered.company
left join
    company_hall($story_kind, $jobs, $touchpoints, $halls, $since, $until) as placed
    on drawn.company = placed.company
order by company_order, drawn.experience desc, drawn.story;
