-- One row:  per effort event of a published story, with its points.
-- Points:   points(driver) x times, plus points_per_hour(driver) x minutes / 60 where the account tells minutes.
-- Reason:   1 point is about five minutes of work a customer would rather not have done. A sum of parts, so that every
--           story, company and touchpoint decomposes exactly and a mean is linear in the weights.
create or replace view effort as
select
    effort_event.story,
    service_encounter.company,
    effort_event.step,
    effort_event.event,
    service_encounter.job,
    service_encounter.touchpoint,
    service_encounter.stage,
    effort_event.driver,
    codebook_drivers.kind,
    codebook_drivers.failure_demand,
    effort_event.times,
    effort_event.minutes,
    codebook_drivers.points * effort_event.times
    -- minutes not told add nothing: what the account does not say is not guessed
    + codebook_drivers.points_per_hour * coalesce(effort_event.minutes, 0) / 60 as points,
    effort_event.evidence,
    effort_event.locator
from effort_event
inner join service_encounter
    on
        effort_event.story = service_encounter.story
        and effort_event.step = service_encounter.step
inner join codebook_drivers on effort_event.driver = codebook_drivers.code;
