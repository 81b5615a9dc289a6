-- Question: Who published this story, about which company, and how did it end?
-- One row:  exactly one: the published story $story with its scores, source and coding.
-- Columns:  story, title, summary, company, sector, country, job, job_label, happened_on, happened_basis,
--           outcome_label, loyalty_label, verdict, hall, ces, effort_points, do_points, feel_points,
--           effort_score, event_count, peak, ending, experience, mean_feeling, feeling_count,
--           encounter_count, source_title, author, publication, published, url, source_kind, story_kind,
--           coder, coded_on, reviewer, reviewed_on, notes, read_feeling, read_effort, read_drivers, read_promises,
--           read_signs, assumed_points, is_mapped, editor, story_count
-- Needs:    story
-- Caution:  This is one story of one customer. What it reports is that customer's report. is_mapped is true if a
--           mapping filled the story from a form. editor is the last person who edited it, if anybody did.
select
    story_rollup.story,
    story_rollup.title,
    story_rollup.summary,
    story_rollup.company,
    story_rollup.sector,
    story_rollup.country,
    story_rollup.job,
    codebook_jobs.label as job_label,
    story_rollup.happened_on,
    story_rollup.happened_basis,
    codebook_outcomes.label as outcome_label,
    codebook_loyalty.label as loyalty_label,
    story_rollup.verdict,
    story_rollup.hall,
    story_rollup.ces,
    story_rollup.effort_points,
    story_rollup.do_points,
    story_rollup.feel_points,
    story_rollup.effort_score,
    story_rollup.event_count,
    story_rollup.peak,
    story_rollup.ending,
    story_rollup.experience,
    story_rollup.mean_feeling,
    story_rollup.feeling_count,
    story_rollup.encounter_count,
    source.title as source_title,
    source.author,
    source.publication,
    source.published,
    source.url,
    source.kind as source_kind,
    story_rollup.kind as story_kind,
    story_rollup.coder,
    story_rollup.coded_on,
    story_rollup.reviewer,
    story_rollup.reviewed_on,
    story_rollup.notes,
    story_rollup.read_feeling,
    story_rollup.read_effort,
    story_rollup.read_drivers,
    story_rollup.read_promises,
    story_rollup.read_signs,
    story_rollup.assumed_points,
    is_mapped(story.coder, batch.mapping) as is_mapped,
    (
        select arg_max(history.changed_by, history.changed_at) from history
        where history.story = $story and history.field = 'record'
    ) as editor,
    1 as story_count
from story_rollup
inner join story on story_rollup.story = story.story
inner join batch on story.batch = batch.batch
inner join codebook_jobs on story_rollup.job = codebook_jobs.code
inner join codebook_outcomes on story_rollup.outcome = codebook_outcomes.code
left join codebook_loyalty on story_rollup.loyalty = codebook_loyalty.code
inner join source on story_rollup.source = source.source
where story_rollup.story = $story;
