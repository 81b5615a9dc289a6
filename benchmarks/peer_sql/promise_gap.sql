with stated as (
    select
        published_story.company,
        promise.story,
        promise.promise,
        promise.kept,
        case promise.kept when 'broken' then 'broken' when 'unclear' then 'unclear' when 'kept late' then 'late' else 'kept' end as side
    from promise
    inner join published_story on promise.story = published_story.story
),

counted as (
    select
        company,
        sum(case when side = 'kept' then 1 else 0 end) as kept_count,
        sum(case when side = 'late' then 1 else 0 end) as late_count,
        sum(case when side = 'broken' then 1 else 0 end) as broken_count,
        sum(case when side = 'unclear' then 1 else 0 end) as unclear_count,
        count(*) as promise_count,
        -- of unclear ones alone the sum is NULL
        sum(case side when 'broken' then 1 when 'kept' then -1 when 'late' then 0 end) as gap,
        count(distinct story) as story_count
    from stated
    group by company
    order by count(distinct story) desc, company
    limit $most_rows
),

placed as (
    select
        *,
        row_number() over (partition by company, side order by kept, story, promise) as place
    from stated
)

select
    placed.story,
    placed.promise,
    counted.*,
    case placed.side
        when 'broken' then -placed.place
        when 'kept' then placed.place
        else placed.place + case
            when counted.kept_count < $most_blocks then counted.kept_count else $most_blocks
        end + case
            when placed.side = 'late' then 0
            when counted.late_count < $most_blocks then counted.late_count
            else $most_blocks
        end
    end as slot
from placed
inner join counted on placed.company = counted.company
where placed.place <= $most_blocks;
