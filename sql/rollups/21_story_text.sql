-- What a search looks through, but for the names that many stories share: title and summary, and the account in the
-- customer's own words; or, where there is none, what its steps and their work are told as, which retell an account.
delete from story_text
where number in (select gone_number.number from gone_number);

insert into story_text by name
select
    story_rollup.number,
    lower(concat_ws(' ', story_rollup.title, story_rollup.summary)) as searched
from story_rollup
inner join changed_story on story_rollup.number = changed_story.number
union all
select
    story_rollup.number,
    lower(account.words) as searched
from account
inner join changed_story on account.story = changed_story.story
inner join story_rollup on changed_story.number = story_rollup.number;

insert into story_text by name
with untold as (
    select
        changed_story.number,
        changed_story.story
    from changed_story
    inner join story_rollup on changed_story.number = story_rollup.number
    where changed_story.story not in (select account.story from account)
)

select
    untold.number,
    lower(encounter.short || ' ' || encounter.summary) as searched
from encounter
inner join untold on encounter.story = untold.story
union all
select
    untold.number,
    lower(effort_event.evidence) as searched
from effort_event
inner join untold on effort_event.story = untold.story;
