-- Question: What are the scores of each story?
-- One row:  per chosen story, the hardest first. Only the first $most rows are shown (default: all).
-- Columns:  story, title, company, sector, job, happened_on, effort_points, do_points, feel_points,
--           effort_score, peak, ending, experience, mean_feeling, hall, verdict, verdict_agrees,
--           event_count, feeling_count
-- Caution:  Effort points follow from what a story says. No customer was asked for them. experience is
--           empty where no feeling is stated.
select
    story,
    title,
    company,
    sector,
    job,
    happened_on,
    effort_points,
    do_points,
    feel_points,
    effort_score,
    peak,
    ending,
    experience,
    mean_feeling,
    hall,
    verdict,
    -- an author who filed no verdict neither agrees nor disagrees
    case when verdict != 'none' then verdict = hall end as verdict_agrees,
    event_count,
    feeling_count
from chosen_story($story_kind, $companies, $sectors, $jobs, $touchpoints, $halls, $since, $until)
order by effort_points desc nulls last, story
limit coalesce($most, 9223372036854775807);
