-- Question: Which references lead nowhere?
-- One row:  per reference to a row that is not there; an empty answer is the right one.
-- Columns:  place, row_name, refers_to, missing
with reference as (
    select
        'story' as place,
        story.story as row_name,
        'company' as refers_to,
        story.company as missing
    from story
    left join company on story.company = company.company
    where company.company is null
    union all
    select
        'story' as place,
        story.story as row_name,
        'source' as refers_to,
        story.source as missing
    from story
    left join source on story.source = source.source
    where source.source is null
    union all
    select
        'story' as place,
        story.story as row_name,
        'batch' as refers_to,
        story.batch as missing
    from story
    left join batch on story.batch = batch.batch
    where batch.batch is null
    union all
    select
        'story' as place,
        story.story as row_name,
        'kind' as refers_to,
        story.kind as missing
    from story
    left join codebook_kinds on story.kind = codebook_kinds.code
    where codebook_kinds.code is null
    union all
    select
        'story' as place,
        story.story as row_name,
        'job' as refers_to,
        story.job as missing
    from story
    left join codebook_jobs on story.job = codebook_jobs.code
    where codebook_jobs.code is null
    union all
    select
        'story' as place,
        story.story as row_name,
        'outcome' as refers_to,
        story.outcome as missing
    from story
    left join codebook_outcomes on story.outcome = codebook_outcomes.code
    where codebook_outcomes.code is null
    union all
    select
        'story' as place,
        story.story as row_name,
        'loyalty' as refers_to,
        story.loyalty as missing
    from story
    left join codebook_loyalty on story.loyalty = codebook_loyalty.code
    where codebook_loyalty.code is null and story.loyalty is not null
    union all
    select
        'encounter' as place,
        concat_ws(' step ', encounter.story, encounter.step) as row_name,
        'story' as refers_to,
        encounter.story as missing
    from encounter
    left join story on encounter.story = story.story
    where story.story is null
    union all
    select
        'encounter' as place,
        concat_ws(' step ', encounter.story, encounter.step) as row_name,
        'touchpoint' as refers_to,
        encounter.touchpoint as missing
    from encounter
    left join codebook_touchpoints on encounter.touchpoint = codebook_touchpoints.code
    where codebook_touchpoints.code is null
    union all
    select
        'encounter' as place,
        concat_ws(' step ', encounter.story, encounter.step) as row_name,
        'stage' as refers_to,
        encounter.stage as missing
    from encounter
    left join codebook_stages on encounter.stage = codebook_stages.code
    where codebook_stages.code is null and encounter.stage is not null
    union all
    select
        'encounter' as place,
        concat_ws(' step ', encounter.story, encounter.step) as row_name,
        'job' as refers_to,
        encounter.job as missing
    from encounter
    left join codebook_jobs on encounter.job = codebook_jobs.code
    where codebook_jobs.code is null and encounter.job is not null
    union all
    select
        'emotion' as place,
        concat_ws(' step ', emotion.story, emotion.step) as row_name,
        'encounter' as refers_to,
        emotion.step::varchar as missing
    from emotion
    left join encounter
        on emotion.story = encounter.story and emotion.step = encounter.step
    where encounter.story is null
    union all
    select
        'emotion' as place,
        concat_ws(' step ', emotion.story, emotion.step) as row_name,
        'emotion' as refers_to,
        emotion.emotion as missing
    from emotion
    left join codebook_emotions on emotion.emotion = codebook_emotions.code
    where codebook_emotions.code is null
    union all
    select
        'effort_event' as place,
        concat_ws(' step ', effort_event.story, effort_event.step) as row_name,
        'encounter' as refers_to,
        effort_event.step::varchar as missing
    from effort_event
    left join encounter
        on effort_event.story = encounter.story and effort_event.step = encounter.step
    where encounter.story is null
    union all
    select
        'effort_event' as place,
        concat_ws(' step ', effort_event.story, effort_event.step) as row_name,
        'driver' as refers_to,
        effort_event.driver as missing
    from effort_event
    left join codebook_drivers on effort_event.driver = codebook_drivers.code
    where codebook_drivers.code is null
    union all
    select
        'promise' as place,
        concat_ws(' promise ', promise.story, promise.promise) as row_name,
        'story' as refers_to,
        promise.story as missing
    from promise
    left join story on promise.story = story.story
    where story.story is null
    union all
    select
        'sign' as place,
        concat_ws(' sign ', sign.story, sign.sign) as row_name,
        'story' as refers_to,
        sign.story as missing
    from sign
    left join story on sign.story = story.story
    where story.story is null
    union all
    select
        'sign' as place,
        concat_ws(' sign ', sign.story, sign.sign) as row_name,
        'sign' as refers_to,
        sign.sign as missing
    from sign
    left join codebook_signs on sign.sign = codebook_signs.code
    where codebook_signs.code is null
    union all
    select
        'lesson' as place,
        lesson.lesson as row_name,
        'source' as refers_to,
        lesson.source as missing
    from lesson
    left join source on lesson.source = source.source
    where source.source is null
    union all
    select
        'lesson' as place,
        lesson.lesson as row_name,
        'batch' as refers_to,
        lesson.batch as missing
    from lesson
    left join batch on lesson.batch = batch.batch
    where batch.batch is null
    union all
    select
        'lesson_point' as place,
        lesson_point.lesson as row_name,
        'lesson' as refers_to,
        lesson_point.lesson as missing
    from lesson_point
    left join lesson on lesson_point.lesson = lesson.lesson
    where lesson.lesson is null
    union all
    select
        'lesson_story' as place,
        lesson_story.lesson as row_name,
        'lesson' as refers_to,
        lesson_story.lesson as missing
    from lesson_story
    left join lesson on lesson_story.lesson = lesson.lesson
    where lesson.lesson is null
    union all
    select
        'lesson_story' as place,
        lesson_story.lesson as row_name,
        'story' as refers_to,
        lesson_story.story as missing
    from lesson_story
    left join story on lesson_story.story = story.story
    where story.story is null
    union all
    select
        'account' as place,
        account.story as row_name,
        'story' as refers_to,
        account.story as missing
    from account
    left join story on account.story = story.story
    where story.story is null
    union all
    select
        'history' as place,
        concat_ws(' field ', history.story, history.field) as row_name,
        'story' as refers_to,
        history.story as missing
    from history
    left join story on history.story = story.story
    where history.story is not null and story.story is null
    union all
    select
        'reply' as place,
        concat_ws(' reply ', reply.story, reply.reply) as row_name,
        'story' as refers_to,
        reply.story as missing
    from reply
    left join story on reply.story = story.story
    where story.story is null
    union all
    select
        'annotation' as place,
        concat_ws(' ', 'annotation', annotation.annotation) as row_name,
        'company' as refers_to,
        annotation.company as missing
    from annotation
    left join company on annotation.company = company.company
    where annotation.company is not null and company.company is null
    union all
    select
        'company_alias' as place,
        company_alias.alias as row_name,
        'company' as refers_to,
        company_alias.company as missing
    from company_alias
    left join company on company_alias.company = company.company
    where company.company is null
)

select
    place,
    row_name,
    refers_to,
    missing
from reference
order by place, row_name, refers_to;
