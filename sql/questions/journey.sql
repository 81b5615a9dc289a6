-- Question: What happened in this story, step by step?
-- One row:  per encounter of $story, in order; only those that serve $job if it is given.
-- Columns:  step, touchpoint, touchpoint_label, stage, job, feeling, emotions, short, summary, started_by,
--           demand, effort_points, event_count, locator, story_count
-- Needs:    story
-- Caution:  feeling is NULL where the account is silent; a silent step is not a neutral one.
with named as (
    select
        emotion.step,
        string_agg(codebook_emotions.label, ', ' order by codebook_emotions.label) as emotions
    from emotion
    inner join codebook_emotions on emotion.emotion = codebook_emotions.code
    where emotion.story = $story
    group by emotion.step
),

worked as (
    select
        step,
        sum(points) as effort_points,
        count(*) as event_count
    from effort
    where story = $story
    group by step
)

select
    service_encounter.step,
    service_encounter.touchpoint,
    codebook_touchpoints.label as touchpoint_label,
    service_encounter.stage,
    service_encounter.job,
    service_encounter.feeling,
    named.emotions,
    service_encounter.short,
    service_encounter.summary,
    service_encounter.started_by,
    service_encounter.demand,
    -- no event found is none, not unknown
    coalesce(worked.effort_points, 0) as effort_points,
    coalesce(worked.event_count, 0) as event_count,
    service_encounter.locator,
    1 as story_count
from service_encounter
inner join codebook_touchpoints on service_encounter.touchpoint = codebook_touchpoints.code
left join named on service_encounter.step = named.step
left join worked on service_encounter.step = worked.step
where
    service_encounter.story = $story
    and ($job is null or service_encounter.job = $job)
order by service_encounter.step;
