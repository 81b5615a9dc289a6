select
    published_story.company,
    count(*) as story_count,
    avg(coalesce(story_effort.effort_points, 0)) as mean_points,
    min(coalesce(story_effort.effort_points, 0)) as least_points,
    max(coalesce(story_effort.effort_points, 0)) as most_points,
    avg(coalesce(story_effort.do_points, 0)) as do_points,
    avg(coalesce(story_effort.feel_points, 0)) as feel_points,
    100 * avg(coalesce(story_effort.effort_points, 0))
    / (avg(coalesce(story_effort.effort_points, 0)) + 10) as effort_score,
    avg(story_experience.experience) as experience,
    min(story_experience.experience) as worst_experience,
    max(story_experience.experience) as best_experience,
    count(story_experience.experience) as experience_count,
    case
        when avg(story_experience.experience) >= 2 then 'fame'
        when avg(story_experience.experience) <= -2 then 'shame'
        when avg(story_experience.experience) is not null then 'mixed'
    end as hall
from published_story
left join story_effort on published_story.story = story_effort.story
left join story_experience on published_story.story = story_experience.story
group by published_story.company;
