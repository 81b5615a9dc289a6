-- Question: How often does the hall that the scores give agree with the author's verdict?
-- One row:  per verdict and hall among the chosen stories. hall is empty where no feeling is stated.
-- Columns:  verdict, hall, agrees, story_count, stories, companies
-- Caution:  This is a count of agreement, not corrected for chance. The verdict ‘none’ is no agreement and no
--           disagreement. stories, and the company of each in companies, name the first twelve.
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
