-- One row:  per published story, with everything said of it and its scores.
create or replace view scored_story as
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
    story.verdict
from story
inner join company on story.company = company.company
inner join story_effort on story.story = story_effort.story
inner join story_experience on story.story = story_experience.story
where story.status = 'published';
