-- Every published story with its scores, as the views define them, and its moments.
delete from story_rollup
where story in (select changed_story.story from changed_story);

insert into story_rollup by name
with moment as (
    select
        story,
        sum(encounters)::bigint as encounter_count,
        list(struct_pack(job := job, touchpoint := touchpoint) order by job, touchpoint) as moments
    from encounter_load
    where story in (select changed_story.story from changed_story)
    group by story
),

promised as (
    select
        story,
        count(*) as promise_count
    from promise
    where story in (select changed_story.story from changed_story)
    group by story
),

met as (
    select
        story,
        string_agg(short || ' ' || summary, chr(31) order by step) as words
    from service_encounter
    where story in (select changed_story.story from changed_story)
    group by story
),

worked as (
    select
        effort_event.story,
        string_agg(effort_event.evidence, chr(31) order by effort_event.step, effort_event.event) as words
    from effort_event
    where effort_event.story in (select changed_story.story from changed_story)
    group by effort_event.story
),

own_words as (
    select
        story,
        string_agg(words, chr(31)) as words
    from account
    where story in (select changed_story.story from changed_story)
    group by story
)

select
    story.story,
    story.title,
    story.summary,
    story.company,
    company.sector,
    company.country,
    story.job,
    story.happened_on,
    story.happened_basis,
    story.happened_from,
    story.happened_to,
    story.outcome,
    story.loyalty,
    story.ces,
    story.source,
    story.coder,
    story.coded_on,
    story.reviewer,
    story.reviewed_on,
    story.notes,
    story_effort.event_count,
    story_effort.effort_points,
    story_effort.do_points,
    story_effort.feel_points,
    effort_score(story_effort.effort_points) as effort_score,
    story_experience.peak,
    story_experience.ending,
    story_experience.experience,
    story_experience.mean_feeling,
    story_experience.feeling_count,
    hall(story_experience.experience) as hall,
    story.verdict,
    moment.encounter_count,
    -- no promise told is none
    coalesce(promised.promise_count, 0) as promise_count,
    source.author,
    source.publication,
    source.kind as source_kind,
    lower(
        concat_ws(
            chr(31),
            concat_ws(' ', story.title, story.summary, story.company, codebook_jobs.label, source.author),
            met.words,
            worked.words,
            own_words.words
        )
    ) as searched,
    moment.moments
from story
inner join company on story.company = company.company
inner join story_effort on story.story = story_effort.story
inner join story_experience on story.story = story_experience.story
inner join moment on story.story = moment.story
inner join source on story.source = source.source
inner join codebook_jobs on story.job = codebook_jobs.code
inner join met on story.story = met.story
left join worked on story.story = worked.story
left join own_words on story.story = own_words.story
left join promised on story.story = promised.story
where
    story.status = 'published'
    and story.story in (select changed_story.story from changed_story);
