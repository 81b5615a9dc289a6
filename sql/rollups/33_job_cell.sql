-- The stories of each company that serve each job, with the work of the encounters that do, in our weighting.
delete from job_cell
where company in (select changed_company.company from changed_company);

insert into job_cell by name
with served as (
    select
        company,
        job,
        count(distinct number) as story_count
    from encounter_load
    where company in (select changed_company.company from changed_company)
    group by company, job
),

worked as (
    select
        company,
        job,
        sum(points) as points
    from weighed_load(null, null)
    where company in (select changed_company.company from changed_company)
    group by company, job
)

select
    served.company,
    served.job,
    served.story_count,
    -- no event found is none, not unknown
    coalesce(worked.points, 0) as points
from served
left join worked on served.company = worked.company and served.job = worked.job;
