with serving as (
    select
        company,
        job,
        story,
        step
    from served
    where company in ($left, $right) and is_read
),

story_count as (
    select
        company,
        job,
        count(distinct story) as stories
    from serving
    group by company, job
),

worked as (
    select
        serving.company,
        serving.job,
        sum(worked_event.points) as points
    from serving
    inner join worked_event on serving.story = worked_event.story and serving.step = worked_event.step
    group by serving.company, serving.job
),

side as (
    select
        story_count.company,
        story_count.job,
        story_count.stories,
        coalesce(worked.points, 0) / story_count.stories as points
    from story_count
    left join worked on story_count.company = worked.company and story_count.job = worked.job
),

pair as (
    select
        left_side.job,
        left_side.points as left_points,
        right_side.points as right_points,
        left_side.points - right_side.points as difference,
        left_side.stories as left_stories,
        right_side.stories as right_stories
    from side as left_side
    inner join side as right_side on left_side.job = right_side.job
    where left_side.company = $left and right_side.company = $right
)

select
    pair.*,
    count(*) over () as pair_count,
    avg(pair.difference) over () as mean_difference
from pair;
