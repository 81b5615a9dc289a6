-- Question: How is each company remembered, story by story?
-- One row:  per chosen story that tells a feeling; the company remembered best first.
-- Columns:  company, story, title, experience, peak, ending, hall, company_experience, company_hall,
--           story_count, company_order
-- Caution:  experience is the mean of peak and end feeling as a reader coded them; the stories were picked
--           by their author.
with chosen as (
    select
        story,
        title,
        company,
        experience,
        peak,
        ending,
        hall
    from chosen_story($companies, $sectors, $jobs, $touchpoints, $halls, $since, $until)
    where experience is not null
),

remembered as (
    select
        company,
        avg(experience) as company_experience,
        count(*) as story_count
    from chosen
    group by company
)

select
    chosen.company,
    chosen.story,
    chosen.title,
    chosen.experience,
    chosen.peak,
    chosen.ending,
    chosen.hall,
    remembered.company_experience,
    hall(remembered.company_experience) as company_hall,
    remembered.story_count,
    dense_rank() over (order by remembered.company_experience desc, chosen.company) as company_order
from chosen
inner join remembered on chosen.company = remembered.company
order by company_order, chosen.experience desc, chosen.story;
