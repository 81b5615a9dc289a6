-- The contacts at each company, by hall and demand, in all (touchpoint is NULL) and touchpoint by touchpoint.
delete from contact_cell
where company in (select changed_company.company from changed_company);

insert into contact_cell by name
with there as (
    select
        story_rollup.company,
        story_rollup.sector,
        story_rollup.hall,
        story_rollup.kind,
        contact_load.demand,
        contact_load.channel,
        contact_load.touchpoint,
        sum(contact_load.contacts)::bigint as contacts,
        sum(contact_load.answered)::bigint as answered,
        count_if(contact_load.is_first) as first_count,
        count_if(contact_load.is_first_there) as story_count
    from contact_load
    inner join story_rollup on contact_load.number = story_rollup.number
    where contact_load.company in (select changed_company.company from changed_company)
    group by
        story_rollup.company,
        story_rollup.sector,
        story_rollup.hall,
        story_rollup.kind,
        contact_load.demand,
        contact_load.channel,
        contact_load.touchpoint
)

select
    company,
    sector,
    hall,
    kind,
    demand,
    channel,
    touchpoint,
    contacts,
    answered,
    story_count
from there
union all by name
select
    company,
    sector,
    hall,
    kind,
    demand,
    null as channel,
    null as touchpoint,
    sum(contacts)::bigint as contacts,
    sum(answered)::bigint as answered,
    sum(first_count)::bigint as story_count
from there
group by company, sector, hall, kind, demand;
