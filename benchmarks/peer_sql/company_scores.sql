select
    published_story.company,
    count(*) as story_count,
    count(story_effort.effort_points) as effort_count,
    avg(story_effort.effort_points) as mean_points,
    min(story_effort.effort_points) as least_points,
    max(story_effort.effort_points) as most_points,
    avg(story_effort.do_points) as do_points,
    avg(story_effort.feel_points) as feel_points,
    100 * avg(story_effort.effort_points)
    / (avg(story_effort.effort_points) + 10) as effort_score,
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
