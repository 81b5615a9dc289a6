-- Question: Which stories stand next to this one, at its company and among those that serve its main job?
-- One row:  per neighbour of $story that there is, in the order of their ids.
-- Columns:  among, direction, story, title, company, story_count
-- Needs:    story
-- Caution:  the order is of ids and means nothing else.
with here as (
    select
        number,
        story,
        company,
        job
    from story_rollup
    where story = $story
),

near as (
    select
        'company' as among,
        other.story
    from story_rollup as other
    inner join here on other.company = here.company and other.number != here.number
    union all
    select
        'job' as among,
        other.story
    from encounter_load as other
    inner join here on other.job = here.job and other.number != here.number
),

next_to as (
    select
        among,
        case when story < $story then 'previous' else 'next' end as direction,
        case when story < $story then max(story) else min(story) end as story
    from near
    group by among, story < $story
)

select
    next_to.among,
    next_to.direction,
    next_to.story,
    story_rollup.title,
    story_rollup.company,
    1 as story_count
from next_to
inner join story_rollup on next_to.story = story_rollup.story
order by next_to.among, next_to.direction desc;
