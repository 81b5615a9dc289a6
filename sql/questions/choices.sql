-- Question: Which values can each filter take, and how many stories stand behind each?
-- One row:  per filter and value that occurs in published stories.
-- Columns:  filter, value, label, story_count
-- Caution:  one story can serve several jobs and touchpoints and is counted under each.
with choice as (
    select
        'company' as filter,
        company as value,
        company as label,
        story
    from scored_story
    union all
    select
        'sector' as filter,
        sector as value,
        sector as label,
        story
    from scored_story
    union all
    select
        'hall',
        hall,
        upper(hall[1]) || hall[2:],
        story
    from scored_story
    where hall is not null
    union all
    select
        'job',
        service_encounter.job,
        codebook_jobs.label,
        service_encounter.story
    from service_encounter
    inner join codebook_jobs on service_encounter.job = codebook_jobs.code
    union all
    select
        'touchpoint',
        service_encounter.touchpoint,
        codebook_touchpoints.label,
        service_encounter.story
    from service_encounter
    inner join codebook_touchpoints on service_encounter.touchpoint = codebook_touchpoints.code
    union all
    select
        'year',
        year::varchar,
        year::varchar,
        story
    from (
        select
            story,
            unnest(range(year(happened_from), year(happened_to) + 1)) as year
        from scored_story
        where happened_from is not null
    ) as story_year
)

select
    filter,
    value,
    label,
    count(distinct story) as story_count
from choice
group by filter, value, label
order by filter, label, value;
