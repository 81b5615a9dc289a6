-- Every word of a published story that a search looks through: what is said of it, its steps, its work, its own words.
delete from story_text
where story in (select changed_story.story from changed_story);

insert into story_text by name
with told as (
    select
        changed_story.number,
        encounter.short || ' ' || encounter.summary as words
    from encounter
    inner join changed_story on encounter.story = changed_story.story
    union all
    select
        changed_story.number,
        effort_event.evidence as words
    from effort_event
    inner join changed_story on effort_event.story = changed_story.story
    union all
    select
        changed_story.number,
        account.words
    from account
    inner join changed_story on account.story = changed_story.story
),

-- their order means nothing to a search, and to keep it would take longer than all else
gathered as (
    select
        number,
        string_agg(words, chr(31)) as words
    from told
    group by number
)

select
    story_rollup.number,
    story_rollup.story,
    lower(
        concat_ws(
            chr(31),
            concat_ws(
                ' ',
                story_rollup.title,
                story_rollup.summary,
                story_rollup.company,
                codebook_jobs.label,
                story_rollup.author
            ),
            gathered.words
        )
    ) as searched
from story_rollup
inner join changed_story on story_rollup.number = changed_story.number
inner join codebook_jobs on story_rollup.job = codebook_jobs.code
left join gathered on story_rollup.number = gathered.number;
