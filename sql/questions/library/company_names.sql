-- Question: Which company does each spelling of a name belong to?
-- One row:  per spelling, in lower case, of a company with published stories.
-- Columns:  alias, company, story_count
-- Caution:  A company that was renamed or merged is found by every name that it had.
select
    company_alias.alias,
    company_alias.company,
    count(*) as story_count
from company_alias
inner join scored_story on company_alias.company = scored_story.company
group by company_alias.alias, company_alias.company
order by company_alias.alias;
