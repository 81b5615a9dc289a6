with told as (
    select
        published_story.company,
        story_experience.*
    from published_story
    inner join story_experience on published_story.story = story_experience.story
    where story_experience.experience is not null
),

remembered as (
    select
        company,
        count(*) as story_count,
        avg(experience) as company_experience,
        case when avg(experience) >= 2 then 'fame' when avg(experience) <= -2 then 'shame' else 'mixed' end
            as company_hall,
        min(experience) as worst_experience,
        max(experience) as best_experience
    from told
    group by company
    order by count(*) desc, company
    limit $most_rows
)

select
    remembered.*,
    told.story,
    told.experience,
    told.peak,
    told.ending,
    told.hall
from remembered
left join told on remembered.company = told.company and remembered.story_count <= $most_own_dots;
