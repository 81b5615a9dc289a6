-- The encounters at each company, by hall and touchpoint, with the feelings told in them.
delete from touchpoint_cell
where company in (select changed_company.company from changed_company);

insert into touchpoint_cell by name
select
    story_rollup.company,
    story_rollup.sector,
    story_rollup.hall,
    encounter_load.touchpoint,
    sum(encounter_load.encounters)::bigint as encounters,
    sum(encounter_load.feelings)::bigint as feelings,
    sum(encounter_load.feeling_sum)::bigint as feeling_sum,
    min(encounter_load.lowest_feeling) as lowest_feeling,
    max(encounter_load.highest_feeling) as highest_feeling,
    count(distinct encounter_load.story) as story_count,
    count(distinct encounter_load.story) filter (where encounter_load.feelings > 0) as telling_count
from encounter_load
inner join story_rollup on encounter_load.story = story_rollup.story
where encounter_load.company in (select changed_company.company from changed_company)
group by story_rollup.company, story_rollup.sector, story_rollup.hall, encounter_load.touchpoint;
