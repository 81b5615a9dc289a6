with compared as (
    select company
    from published_story
    group by company
    order by count(*) desc, company
    limit $most_columns
),

chosen as (
    select
        story,
        company
    from published_story
    where company in (select compared.company from compared)
),

met as (
    select
        chosen.company,
        encounter.touchpoint,
        count(*) as encounter_count,
        count(encounter.feeling) as feeling_count,
        avg(encounter.feeling) as mean_feeling,
        min(encounter.feeling) as lowest_feeling,
        max(encounter.feeling) as highest_feeling,
        count(distinct encounter.story) as story_count
    from encounter
    inner join chosen on encounter.story = chosen.story
    group by chosen.company, encounter.touchpoint
)

select *
from met;
