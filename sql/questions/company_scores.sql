-- Question: Which companies ask least, and most, of their customers, and how are they remembered?
-- One row:  per company with at least $min_stories chosen stories (1 if not said), the easiest first.
-- Columns:  company, sector, story_count, mean_points, least_points, most_points, do_points, feel_points,
--           effort_score, experience, worst_experience, best_experience, experience_count, hall
-- Caution:  a mean over one story is that story; the pages show it as a dot and rank nothing by it.
with scored as (
    select
        chosen.company,
        chosen.sector,
        count(*) as story_count,
        avg(chosen.effort_points) as mean_points,
        min(chosen.effort_points) as least_points,
        max(chosen.effort_points) as most_points,
        avg(chosen.do_points) as do_points,
        avg(chosen.feel_points) as feel_points,
        avg(chosen.experience) as experience,
        min(chosen.experience) as worst_experience,
        max(chosen.experience) as best_experience,
        count(chosen.experience) as experience_count
    from
        weighed_chosen(
            $weighting, $weights, $companies, $sectors, $jobs, $touchpoints, $halls, $since, $until
        ) as chosen
    group by chosen.company, chosen.sector
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
