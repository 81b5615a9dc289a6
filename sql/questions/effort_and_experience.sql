-- Question: Do the stories that ask for most work leave the worst memory?
-- One row:  per chosen story; those that tell no feeling last, with NULL for experience.
-- Columns:  story, title, company, effort_points, experience, hall, story_count
-- Caution:  a handful of picked stories shows no law: read the dots as the accounts they are.
select
    story,
    title,
    company,
    effort_points,
    experience,
    hall,
    1 as story_count
from chosen_story($companies, $sectors, $jobs, $touchpoints, $halls, $since, $until)
order by experience desc nulls last, effort_points, story;
