-- Question: What is the label of each thing that a mark on a chart can show?
-- One row:  per kind of mark and code.
-- Columns:  mark, value, label
-- Caution:  This is the whole codebook, with codes that no story has yet.
with named as (
    select
        'driver' as mark,
        code as value,
        label
    from codebook_drivers
    union all
    select
        'touchpoint',
        code,
        label
    from codebook_touchpoints
    union all
    select
        'job',
        code,
        label
    from codebook_jobs
    union all
    select
        'stage',
        code,
        label
    from codebook_stages
    union all
    select
        'sign',
        code,
        label
    from codebook_signs
    union all
    select
        'kind',
        unnest(['do', 'feel']),
        unnest(['work to do', 'work to feel'])
    union all
    select
        'demand',
        unnest(['value', 'failure']),
        unnest(['contacts that were needed', 'avoidable contacts'])
    union all
    select
        'outcome',
        code,
        label
    from codebook_outcomes
    union all
    select
        'shown',
        unnest(['shown', 'not shown', 'not told']),
        unnest(['shown', 'not shown', 'not told'])
    union all
    select
        'kept',
        unnest(['kept', 'exceeded', 'kept late', 'broken', 'unclear']),
        unnest(['kept', 'exceeded', 'kept late', 'broken', 'unclear'])
    union all
    select
        'known',
        unnest(['effort', 'feeling', 'promises', 'signs', 'agreement']),
        unnest(['effort', 'feeling', 'promises', 'signs of care', 'a second time'])
)

select
    mark,
    value,
    label
from named
order by mark, label, value;
