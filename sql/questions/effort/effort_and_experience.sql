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
        experience is null as is_silent
    from chosen_story($companies, $sectors, $jobs, $touchpoints, $halls, $since, $until)
),

-- counted first, so that no window carries the titles of a million stories
side as (
    select
        is_silent,
        -- silent stories are not drawn and need no row each
        count(*) > case when is_silent then most_own_dots() else most_dots() end as is_many,
        max(effort_points) as most_points
    from chosen
    group by is_silent
),

drawn as (
    select
        chosen.story,
        chosen.title,
        chosen.company,
        chosen.effort_points,
        chosen.experience,
        chosen.hall,
        1 as story_count
    from chosen
    inner join side on chosen.is_silent = side.is_silent
    where not side.is_many
    union all
    select
        null,
        null,
        null,
        avg(chosen.effort_points),
        chosen.experience,
        chosen.hall,
        count(*)
    from chosen
    inner join side on chosen.is_silent = side.is_silent
    where side.is_many
    -- forty fields from no work to the most, one for each step of experience; silent stories have one field
    group by
        chosen.experience, chosen.hall,
        case
            when not chosen.is_silent
                then least(floor(40 * chosen.effort_points / nullif(side.most_points, 0)), 39)
        end
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
