-- Question: What do the sources advise, and which stories support it?
-- One row:  per lesson: those of the signs first, the others in the order of the sources. `stories` has one struct per
--           story: story, title, company, hall, shows, because. `points` has one per point: says, company, shows,
--           locator.
-- Columns:  lesson, title, advice, cites, ours, sign, sign_label, locator, source_title, author, publication, url,
--           followed_count, broken_count, story_count, stories, points
-- Caution:  A lesson without stories is advice that no story here has tested. advice is the source's, in new words, and
--           ours is what we add. A point with a company is a short example. It is not a story and counts nowhere.
with borne_out as (
    select
        lesson_story.lesson,
        count(*) filter (where lesson_story.shows = 'followed') as followed_count,
        count(*) filter (where lesson_story.shows = 'broken') as broken_count,
        list(
            struct_pack(
                story := scored_story.story,
                title := scored_story.title,
                company := scored_story.company,
                hall := scored_story.hall,
                shows := lesson_story.shows,
                because := lesson_story.because
            )
            order by lesson_story.shows desc, scored_story.company, scored_story.story
        ) as stories
    from lesson_story
    inner join scored_story on lesson_story.story = scored_story.story
    where
        ($company is null or scored_story.company = $company)
        and ($story is null or scored_story.story = $story)
    group by lesson_story.lesson
),

pointed as (
    select
        lesson,
        list(
            struct_pack(says := says, company := company, shows := shows, locator := locator)
            order by point
        ) as points
    from lesson_point
    group by lesson
)

select
    lesson.lesson,
    lesson.title,
    lesson.advice,
    lesson.cites,
    lesson.ours,
    codebook_signs.code as sign,
    codebook_signs.label as sign_label,
    lesson.locator,
    source.title as source_title,
    source.author,
    source.publication,
    source.url,
    -- no story is none
    coalesce(borne_out.followed_count, 0) as followed_count,
    coalesce(borne_out.broken_count, 0) as broken_count,
    coalesce(borne_out.followed_count + borne_out.broken_count, 0) as story_count,
    borne_out.stories,
    pointed.points
from lesson
inner join source on lesson.source = source.source
left join borne_out on lesson.lesson = borne_out.lesson
left join pointed on lesson.lesson = pointed.lesson
-- a lesson is of a sign where both are drawn from one place; the codebook quotes with " what the lessons quote with '
left join codebook_signs
    on ends_with(
        replace(codebook_signs.source, '"', ''''), '''' || source.title || ''', ' || lesson.locator
    )
where
    ($company is null and $story is null)
    or borne_out.lesson is not null
    or (
        $story is null
        and lesson.lesson in (
            select lesson_point.lesson
            from lesson_point
            where lesson_point.company = $company
        )
    )
order by codebook_signs.position nulls last, lesson.position;
