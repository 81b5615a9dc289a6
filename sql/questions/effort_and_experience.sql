-- Question: Do the stories that ask for most work leave the worst memory?
-- One row:  per chosen story; those that tell no feeling last, with NULL for experience. Where more stories tell one
--           than can be drawn, per field of effort and experience (story is NULL), the silent ones in one row.
-- Columns:  story, title, company, effort_points, experience, hall, story_count
-- Caution:  a handful of picked stories shows no law: read the dots as the accounts they are. Of over 2,000 stories a
--           dot stands for all in a field, by the middle of their points.
with chosen as (
    select
        story,
        title,
        company,
        effort_points,
        experience,
        hall,
        -- silent stories are not drawn and need no row each
        case
            when experience is null then count(*) over (partition by experience is null) > most_own_dots()
            else count(*) over (partition by experience is null) > most_dots()
        end as is_many,
        max(effort_points) over (partition by experience is null) as most_points
    from chosen_story($companies, $sectors, $jobs, $touchpoints, $halls, $since, $until)
),

drawn as (
    select
        story,
        title,
        company,
        effort_points,
        experience,
        hall,
        1 as story_count
    from chosen
    where not is_many
    union all
    select
        null,
        null,
        null,
        avg(effort_points),
        experience,
        hall,
        count(*)
    from chosen
    where is_many
    -- forty fields from no work to the most, one for each step of experience; silent stories have one field
    group by
        experience, hall,
        case when experience is not null then least(floor(40 * effort_points / nullif(most_points, 0)), 39) end
)

select
    story,
    title,
    company,
    effort_points,
    experience,
    hall,
    story_count
from drawn
order by experience desc nulls last, effort_points, story;
