with stated as (
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
    from stated
    group by company
    order by count(*) desc, company
    limit $most_rows
)

select
    remembered.*,
    stated.story,
    stated.experience,
    stated.peak,
    stated.ending,
    stated.hall
from remembered
left join stated on remembered.company = stated.company and remembered.story_count <= $most_own_dots;
