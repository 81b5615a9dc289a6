-- The encounters of every published story by job and touchpoint, with the feeling told in each.
delete from encounter_load
where number in (select gone_number.number from gone_number);

insert into encounter_load by name
select
    changed_story.number,
    service_encounter.company,
    service_encounter.step,
    service_encounter.job,
    service_encounter.touchpoint,
    service_encounter.stage,
    service_encounter.feeling
from service_encounter
inner join changed_story on service_encounter.story = changed_story.story;
