with met as (
    select
        encounter.touchpoint,
        published_story.company,
        avg(encounter.feeling) as mean_feeling,
        count(*) as feeling_count,
        count(distinct encounter.story) as story_count
    from encounter
    inner join published_story on encounter.story = published_story.story
    where encounter.feeling is not null
    group by encounter.touchpoint, published_story.company
),

placed as (
    select
        *,
        row_number() over (partition by touchpoint order by mean_feeling desc, company) as best_place,
        row_number() over (partition by touchpoint order by mean_feeling, company) as worst_place
    from met
)

select
    touchpoint,
    case
        when max(mean_feeling) > 0 and min(mean_feeling) < 0 then 'depends'
        when max(mean_feeling) > 0 then 'won'
        when min(mean_feeling) < 0 then 'lost'
        else 'neither'
    end as goodwill,
    avg(mean_feeling) as mean_feeling,
    count(*) as companies,
    sum(case when mean_feeling > 0 then 1 else 0 end) as won_companies,
    sum(case when mean_feeling < 0 then 1 else 0 end) as lost_companies,
    max(case when best_place = 1 then company end) as best_company,
    max(mean_feeling) as best_feeling,
    max(case when worst_place = 1 then company end) as worst_company,
    min(mean_feeling) as worst_feeling,
    sum(feeling_count) as feeling_count,
    sum(story_count) as story_count
from placed
group by touchpoint;
