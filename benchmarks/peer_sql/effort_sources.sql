select
    worked_event.driver,
    sum(worked_event.points) as points,
    sum(worked_event.points) / nullif(sum(sum(worked_event.points)) over (), 0) as share,
    count(*) as events,
    sum(worked_event.times) as times,
    count(distinct published_story.company) as companies,
    count(distinct worked_event.story) as story_count
from worked_event
inner join published_story on worked_event.story = published_story.story
group by worked_event.driver;
