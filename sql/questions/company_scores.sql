-- Question: Which companies ask least, and most, of their customers, and how are they remembered?
-- One row:  per company with at least $min_stories chosen stories (1 if not said), the easiest first.
-- Columns:  company, sector, story_count, mean_points, least_points, most_points, do_points, feel_points,
--           effort_score, experience, worst_experience, best_experience, experience_count, hall
-- Caution:  a mean over one story is that story; the pages show it as a dot and rank nothing by it.
with scored as (
    select
        company,
        sector,
        count(*) as story_count,
        avg(effort_points) as mean_points,
        min(effort_points) as least_points,
        max(effort_points) as most_points,
        avg(do_points) as do_points,
        avg(feel_points) as feel_points,
        avg(experience) as experience,
        min(experience) as worst_experience,
        max(experience) as best_experience,
        count(experience) as experience_count
    from chosen_story($companies, $sectors, $jobs, $touchpoints, $halls, $since, $until)
    group by company, sector
    having count(*) >= coalesce($min_stories, 1)
)

select
    company,
    sector,
    story_count,
    mean_points,
    least_points,
    most_points,
    do_points,
    feel_points,
    effort_score(mean_points) as effort_score,
    experience,
    worst_experience,
    best_experience,
    experience_count,
    hall(experience) as hall
from scored
order by mean_points, company;
