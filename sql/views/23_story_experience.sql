-- One row:  per published story.
-- Reason:   the peak-end rule: people remember an experience by its most intense moment and its end (Kahneman et al.
--           1993; meta-analysis r = .58). The plain mean stands beside it. Duration is effort, never feeling.
-- Caution:  NULL where the account tells no feeling at all.
create or replace view story_experience as
with remembered as (
    select
        story,
        peak_feeling(feeling, step) as peak,
        end_feeling(feeling, step) as ending,
        avg(feeling) as mean_feeling,
        count(feeling) as feeling_count
    from service_encounter
    group by story
)

select
    story.story,
    remembered.peak,
    remembered.ending,
    peak_end(remembered.peak, remembered.ending) as experience,
    remembered.mean_feeling,
    remembered.feeling_count
from story
inner join remembered on story.story = remembered.story
where story.status = 'published';
