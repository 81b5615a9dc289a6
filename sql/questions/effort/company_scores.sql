-- Question: Which companies take least effort, and which take most? How do customers rate them?
-- One row:  per company with at least $min_stories chosen stories (default: 1), the easiest first.
-- Columns:  company, sector, story_count, effort_count, mean_points, points_variance, assumed_points, least_points,
--           most_points, do_points, feel_points, effort_score, experience, experience_variance,
--           shrunken_experience, worst_experience, best_experience, feeling_read, experience_count, hall, hall_reason
-- Caution:  points are of the effort_count stories that were read for effort, and empty without any. A mean over one
--           story is that story. The pages show it as a dot and do not rank by it. If hall is empty, hall_reason says
--           why. ‘too few’ means under five stories that state a feeling. ‘unknown’ means that no story does. With
--           ‘chosen by hall’, $halls is set. feeling_read stories were read for feeling, and experience_count of them
--           state one.
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
    chosen.experience_variance,
    placed.shrunken_experience,
    chosen.worst_experience,
    chosen.best_experience,
    chosen.feeling_read,
    chosen.experience_count,
    placed.hall,
    placed.hall_reason
from
    chosen_company(
        $weighting, $weights, $story_kind, $companies, $sectors, $jobs, $touchpoints, $halls, $since, $until
    ) as chosen
left join
    company_hall($story_kind, $jobs, $touchpoints, $halls, $since, $until) as placed
    on chosen.company = placed.company
where chosen.story_count >= coalesce($min_stories, 1)
order by chosen.mean_points nulls last, chosen.company;
