-- One row:  per published story, by its number.
-- Caution:  a story without effort events has 0 points here. sql/rollups checks whether it was read for effort.
create or replace view story_effort as
select
    story_experience.number,
    coalesce(weighed.event_count, 0) as event_count,
    coalesce(weighed.effort_points, 0) as effort_points,
    coalesce(weighed.assumed_points, 0) as assumed_points,
    coalesce(weighed.do_points, 0) as do_points,
    coalesce(weighed.feel_points, 0) as feel_points
from story_experience
left join weighed_story(null, null) as weighed on story_experience.number = weighed.number;
