-- The reader's own factor for a driver, from entries written driver:factor; 1 without an entry.
-- The linter takes unqualified parameters of a macro for columns.
-- noqa: disable=RF02,RF03
create or replace macro own_factor(weights, code) as coalesce(
    split_part(list_filter(weights::varchar[], lambda entry: starts_with(entry, code || ':'))[1], ':', 2)::double, 1
);

-- One row:  per driver, with its points under a row of codebook_weightings (default: ours), times the reader's own
--           factors, written driver:factor.
-- Reason:   a weight is an opinion. Every figure of effort is a sum of these points, so a reader can try another one.
create or replace macro driver_weight(weighting, weights) as table
    select
        weighting_rollup.driver,
        weighting_rollup.driver_label,
        weighting_rollup.kind,
        weighting_rollup.theme,
        weighting_rollup.failure_demand,
        weighting_rollup.hassle_points * own_factor(weights, weighting_rollup.driver) as hassle_points,
        weighting_rollup.points_per_minute * own_factor(weights, weighting_rollup.driver) as points_per_minute
    from weighting_rollup
    where weighting_rollup.weighting = coalesce(weighting, 'ours');

-- One row:  per effort event of a published story, with its points under a weighting.
-- Points:   hassle points(driver) x times + minutes / 5, at most the driver's ceiling. Minutes are those of the story,
--           or else the driver's usual ones. assumed_points is the part from usual minutes.
-- Reason:   points are a sum of parts. So every story, company and touchpoint decomposes exactly, and a mean is linear
--           in the weights.
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
        load_points(
            weight.hassle_points,
            weight.points_per_minute,
            effort_load.hassles,
            effort_load.told_minutes,
            effort_load.assumed_minutes
        ) as points,
        round(weight.points_per_minute * effort_load.assumed_minutes, 9) as assumed_points,
        effort_event.evidence,
        effort_event.locator
    from effort_load
    inner join story_rollup on effort_load.number = story_rollup.number
    inner join effort_event
        on
            story_rollup.story = effort_event.story
            and effort_load.step = effort_event.step
            and effort_load.event = effort_event.event
    inner join service_encounter
        on
            effort_event.story = service_encounter.story
            and effort_event.step = service_encounter.step
    inner join driver_weight(weighting, weights) as weight on effort_event.driver = weight.driver;

-- One row:  per effort event of a published story, with its points in our weighting.
create or replace view effort as
select weighed.*
from weighed_effort(null, null) as weighed;
