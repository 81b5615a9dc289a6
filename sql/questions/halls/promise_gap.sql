-- Question: Who keeps promises, and who breaks them?
-- One row:  per promise in a chosen story. The company with the widest gap comes first, its broken promises first.
--           Companies without a promise kept or broken come last. Only the 30 companies with most stories of promises
--           are included, with at most 20 promises of each kind.
-- Columns:  company, claim, kept, slot, promise, story, title, kept_count, late_count, broken_count, unclear_count,
--           promise_count, gap, story_count, company_count, compared_count, company_order
-- Caution:  These are counts of promises in these stories, and no rates. An unclear promise is one whose end the story
--           does not state. gap is broken less kept. A promise kept late counts on neither side. gap is empty if all
--           are unclear. slot counts broken promises left of zero, and right of it kept or exceeded ones, then those
--           kept late.
with told as (
    select
        chosen.company,
        promise.story,
        chosen.title,
        promise.promise,
        promise.claim,
        promise.kept,
        case
            when promise.kept = 'broken' then 'broken'
            when promise.kept = 'unclear' then 'unclear'
            when promise.kept = 'kept late' then 'late'
            else 'kept'
        end as side
    from promise
    inner join
        chosen_story($story_kind, $companies, $sectors, $jobs, $touchpoints, $halls, $since, $until) as chosen
        on promise.story = chosen.story
),

counted as (
    select
        company,
        count(*) filter (where side = 'kept') as kept_count,
        count(*) filter (where side = 'late') as late_count,
        count(*) filter (where side = 'broken') as broken_count,
        count(*) filter (where side = 'unclear') as unclear_count,
        count(*) as promise_count,
        case
            when count(*) filter (where side != 'unclear') > 0
                then count(*) filter (where side = 'broken') - count(*) filter (where side = 'kept')
        end as gap,
        count(distinct story) as story_count,
        count(*) over () as company_count
    from told
    group by company
    qualify row_number() over (order by count(distinct story) desc, company) <= most_rows()
),

placed as (
    select
        company,
        claim,
        kept,
        side,
        story,
        title,
        promise,
        row_number() over (partition by company, side order by kept, story, promise) as place
    from told
    qualify place <= most_blocks()
)

select
    placed.company,
    placed.claim,
    placed.kept,
    case placed.side
        when 'broken' then -placed.place
        when 'kept' then placed.place
        -- those kept late follow the kept ones, and the unclear ones come last
        when 'late' then least(counted.kept_count, most_blocks()) + placed.place
        else least(counted.kept_count, most_blocks()) + least(counted.late_count, most_blocks()) + placed.place
    end as slot,
    placed.promise,
    placed.story,
    placed.title,
    counted.kept_count,
    counted.late_count,
    counted.broken_count,
    counted.unclear_count,
    counted.promise_count,
    counted.gap,
    counted.story_count,
    counted.company_count,
    least(counted.company_count, most_rows()) as compared_count,
    dense_rank() over (order by counted.gap desc nulls last, placed.company) as company_order
from placed
inner join counted on placed.company = counted.company
order by company_order, slot;
