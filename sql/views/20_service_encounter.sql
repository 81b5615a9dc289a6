-- One row:  per encounter of a published story, with the job it serves.
-- Reason:   one account can cover buying and returning. An encounter serves its story's job unless it names another.
create or replace view service_encounter as
select
    encounter.story,
    story.company,
    encounter.step,
    coalesce(encounter.job, story.job) as job,
    encounter.touchpoint,
    encounter.stage,
    encounter.short,
    encounter.summary,
    encounter.feeling,
    encounter.started_by,
    encounter.demand,
    encounter.locator
from encounter
inner join story on encounter.story = story.story
where story.status = 'published';
