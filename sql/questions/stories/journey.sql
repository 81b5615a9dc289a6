-- Question: What happened in this story, step by step?
-- One row:  per step of $story, in order. Only those of $job if it is given.
-- Columns:  story, title, company, hall, step, touchpoint, touchpoint_label, stage, stage_label, job,
--           job_label, feeling, feeling_label, emotions, short, summary, started_by, demand, effort_points,
--           event_count, locator, read_feeling, story_count
-- Needs:    story
-- Caution:  feeling is empty where the story states none, or nobody read it for feelings. Such a step is not neutral.
--           read_feeling says what the story was read for.
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
        round(sum(points), 9) as effort_points,
        count(*) as event_count
    from weighed_effort($weighting, $weights)
    where story = $story
    group by step
)

select
    service_encounter.story,
    scored_story.title,
    service_encounter.company,
    scored_story.hall,
    service_encounter.step,
    service_encounter.touchpoint,
    codebook_touchpoints.label as touchpoint_label,
    service_encounter.stage,
    codebook_stages.label as stage_label,
    service_encounter.job,
    codebook_jobs.label as job_label,
    service_encounter.feeling,
    codebook_feelings.label as feeling_label,
    named.emotions,
    service_encounter.short,
    service_encounter.summary,
    service_encounter.started_by,
    service_encounter.demand,
    -- no event found is none, unless nobody read the story for effort
    case when scored_story.read_effort = 'whole' then coalesce(worked.effort_points, 0) else worked.effort_points end
        as effort_points,
    case when scored_story.read_effort = 'whole' then coalesce(worked.event_count, 0) else worked.event_count end
        as event_count,
    service_encounter.locator,
    scored_story.read_feeling,
    1 as story_count
from service_encounter
inner join scored_story on service_encounter.story = scored_story.story
inner join codebook_touchpoints on service_encounter.touchpoint = codebook_touchpoints.code
inner join codebook_jobs on service_encounter.job = codebook_jobs.code
left join codebook_stages on service_encounter.stage = codebook_stages.code
left join codebook_feelings on service_encounter.feeling = codebook_feelings.code
left join named on service_encounter.step = named.step
left join worked on service_encounter.step = worked.step
where
    service_encounter.story = $story
    and ($job is null or service_encounter.job = $job)
order by service_encounter.step;
