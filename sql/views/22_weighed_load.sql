-- One row:  per effort event of a published story that was read whole for effort, with its points under a weighting.
-- Reason:   points are additive, so a weighting needs no events.
-- The linter takes unqualified parameters of a macro for columns.
-- noqa: disable=RF02,RF03
create or replace macro weighed_load(weighting, weights) as table
    select
        effort_load.number,
        effort_load.company,
        effort_load.job,
        effort_load.touchpoint,
        effort_load.driver,
        weight.driver_label,
        weight.kind,
        weight.failure_demand,
        1 as events,
        effort_load.times,
        load_points(
            weight.hassle_points,
            weight.points_per_minute,
            effort_load.hassles,
            effort_load.told_minutes,
            effort_load.assumed_minutes
        ) as points,
        weight.points_per_minute * effort_load.assumed_minutes as assumed_points
    from effort_load
    inner join driver_weight(weighting, weights) as weight on effort_load.driver = weight.driver
    where effort_load.is_whole;

-- One row:  per published story with effort events, with its effort under a weighting.
-- Caution:  a story without effort events has no row. In a join that means 0 points, or unknown points where nobody
--           read the story for effort.
create or replace macro weighed_story(weighting, weights) as table
    select
        weighed.number,
        sum(weighed.events)::bigint as event_count,
        -- nine places hide the order in which threads add
        round(sum(weighed.points), 9) as effort_points,
        round(sum(weighed.assumed_points), 9) as assumed_points,
        coalesce(round(sum(weighed.points) filter (where weighed.kind = 'do'), 9), 0) as do_points,
        coalesce(round(sum(weighed.points) filter (where weighed.kind = 'feel'), 9), 0) as feel_points
    from weighed_load(weighting, weights) as weighed
    group by weighed.number;
