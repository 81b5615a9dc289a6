-- Question: Do the stories with most effort leave the worst impression?
-- One row:  per chosen story that was read for effort. Stories that state no feeling come last, without an experience.
--           If there are too many stories to name, one row per box of effort and experience, without a story. Those
--           without a feeling are then one row. Up to three stories that are alone in their box and far from the rest
--           keep their own rows.
-- Columns:  story, title, company, effort_points, experience, hall, story_count, box, box_points, box_width,
--           box_experience
-- Caution:  A handful of chosen stories shows no law: each dot is one story. Of over 60 stories a row may count
--           several. Its effort_points and experience are then means. Such a box counts the stories from box_points on,
--           box_width points wide. box has the least and most points and experience. box_experience lies in one hall,
--           as it is cut towards 0.
with chosen as (
    select
        story,
        title,
        company,
        effort_points,
        experience,
        hall,
        experience is null as is_silent
    from chosen_story($story_kind, $companies, $sectors, $jobs, $touchpoints, $halls, $since, $until)
    where effort_points is not null
),

-- counted first, so that no window carries the titles of a million stories
side as (
    select
        is_silent,
        count(*) > most_own_dots() as is_many,
        avg(effort_points) as mean_points,
        stddev_pop(effort_points) as sd_points,
        avg(experience) as mean_experience,
        stddev_pop(experience) as sd_experience,
        -- at most thirty boxes from no work to the most
        coalesce(
            list_min(
                list_filter([1, 2, 5, 10, 20, 50, 100, 200, 500, 1000], lambda width: max(effort_points) / width < 30)
            ),
            ceil(max(effort_points) / 29)
        ) as box_width
    from chosen
    group by is_silent
),

boxed as (
    select
        chosen.is_silent,
        chosen.hall,
        case when not chosen.is_silent then side.box_width * floor(chosen.effort_points / side.box_width) end
            as box_points,
        case when not chosen.is_silent then side.box_width end as box_width,
        trunc(chosen.experience) as box_experience,
        count(*) as story_count,
        min(chosen.story) as story,
        avg(chosen.effort_points) as effort_points,
        avg(chosen.experience) as experience,
        min(chosen.effort_points) as least_points,
        max(chosen.effort_points) as most_points,
        min(chosen.experience) as worst,
        max(chosen.experience) as best,
        -- from the mean of all, in squared standard deviations
        coalesce(pow((avg(chosen.effort_points) - side.mean_points) / nullif(side.sd_points, 0), 2), 0)
        + coalesce(pow((avg(chosen.experience) - side.mean_experience) / nullif(side.sd_experience, 0), 2), 0)
            as distance
    from chosen
    inner join side on chosen.is_silent = side.is_silent
    where side.is_many
    group by
        chosen.is_silent, chosen.hall, box_points, box_experience,
        side.box_width, side.mean_points, side.sd_points, side.mean_experience, side.sd_experience
),

ranked as (
    select
        boxed.*,
        row_number() over (
            partition by boxed.is_silent, boxed.story_count = 1
            order by boxed.distance desc, boxed.story
        ) as place
    from boxed
),

outlier as (
    select story
    from ranked
    where story_count = 1 and not is_silent and place <= 3 and distance >= 9
),

drawn as (
    select
        chosen.story,
        chosen.title,
        chosen.company,
        chosen.effort_points,
        chosen.experience,
        chosen.hall,
        1 as story_count,
        null as box,
        null as box_points,
        null as box_width,
        null as box_experience
    from chosen
    inner join side on chosen.is_silent = side.is_silent
    where not side.is_many or chosen.story in (select outlier.story from outlier)
    union all
    select
        null,
        null,
        null,
        effort_points,
        experience,
        hall,
        story_count,
        case when not is_silent then concat_ws(':', least_points, most_points, worst, best) end,
        box_points,
        box_width,
        box_experience
    from ranked
    where story is null or story not in (select outlier.story from outlier)
)

select
    story,
    title,
    company,
    effort_points,
    experience,
    hall,
    story_count,
    box,
    box_points,
    box_width,
    box_experience
from drawn
order by experience desc nulls last, effort_points, story;
