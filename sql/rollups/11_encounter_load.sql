-- The encounters of every published story by job and touchpoint, with the feelings told in them.
delete from encounter_load
where story in (select changed_story.story from changed_story);

insert into encounter_load by name
select
    story,
    company,
    job,
    touchpoint,
    count(*) as encounters,
    count(feeling) as feelings,
    -- a sum over no feeling is none; the number of feelings tells it from a neutral one
    coalesce(sum(feeling), 0) as feeling_sum,
    min(feeling) as lowest_feeling,
    max(feeling) as highest_feeling
from service_encounter
where story in (select changed_story.story from changed_story)
group by story, company, job, touchpoint;
