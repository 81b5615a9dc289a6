-- Question: Which stories stand next to this one, at its company and among those that serve its main job?
-- One row:  per neighbour of $story that there is, in the order of their ids.
-- Columns:  among, direction, story, title, company, story_count
-- Needs:    story
-- Caution:  the order is of ids and means nothing else.
with here as (
    select
        story,
        company,
        job
    from scored_story
    where story = $story
),

near as (
    select
        'company' as among,
        case when other.story < here.story then 'previous' else 'next' end as direction,
        other.story,
        other.title,
        other.company
    from scored_story as other
    inner join here on other.company = here.company and other.story != here.story
    union all
    select
        'job' as among,
        case when other.story < here.story then 'previous' else 'next' end as direction,
        other.story,
        other.title,
        other.company
    from scored_story as other
    inner join here on other.story != here.story
    where exists (
        select 1
        from service_encounter
        where service_encounter.story = other.story and service_encounter.job = here.job
    )
)

select
    among,
    direction,
    case when direction = 'previous' then max(story) else min(story) end as story,
    case when direction = 'previous' then arg_max(title, story) else arg_min(title, story) end as title,
    case when direction = 'previous' then arg_max(company, story) else arg_min(company, story) end as company,
    1 as story_count
from near
group by among, direction
order by among, direction desc;
