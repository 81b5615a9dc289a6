-- The reader's own factor for a driver among entries written driver:factor; 1 where there is none.
-- The macro's parameters stand unqualified, which the linter takes for columns.
-- noqa: disable=RF02,RF03
create or replace macro own_factor(weights, code) as coalesce(
    split_part(list_filter(weights::varchar[], lambda entry: starts_with(entry, code || ':'))[1], ':', 2)::double, 1
);

-- One row:  per driver, with the points that this weighting gives it: a row of codebook_weightings (ours if not said),
--           times the reader's own factors, written driver:factor.
-- Reason:   a weight is an opinion. Every figure of effort is a sum of these points, so any other opinion can be tried.
create or replace macro driver_weight(weighting, weights) as table
    select
        weighting_rollup.driver,
        weighting_rollup.driver_label,
        weighting_rollup.kind,
        weighting_rollup.theme,
        weighting_rollup.failure_demand,
        weighting_rollup.points * own_factor(weights, weighting_rollup.driver) as points,
        weighting_rollup.points_per_hour * own_factor(weights, weighting_rollup.driver) as points_per_hour
    from weighting_rollup
    where weighting_rollup.weighting = coalesce(weighting, 'ours');

-- One row:  per effort event of a published story, with its points under a weighting.
-- Points:   points(driver) x times, plus points_per_hour(driver) x minutes / 60 where the account tells minutes.
-- Reason:   1 point is about five minutes of work a customer would rather not have done. A sum of parts, so that every
--           story, company and touchpoint decomposes exactly and a mean is linear in the weights.
create or replace macro weighed_effort(weighting, weights) as table
    select
        effort_event.story,
        service_encounter.company,
        effort_event.step,
        effort_event.event,
        service_encounter.job,
        service_encounter.touchpoint,
        service_encounter.stage,
        effort_event.driver,
        weight.driver_label,
        weight.kind,
        weight.failure_demand,
        effort_event.times,
        effort_event.minutes,
        weight.points * effort_event.times
        -- minutes not told add nothing: what the account does not say is not guessed
        + weight.points_per_hour * coalesce(effort_event.minutes, 0) / 60 as points,
        effort_event.evidence,
        effort_event.locator
    from effort_event
    inner join service_encounter
        on
            effort_event.story = service_encounter.story
            and effort_event.step = service_encounter.step
    inner join driver_weight(weighting, weights) as weight on effort_event.driver = weight.driver;

-- One row:  per effort event of a published story, with its points in our weighting.
create or replace view effort as
select weighed.*
from weighed_effort(null, null) as weighed;
