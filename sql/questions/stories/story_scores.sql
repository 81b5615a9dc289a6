-- Question: How did each story score?
-- One row:  per chosen story, the hardest first; the first $most of them (all if not said).
-- Columns:  story, title, company, sector, job, happened_on, effort_points, do_points, feel_points,
--           effort_score, peak, ending, experience, mean_feeling, hall, verdict, verdict_agrees,
--           event_count, feeling_count
-- Caution:  effort points are coded by a reader, never answered by a customer; experience is NULL where no
--           feeling is told.
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
