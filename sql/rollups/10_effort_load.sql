-- The effort of every published story by job, touchpoint and driver, before it is weighed.
delete from effort_load
where story in (select changed_story.story from changed_story);

insert into effort_load by name
select
    effort_event.story,
    service_encounter.company,
    service_encounter.job,
    service_encounter.touchpoint,
    effort_event.driver,
    count(*) as events,
    sum(effort_event.times) as times,
    -- minutes not told add nothing: what the account does not say is not guessed
    coalesce(sum(effort_event.minutes), 0) / 60 as hours,
    heaviest(
        effort_event.evidence,
        weight.points * effort_event.times + weight.points_per_hour * coalesce(effort_event.minutes, 0) / 60
    ) as evidence,
    max(weight.points * effort_event.times + weight.points_per_hour * coalesce(effort_event.minutes, 0) / 60)
        as evidence_points
from effort_event
inner join service_encounter
    on
        effort_event.story = service_encounter.story
        and effort_event.step = service_encounter.step
inner join driver_weight(null, null) as weight on effort_event.driver = weight.driver
where effort_event.story in (select changed_story.story from changed_story)
group by
    effort_event.story,
    service_encounter.company,
    service_encounter.job,
    service_encounter.touchpoint,
    effort_event.driver;
