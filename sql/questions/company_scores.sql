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
        -- a story without effort has no row to weigh: it was read for effort and none was found
        avg(coalesce(weighed.effort_points, 0)) as mean_points,
        min(coalesce(weighed.effort_points, 0)) as least_points,
        max(coalesce(weighed.effort_points, 0)) as most_points,
        avg(coalesce(weighed.do_points, 0)) as do_points,
        avg(coalesce(weighed.feel_points, 0)) as feel_points,
        avg(chosen.experience) as experience,
        min(chosen.experience) as worst_experience,
        max(chosen.experience) as best_experience,
        count(chosen.experience) as experience_count
    from chosen_story($companies, $sectors, $jobs, $touchpoints, $halls, $since, $until) as chosen
    left join weighed_story($weighting, $weights) as weighed on chosen.story = weighed.story
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
