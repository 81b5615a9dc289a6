-- Every published story with its scores, as the views define them.
delete from story_rollup
where number in (select gone_number.number from gone_number);

insert into story_rollup by name
with promised as (
    select
        story,
        count(*) as promise_count
    from promise
    where story in (select changed_story.story from changed_story)
    group by story
)

select
    changed_story.number,
    story.story,
    story.title,
    story.summary,
    story.company,
    company.sector,
    company.country,
    story.kind,
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
    story.read_feeling,
    story.read_effort,
    story.read_drivers,
    story.read_promises,
    story.read_signs,
    -- unknown where nobody read the whole story for effort; 0 where somebody did and found none
    case when story.read_effort = 'whole' then story_effort.event_count end as event_count,
    case when story.read_effort = 'whole' then story_effort.effort_points end as effort_points,
    case when story.read_effort = 'whole' then story_effort.assumed_points end as assumed_points,
    case when story.read_effort = 'whole' then story_effort.do_points end as do_points,
    case when story.read_effort = 'whole' then story_effort.feel_points end as feel_points,
    case when story.read_effort = 'whole' then effort_score(story_effort.effort_points) end as effort_score,
    story_experience.peak,
    story_experience.ending,
    story_experience.experience,
    story_experience.mean_feeling,
    story_experience.feeling_count,
    hall(story_experience.experience) as hall,
    story.verdict,
    story_experience.encounter_count,
    -- no promise is none where somebody looked for promises; the sums of this column count what was found
    coalesce(promised.promise_count, 0) as promise_count,
    source.author,
    source.publication
from story
inner join changed_story on story.story = changed_story.story
inner join company on story.company = company.company
inner join story_effort on changed_story.number = story_effort.number
inner join story_experience on changed_story.number = story_experience.number
inner join source on story.source = source.source
left join promised on story.story = promised.story
where story.status = 'published';
