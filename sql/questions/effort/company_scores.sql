-- Question: Which companies ask least, and most, of their customers, and how are they remembered?
-- One row:  per company with at least $min_stories chosen stories (1 if not said), the easiest first.
-- Columns:  company, sector, story_count, effort_count, mean_points, points_variance, assumed_points, least_points, most_points,
--           do_points, feel_points, effort_score, experience, worst_experience, best_experience, experience_count, hall
-- Caution:  points are of the effort_count stories that were read for effort, NULL where none was. A mean over one
--           story is that story; the pages show it as a dot and rank nothing by it.
select
    chosen.company,
    chosen.sector,
    chosen.story_count,
    chosen.effort_count,
    chosen.mean_points,
    sample_variance(chosen.scatter, chosen.effort_count) as points_variance,
    chosen.mean_assumed as assumed_points,
    chosen.least_points,
    chosen.most_points,
    chosen.mean_do as do_points,
    chosen.mean_feel as feel_points,
    effort_score(chosen.mean_points) as effort_score,
    chosen.mean_experience as experience,
    chosen.worst_experience,
    chosen.best_experience,
    chosen.experience_count,
    hall(chosen.mean_experience) as hall
from
    chosen_company(
        $weighting, $weights, $companies, $sectors, $jobs, $touchpoints, $halls, $since, $until
    ) as chosen
where chosen.story_count >= coalesce($min_stories, 1)
order by chosen.mean_points nulls last, chosen.company;
