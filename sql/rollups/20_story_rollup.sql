-- Every published story with its scores, as the views define them, and its moments.
delete from story_rollup;

insert into story_rollup by name
with moment as (
    select
        served.story,
        list(struct_pack(job := served.job, touchpoint := served.touchpoint) order by served.job, served.touchpoint)
            as moments
    from (
        select distinct
            story,
            job,
            touchpoint
        from service_encounter
    ) as served
    group by served.story
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
    moment.moments
from story
inner join company on story.company = company.company
inner join story_effort on story.story = story_effort.story
inner join story_experience on story.story = story_experience.story
inner join moment on story.story = moment.story
where story.status = 'published';
