-- One row:  per code on which coders can agree.
-- Columns:  measure, code, code_label, level (of Krippendorff's alpha), read_for (what a coder looked for), place
create or replace view agreement_code as
select
    fixed.measure,
    fixed.code,
    fixed.code_label,
    fixed.level,
    fixed.read_for,
    fixed.place
from (
    values
    ('feeling', 'feeling', 'Feeling', 'ordinal', 'feeling', 1),
    ('feeling', 'feeling_stated', 'Feeling stated', 'nominal', 'feeling', 2),
    ('all drivers', 'all_drivers', 'All effort types together', 'nominal', 'effort', 3),
    ('times', 'times', 'Number of times', 'ratio', 'times', 4),
    ('minutes', 'minutes', 'Minutes', 'ratio', 'minutes', 5),
    ('minutes', 'minutes_stated', 'Minutes stated', 'nominal', 'minutes', 6),
    ('demand', 'failure_demand', 'Failure contact', 'nominal', 'demand', 7),
    ('demand', 'value_demand', 'Value contact', 'nominal', 'demand', 8),
    ('promise', 'kept', 'Promise kept', 'nominal', 'promises', 9),
    ('promise', 'exceeded', 'Promise exceeded', 'nominal', 'promises', 10),
    ('promise', 'kept late', 'Promise kept late', 'nominal', 'promises', 11),
    ('promise', 'broken', 'Promise broken', 'nominal', 'promises', 12),
    ('promise', 'unclear', 'Promise unclear', 'nominal', 'promises', 13)
) as fixed (measure, code, code_label, level, read_for, place)
union all
select
    'sign' as measure,
    code,
    'Sign “' || label || '”' as code_label,
    'nominal' as level,
    'signs' as read_for,
    20 + position as place
from codebook_signs
union all
select
    'driver' as measure,
    code,
    label as code_label,
    'nominal' as level,
    'effort' as read_for,
    100 + row_number() over (order by label) as place
from codebook_drivers;

-- One row:  per coder of each published story that was coded more than once: what the coder looked for.
-- Columns:  story, coder, is_first, read_for, drivers (the effort types looked for; NULL means all)
-- Reason:   a first coder who reads for all effort also reads for times, minutes and demand. A form asks for none of
--           these.
create or replace view coding as
select
    story,
    coder,
    true as is_first,
    list_concat(
        if(read_feeling = 'whole', ['feeling'], []),
        case read_effort
            when 'whole' then ['effort', 'times', 'minutes', 'demand']
            when 'part' then ['effort']
            else []
        end,
        if(read_promises = 'whole', ['promises'], []),
        if(read_signs = 'whole', ['signs'], [])
    ) as read_for,
    if(read_effort = 'part', read_drivers, null) as drivers
from story
where
    status = 'published'
    and story in (select second_coding.story from second_coding)
union all
select
    second_coding.story,
    second_coding.coder,
    false as is_first,
    second_coding.read_for,
    null as drivers
from second_coding
inner join story on second_coding.story = story.story
where story.status = 'published';

-- One row:  per story, coder and code that the coder looked for there.
-- Reason:   a code that a coder did not look for is unknown. Agreement leaves it out and never counts it as none.
create or replace view coding_read as
select
    coding.story,
    coding.coder,
    agreement_code.measure,
    agreement_code.code
from coding
inner join agreement_code on list_contains(coding.read_for, agreement_code.read_for)
where
    agreement_code.measure != 'driver'
    or coding.drivers is null
    or list_contains(coding.drivers, agreement_code.code);

-- One row:  per encounter and coder of a story coded more than once: the feeling and the demand found.
create or replace view coded_encounter as
select
    encounter.story,
    encounter.step,
    coding.coder,
    encounter.feeling,
    encounter.demand
from encounter
inner join coding on encounter.story = coding.story and coding.is_first
union all
select
    second_encounter.story,
    second_encounter.step,
    second_encounter.coder,
    second_encounter.feeling,
    second_encounter.demand
from second_encounter
inner join coding on second_encounter.story = coding.story and second_encounter.coder = coding.coder;

-- One row:  per encounter, coder and driver found there: the number of times, and the minutes that the account states.
create or replace view coded_driver as
select
    effort_event.story,
    effort_event.step,
    coding.coder,
    effort_event.driver,
    sum(effort_event.times) as times,
    sum(effort_event.minutes) as minutes
from effort_event
inner join coding on effort_event.story = coding.story and coding.is_first
group by effort_event.story, effort_event.step, coding.coder, effort_event.driver
union all
select
    second_driver.story,
    second_driver.step,
    second_driver.coder,
    second_driver.driver,
    second_driver.times,
    second_driver.minutes
from second_driver
inner join coding on second_driver.story = coding.story and second_driver.coder = coding.coder;

-- One row:  per promise and coder: its outcome.
create or replace view coded_promise as
select
    promise.story,
    promise.promise,
    coding.coder,
    promise.kept
from promise
inner join coding on promise.story = coding.story and coding.is_first
union all
select
    second_promise.story,
    second_promise.promise,
    second_promise.coder,
    second_promise.kept
from second_promise
inner join coding on second_promise.story = coding.story and second_promise.coder = coding.coder;

-- One row:  per sign that a coder found shown or not shown.
create or replace view coded_sign as
select
    sign.story,
    coding.coder,
    sign.sign,
    sign.shown
from sign
inner join coding on sign.story = coding.story and coding.is_first
where sign.shown is not null
union all
select
    second_sign.story,
    second_sign.coder,
    second_sign.sign,
    second_sign.shown
from second_sign
inner join coding on second_sign.story = coding.story and second_sign.coder = coding.coder
where second_sign.shown is not null;

-- One row:  per code, unit and coder who looked for the code: the value given.
-- Columns:  measure, code, story, unit (a step, a step and driver, a promise; '' of the whole story), coder, value,
--           is_found
-- Reason:   feelings, times and minutes are compared where both coders give a value. Whether they give one is a code of
--           its own. A sign is shown (1), not shown (-1) or not stated (0).
create or replace view coded_value as
with looked_for as (
    select
        read.measure,
        read.code,
        read.story,
        encounter.step::varchar as unit,
        read.coder,
        case
            when read.measure = 'driver' then (coded_driver.driver is not null)::double
            when read.code = 'feeling' then encounter.feeling::double
            when read.code = 'feeling_stated' then (encounter.feeling is not null)::double
            -- no demand stated: neither
            else coalesce(encounter.demand || '_demand' = read.code, false)::double
        end as value
    from coding_read as read
    inner join coded_encounter as encounter on read.story = encounter.story and read.coder = encounter.coder
    left join coded_driver
        on
            encounter.story = coded_driver.story
            and encounter.step = coded_driver.step
            and encounter.coder = coded_driver.coder
            and read.code = coded_driver.driver
    where read.measure in ('feeling', 'driver', 'demand')
    union all
    select
        read.measure,
        read.code,
        read.story,
        concat_ws(' ', coded_driver.step, coded_driver.driver) as unit,
        read.coder,
        case read.code
            when 'times' then coded_driver.times::double
            when 'minutes' then coded_driver.minutes
            else (coded_driver.minutes is not null)::double
        end as value
    from coding_read as read
    inner join coded_driver on read.story = coded_driver.story and read.coder = coded_driver.coder
    where read.measure in ('times', 'minutes')
    union all
    select
        read.measure,
        read.code,
        read.story,
        coded_promise.promise::varchar as unit,
        read.coder,
        (coded_promise.kept = read.code)::double as value
    from coding_read as read
    inner join coded_promise on read.story = coded_promise.story and read.coder = coded_promise.coder
    where read.measure = 'promise'
    union all
    select
        read.measure,
        read.code,
        read.story,
        '' as unit,
        read.coder,
        case
            when coded_sign.shown is null then 0
            when coded_sign.shown then 1
            else -1
        end as value
    from coding_read as read
    left join coded_sign
        on read.story = coded_sign.story and read.coder = coded_sign.coder and read.code = coded_sign.sign
    where read.measure = 'sign'
)

select
    measure,
    code,
    story,
    unit,
    coder,
    value,
    code in ('feeling', 'times', 'minutes') or value != 0 as is_found
from looked_for
where value is not null;
