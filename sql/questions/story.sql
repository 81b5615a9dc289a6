-- Question: Who told this story, of whom, and what came of it?
-- One row:  exactly one: the published story $story with its scores, source and coding.
-- Columns:  story, title, summary, company, sector, country, job, job_label, happened_on, happened_basis,
--           outcome_label, loyalty_label, verdict, hall, ces, effort_points, do_points, feel_points,
--           effort_score, event_count, peak, ending, experience, mean_feeling, feeling_count,
--           encounter_count, source_title, author, publication, published, url, source_kind, coder,
--           coded_on, reviewer, reviewed_on, notes, story_count
-- Needs:    story
-- Caution:  one account of one customer; what it reports is that customer's report.
select
    scored_story.story,
    scored_story.title,
    scored_story.summary,
    scored_story.company,
    scored_story.sector,
    scored_story.country,
    scored_story.job,
    codebook_jobs.label as job_label,
    scored_story.happened_on,
    scored_story.happened_basis,
    codebook_outcomes.label as outcome_label,
    codebook_loyalty.label as loyalty_label,
    scored_story.verdict,
    scored_story.hall,
    scored_story.ces,
    scored_story.effort_points,
    scored_story.do_points,
    scored_story.feel_points,
    scored_story.effort_score,
    scored_story.event_count,
    scored_story.peak,
    scored_story.ending,
    scored_story.experience,
    scored_story.mean_feeling,
    scored_story.feeling_count,
    (
        select count(*) from service_encounter
        where service_encounter.story = scored_story.story
    ) as encounter_count,
    source.title as source_title,
    source.author,
    source.publication,
    source.published,
    source.url,
    source.kind as source_kind,
    scored_story.coder,
    scored_story.coded_on,
    scored_story.reviewer,
    scored_story.reviewed_on,
    scored_story.notes,
    1 as story_count
from scored_story
inner join codebook_jobs on scored_story.job = codebook_jobs.code
inner join codebook_outcomes on scored_story.outcome = codebook_outcomes.code
left join codebook_loyalty on scored_story.loyalty = codebook_loyalty.code
inner join source on scored_story.source = source.source
where scored_story.story = $story;
