-- Question: Which stories could a library of many companies hold, though nobody lived them?
-- One row:  per effort event, or per encounter without one; columns as in cxdata/ingest/flat_table/columns.py.
-- Caution:  made up. Order is kept without a sort: rows are unfolded from numbered_story, which holds n from 1 up.
-- A word is drawn before it is used: within a case, DuckDB would compute it anew for each use.
with drawn_story as (
    select
        n,
        draw('story', n) as story,
        draw('more', n) as more
    from numbered_story
),

story as (
    select
        n,
        low(story) as story_low,
        high(story) as story_high,
        low(more) as more_low,
        high(more) as summary_word,
        xor(low(story), high(story)) as account_word,
        1 + floor(share(low(story), 0) * share(low(story), 0) * getvariable('company_count'))::integer
            as company_number
    from drawn_story
),

of_company as (
    select
        *,
        low(draw('company', company_number)) as company_word
    from story
),

-- trouble, from 0 to under 1, is half the company's and half the day's
troubled as (
    select
        *,
        (share(company_word, 0) + share(story_low, 1)) / 2 as trouble,
        share(company_word, 1) as coldness,
        share(story_low, 2) < 0.05 as is_silent,
        1 + floor(12 * share(story_low, 3) * sqrt(share(story_low, 3)))::integer as step_count
    from of_company
),

encounter as (
    select
        *,
        unnest(range(1, step_count + 1)) as step
    from troubled
),

drawn_encounter as (
    select
        *,
        draw('encounter', n * 16 + step) as encounter
    from encounter
),

split_encounter as (
    select
        *,
        low(encounter) as low,
        high(encounter) as high,
        -- what is written need not be independent of what is coded, and another md5 would cost
        xor(low(encounter), high(encounter)) as encounter_word
    from drawn_encounter
),

felt_encounter as (
    select
        *,
        floor(share(low, 0) * (0.6 + 4.8 * trouble))::integer as event_count,
        case
            when not is_silent and (step = 1 or share(low, 1) >= 0.15)
                then greatest(
                    -5,
                    least(5, round(5 - 8.5 * trouble - 3 * (coldness - 0.5) + 5 * (share(low, 2) - 0.5)))
                )::smallint
        end as feeling
    from split_encounter
),

named_encounter as (
    select
        *,
        -- four in ten name none, the others one or two
        case
            when feeling is null or share(high, 0) < 0.4 then null
            when feeling > 0 then getvariable('glad_emotions')
            when feeling < 0 then getvariable('sad_emotions')
            else getvariable('mixed_emotions')
        end as emotions
    from felt_encounter
),

event as (
    select
        *,
        unnest(range(1, greatest(event_count, 1) + 1)) as event
    from named_encounter
),

drawn_event as (
    select
        *,
        event = 1 as is_encounter,
        event = 1 and step = 1 as is_story,
        draw('event', (n * 16 + step) * 16 + event) as drawn
    from event
),

split_event as (
    select
        *,
        low(drawn) as told,
        high(drawn) as evidence_word
    from drawn_event
)

