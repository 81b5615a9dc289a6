-- Question: How often does the hall that the scores give agree with the author's own verdict?
-- One row:  per verdict and hall among the chosen stories; hall is NULL where no feeling is told.
-- Columns:  verdict, hall, agrees, story_count, stories, companies
-- Caution:  a count of agreement, not corrected for chance; verdict 'none' is neither agreement nor disagreement.
--           stories, and the company of each in companies, name the first dozen.
select
    verdict,
    hall,
    case when verdict != 'none' then verdict = hall end as agrees,
    count(*) as story_count,
    -- the first dozen, without putting a million in order
    min(story, 12) as stories,
    arg_min(company, story, 12) as companies
from chosen_story($story_kind, $companies, $sectors, $jobs, $touchpoints, $halls, $since, $until)
group by verdict, hall
order by verdict, hall nulls last;
