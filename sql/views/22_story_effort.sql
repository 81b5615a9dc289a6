-- One row:  per published story.
-- Caution:  a story without effort events has 0 points: it was read for effort and none was found.
create or replace view story_effort as
select
    story.story,
    count(effort.driver) as event_count,
    coalesce(sum(effort.points), 0) as effort_points,
    coalesce(sum(effort.points) filter (where effort.kind = 'do'), 0) as do_points,
    coalesce(sum(effort.points) filter (where effort.kind = 'feel'), 0) as feel_points
from story
left join effort on story.story = effort.story
where story.status = 'published'
group by story.story;
