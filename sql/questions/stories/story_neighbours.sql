-- Question: Which stories come before and after this one, at its company and for its main job?
-- One row:  per neighbour of $story that there is, in the order of their ids.
-- Columns:  among, direction, story, title, company, story_count
-- Needs:    story
-- Caution:  The order is that of the ids and means nothing else.
with here as (
    select
        company,
        job
    from story_rollup
    where story = $story
),

-- the ends next to it by one look each, without a group: a company or a job can have a great many stories
near as (
    select
        'company' as among,
        max(other.story) filter (where other.story < $story) as previous,
        min(other.story) filter (where other.story > $story) as next
    from story_rollup as other
    where other.company = (select here.company from here)
    union all
    select
        'job' as among,
        max(other.story) filter (where other.story < $story) as previous,
        min(other.story) filter (where other.story > $story) as next
    from story_rollup as other
    where other.number in (
        select encounter_load.number
        from encounter_load
        where encounter_load.job = (select here.job from here)
    )
),

next_to as (
    select
        among,
        'previous' as direction,
        previous as story
    from near
    union all
    select
        among,
        'next' as direction,
        next as story
    from near
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
