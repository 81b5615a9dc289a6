-- The contacts at each company, by hall and demand, in all (touchpoint is NULL) and touchpoint by touchpoint.
delete from contact_cell
where company in (select changed_company.company from changed_company);

insert into contact_cell by name
select
    story_rollup.company,
    story_rollup.sector,
    story_rollup.hall,
    contact_load.demand,
    contact_load.channel,
    contact_load.touchpoint,
    sum(contact_load.contacts)::bigint as contacts,
    count(distinct contact_load.number) as story_count
from contact_load
inner join story_rollup on contact_load.number = story_rollup.number
where contact_load.company in (select changed_company.company from changed_company)
group by grouping sets (
    (story_rollup.company, story_rollup.sector, story_rollup.hall, contact_load.demand),
    (
        story_rollup.company,
        story_rollup.sector,
        story_rollup.hall,
        contact_load.demand,
        contact_load.channel,
        contact_load.touchpoint
    )
);
