-- Question: Which values can each filter take, and how many stories has each?
-- One row:  per filter and value that occurs in published stories.
-- Columns:  filter, value, label, story_count
-- Caution:  A story can serve several jobs and touchpoints, and is counted under each.
with choice as (
    select
        'company' as filter,
        company as value,
        company as label,
        count(*) as story_count
    from story_rollup
    where is_kind(kind, $story_kind)
    group by company
    union all
    select
        'sector' as filter,
        sector as value,
        sector as label,
        count(*) as story_count
    from story_rollup
    where is_kind(kind, $story_kind)
    group by sector
    union all
    select
        'hall',
        hall,
        case hall when 'mixed' then 'Neither' else upper(hall[1]) || hall[2:] end,
        count(*)
    from story_rollup
    where hall is not null and is_kind(kind, $story_kind)
    group by hall
    union all
    -- a story has one company, so that those of the companies add up
    select
        'job',
        job_cell.job,
        codebook_jobs.label,
        sum(job_cell.story_count)::bigint
    from job_cell
    inner join codebook_jobs on job_cell.job = codebook_jobs.code
    where is_kind(job_cell.kind, $story_kind)
    group by job_cell.job, codebook_jobs.label
    union all
    select
        'touchpoint',
        touchpoint_cell.touchpoint,
        codebook_touchpoints.label,
        sum(touchpoint_cell.story_count)::bigint
    from touchpoint_cell
    inner join codebook_touchpoints on touchpoint_cell.touchpoint = codebook_touchpoints.code
    where is_kind(touchpoint_cell.kind, $story_kind)
    group by touchpoint_cell.touchpoint, codebook_touchpoints.label
    union all
    select
        'year',
        year::varchar,
        year::varchar,
        sum(stories)::bigint
    from (
        select
            spanned.stories,
            unnest(range(spanned.first_year, spanned.last_year + 1)) as year
        from (
            select
                year(happened_from) as first_year,
                year(happened_to) as last_year,
                count(*) as stories
            from story_rollup
            where happened_from is not null and is_kind(kind, $story_kind)
            group by year(happened_from), year(happened_to)
        ) as spanned
    ) as story_year
    group by year
)

select
    filter,
    value,
    label,
    story_count
from choice
order by filter, label, value;
