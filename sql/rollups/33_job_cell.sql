-- The stories of each company that serve each job, with the work of the encounters that do, in our weighting.
delete from job_cell
where company in (select changed_company.company from changed_company);

insert into job_cell by name
with served as (
    select
        encounter_load.company,
        story_rollup.kind,
        encounter_load.job,
        count(distinct encounter_load.number) as story_count,
        count(distinct encounter_load.number) filter (where story_rollup.read_effort = 'whole') as effort_count
    from encounter_load
    inner join story_rollup on encounter_load.number = story_rollup.number
    where encounter_load.company in (select changed_company.company from changed_company)
    group by encounter_load.company, story_rollup.kind, encounter_load.job
),

worked as (
    select
        weighed.company,
        story_rollup.kind,
        weighed.job,
        round(sum(weighed.points), 9) as points
    from weighed_load(null, null) as weighed
    inner join story_rollup on weighed.number = story_rollup.number
    where weighed.company in (select changed_company.company from changed_company)
    group by weighed.company, story_rollup.kind, weighed.job
)

select
    served.company,
    served.kind,
    served.job,
    served.story_count,
    served.effort_count,
    -- no event found is none, not unknown
    coalesce(worked.points, 0) as points
from served
left join worked
    on served.company = worked.company and served.kind = worked.kind and served.job = worked.job;
