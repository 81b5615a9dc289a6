-- The encounters at each company, by hall and touchpoint, with the feelings told in them.
delete from touchpoint_cell
where company in (select changed_company.company from changed_company);

insert into touchpoint_cell by name
select
    story_rollup.company,
    story_rollup.sector,
    story_rollup.hall,
    encounter_load.touchpoint,
    count(*) as encounters,
    count(encounter_load.feeling) as feelings,
    -- a sum over no feeling is none; the number of feelings tells it from a neutral one
    coalesce(sum(encounter_load.feeling), 0)::bigint as feeling_sum,
    min(encounter_load.feeling) as lowest_feeling,
    max(encounter_load.feeling) as highest_feeling,
    count(distinct encounter_load.number) as story_count,
    count(distinct encounter_load.number) filter (where encounter_load.feeling is not null) as telling_count
from encounter_load
inner join story_rollup on encounter_load.number = story_rollup.number
where encounter_load.company in (select changed_company.company from changed_company)
group by story_rollup.company, story_rollup.sector, story_rollup.hall, encounter_load.touchpoint;
