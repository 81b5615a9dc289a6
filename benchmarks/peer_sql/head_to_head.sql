with serving as (
    select
        company,
        story,
        step,
        is_read
    from served
    where company in ($left, $right) and job = $job
),

remembered as (
    select
        serving.company,
        serving.story,
        max(case when serving.is_read then 1 end) as is_read,
        max((abs(encounter.feeling) * 100000 + encounter.step) * 16 + encounter.feeling + 5) % 16 - 5 as peak,
        max(encounter.step * 16 + encounter.feeling + 5) % 16 - 5 as ending
    from serving
    inner join encounter on serving.story = encounter.story and serving.step = encounter.step
    group by serving.company, serving.story
),

side as (
    select
        company,
        nullif(count(is_read), 0) as story_count,
        case
            when avg(peak + ending) >= 4 then 'fame'
            when avg(peak + ending) <= -4 then 'shame'
            when count(peak) > 0 then 'mixed'
        end as hall
    from remembered
    group by company
),

pair as (
    select
        worked_event.driver,
        sum(case when serving.company = $left then worked_event.points else 0 end) as left_sum,
        sum(case when serving.company = $right then worked_event.points else 0 end) as right_sum,
        sum(case when serving.company = $left then 1 else 0 end) as left_events,
        sum(case when serving.company = $right then 1 else 0 end) as right_events
    from serving
    inner join worked_event on serving.story = worked_event.story and serving.step = worked_event.step
    group by worked_event.driver
)

select
    pair.driver,
    pair.left_sum / left_side.story_count as left_points,
    pair.right_sum / right_side.story_count as right_points,
    pair.left_sum / left_side.story_count - pair.right_sum / right_side.story_count as difference,
    pair.left_events,
    pair.right_events,
    sum(pair.left_sum) over () / left_side.story_count as left_total,
    sum(pair.right_sum) over () / right_side.story_count as right_total,
    sum(pair.left_sum) over () / left_side.story_count
    - sum(pair.right_sum) over () / right_side.story_count as total_difference,
    left_side.hall as left_hall,
    right_side.hall as right_hall,
    left_side.story_count as left_stories,
    right_side.story_count as right_stories
from pair
left join side as left_side on left_side.company = $left
left join side as right_side on right_side.company = $right;