select
    concat('synthetic-', getvariable('seed'), '-', n) as story,
    case when is_story then 'Synthetic story ' || n end as title,
    case when is_story then 'synthetic' end as kind,
    case when is_story then pick(getvariable('jobs'), share(story_high, 0) * share(story_high, 0)) end as job,
    case when is_story then 'Synthetic: ' || words_of(summary_word) end as summary,
    case when is_story then account_of(account_word) end as account,
    case
        when is_story and share(story_high, 1) < 0.9
            -- a day, a month or a year, as it is told
            then left(
                (date '2016-01-01' + floor(share(story_high, 2) * 3653)::integer)::varchar,
                case when share(story_high, 1) < 0.6 then 10 when share(story_high, 1) < 0.75 then 7 else 4 end
            )
    end as happened_on,
    case
        when is_story and share(story_high, 1) < 0.9
            then case when share(story_high, 3) < 0.8 then 'told' else 'inferred' end
    end as happened_basis,
    case
        when not is_story then null
        when share(more_low, 0) < 0.05 then pick(getvariable('open_outcomes'), share(more_low, 1))
        else pick(getvariable('outcomes'), 0.6 * trouble + 0.4 * share(more_low, 1))
    end as outcome,
    case
        when is_story and share(more_low, 2) < 0.5
            then pick(getvariable('loyalties'), 0.7 * trouble + 0.3 * share(more_low, 1))
    end as loyalty,
    case
        when not is_story then null
        when trouble < 0.3 then 'fame'
        when trouble > 0.7 then 'shame'
        else 'none'
    end as verdict,
    case
        when is_story and share(more_low, 3) < 0.3 then 7 - floor(trouble * 7)::smallint
    end::smallint as ces,
    case when is_story then 'whole' end as read_feeling,
    case when is_story then 'whole' end as read_effort,
    null::varchar as read_drivers,
    -- the flat table has no columns for them
    case when is_story then 'none' end as read_promises,
    case when is_story then 'none' end as read_signs,
    case when is_story then 'published' end as status,
    case when is_story then 'synthesize' end as coder,
    case when is_story then date '2026-01-05' + (n % 180)::integer end as coded_on,
    case when is_story then 'nobody (synthetic)' end as reviewer,
    case when is_story then date '2026-01-12' + (n % 180)::integer end as reviewed_on,
    null::varchar as notes,
    case when is_story then 'Synthetic Company ' || lpad(company_number::varchar, 3, '0') end as company,
    -- of the number alone, whatever the seed: sets of two seeds agree on what a company is
    case
        when is_story then getvariable('sectors')[1 + company_number % len(getvariable('sectors'))]
    end as sector,
    case
        when is_story then getvariable('countries')[1 + company_number % len(getvariable('countries'))]
    end as country,
    case when is_story then concat('synthetic-seed-', getvariable('seed')) end as source,
    case when is_story then concat('Synthetic stories, seed ', getvariable('seed')) end as source_title,
    case when is_story then 'Nobody: made by a program' end as source_author,
    null::varchar as source_publication,
    null::varchar as source_published,
    null::varchar as source_url,
    case when is_story then 'synthetic' end as source_kind,
    step::smallint as step,
    case
        when is_encounter and share(high, 2) < 0.1 then pick(getvariable('jobs'), share(low, 3))
    end as encounter_job,
    case when is_encounter then pick(getvariable('touchpoints'), share(low, 3) * share(low, 3)) end as touchpoint,
    case
        when is_encounter and share(high, 3) < 0.9
            then pick(getvariable('stages'), (step - 1 + share(high, 2)) / step_count)
    end as stage,
    case
        when is_encounter then left(pick(getvariable('touchpoint_labels'), share(low, 3) * share(low, 3)), 40)
    end as short,
    case when is_encounter then words_of(encounter_word) end as encounter_summary,
    case when is_encounter then feeling end as feeling,
    case
        when is_encounter and len(emotions) > 0
            then concat_ws(
                ';',
                pick(emotions, share(high, 1) * share(high, 1)),
                case
                    when share(high, 0) > 0.85 and len(emotions) > 1
                        -- the next in the list, never the same again
                        then pick(emotions[2:] || emotions[1:1], share(high, 1) * share(high, 1))
                end
            )
    end as emotions,
    case
        when is_encounter then case when share(high, 1) < 0.75 then 'customer' else 'company' end
    end as started_by,
    case
        when is_encounter and share(high, 2) > 0.6
            then case when event_count > 0 and share(high, 3) < 0.8 then 'failure' else 'value' end
    end as demand,
    case when is_encounter then 'paragraph ' || step end as locator,
    case when event_count > 0 then pick(getvariable('drivers'), share(told, 0) * share(told, 0)) end as driver,
    case
        when event_count > 0
            then 1 + floor(greatest(0, share(told, 1) - 0.8) * 25 * share(told, 2))::smallint
    end::smallint as times,
    case
        when event_count > 0 and share(told, 3) < 0.3333
            then 1 + floor(240 * share(told, 2) * share(told, 2) * share(told, 2))
    end::double as minutes,
    case
        when event_count > 0 then words_of(evidence_word)
    end as evidence,
    case when event_count > 0 and event > 1 then 'line ' || event end as effort_locator
from split_event;
