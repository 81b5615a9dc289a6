-- One row:  per encounter of a published story that was coded more than once, and coder: the feeling found.
create or replace view coded_feeling as
select
    encounter.story,
    encounter.step,
    story.coder,
    encounter.feeling
from encounter
inner join story on encounter.story = story.story
where
    story.status = 'published'
    and story.story in (select second_coding.story from second_coding)
union all
select
    second_encounter.story,
    second_encounter.step,
    second_encounter.coder,
    second_encounter.feeling
from second_encounter
inner join story on second_encounter.story = story.story
where story.status = 'published';

-- One row:  per encounter, coder and driver that was found there.
create or replace view coded_driver as
select distinct
    effort_event.story,
    effort_event.step,
    story.coder,
    effort_event.driver
from effort_event
inner join story on effort_event.story = story.story
where
    story.status = 'published'
    and story.story in (select second_coding.story from second_coding)
union all
select
    second_driver.story,
    second_driver.step,
    second_driver.coder,
    second_driver.driver
from second_driver
inner join story on second_driver.story = story.story
where story.status = 'published';
