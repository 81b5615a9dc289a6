-- Question: Which rows are there twice?
-- One row:  per key that more than one row has, of the tables that grow with the stories; an empty answer is the right
--           one.
-- Columns:  place, row_name, row_count
with twice as (
    select
        'story' as place,
        story as row_name,
        count(*) as row_count
    from story
    group by story
    having count(*) > 1
    union all
    select
        'encounter' as place,
        concat_ws(' step ', story, step) as row_name,
        count(*) as row_count
    from encounter
    group by story, step
    having count(*) > 1
    union all
    select
        'emotion' as place,
        concat_ws(' ', story, 'step', step, 'emotion', emotion) as row_name,
        count(*) as row_count
    from emotion
    group by story, step, emotion
    having count(*) > 1
    union all
    select
        'effort_event' as place,
        concat_ws(' ', story, 'step', step, 'event', event) as row_name,
        count(*) as row_count
    from effort_event
    group by story, step, event
    having count(*) > 1
    union all
    select
        'promise' as place,
        concat_ws(' promise ', story, promise) as row_name,
        count(*) as row_count
    from promise
    group by story, promise
    having count(*) > 1
    union all
    select
        'sign' as place,
        concat_ws(' sign ', story, sign) as row_name,
        count(*) as row_count
    from sign
    group by story, sign
    having count(*) > 1
    union all
    select
        'annotation' as place,
        annotation::varchar as row_name,
        count(*) as row_count
    from annotation
    group by annotation
    having count(*) > 1
)

select
    place,
    row_name,
    row_count
from twice
order by place, row_name;
