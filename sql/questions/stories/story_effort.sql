-- Question: What effort did this story take, event by event?
-- One row:  per effort event of $story, in order.
-- Columns:  step, event, touchpoint_label, driver, driver_label, kind, times, minutes, points, assumed_points,
--           evidence, locator, story_count
-- Needs:    story
-- Caution:  minutes is empty where the story gives none. The usual minutes then count, and assumed_points are their
--           points.
select
    effort.step,
    effort.event,
    codebook_touchpoints.label as touchpoint_label,
    effort.driver,
    known_driver.label as driver_label,
    effort.kind,
    effort.times,
    effort.minutes,
    effort.points,
    effort.assumed_points,
    effort.evidence,
    effort.locator,
    1 as story_count
from effort
inner join known_driver on effort.driver = known_driver.code
inner join codebook_touchpoints on effort.touchpoint = codebook_touchpoints.code
where effort.story = $story
order by effort.step, effort.event;
