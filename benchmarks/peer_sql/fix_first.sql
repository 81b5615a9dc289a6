with company_story as (
    select
        company,
        count(*) as company_stories,
        row_number() over (order by count(*) desc, company) as place
    from read_story
    group by company
),

cell as (
    select
        read_story.company,
        encounter.touchpoint,
        worked_event.driver,
        worked_event.kind,
        worked_event.failure_demand,
        sum(worked_event.points) as points,
        sum(worked_event.times) as times,
        count(*) as events,
        count(distinct worked_event.story) as story_count
    from worked_event
    inner join encounter on worked_event.story = encounter.story and worked_event.step = encounter.step
    inner join read_story on worked_event.story = read_story.story
    group by
        read_story.company,
        encounter.touchpoint,
        worked_event.driver,
        worked_event.kind,
        worked_event.failure_demand
),

shared as (
    select
        *,
        points / nullif(sum(points) over (), 0) as share
    from cell
)

select
    shared.company,
    shared.touchpoint,
    shared.driver,
    shared.points,
    shared.points / company_story.company_stories as points_per_story,
    shared.share,
    case when shared.kind = 'do' then shared.points * 5 / 60 / company_story.company_stories end as hours_per_story,
    shared.times * unit.low / company_story.company_stories as saved_low,
    shared.times * unit.high / company_story.company_stories as saved_high,
    shared.events,
    shared.story_count
from shared
inner join company_story on shared.company = company_story.company
inner join codebook_touchpoints on shared.touchpoint = codebook_touchpoints.code
left join codebook_costs as parcel on shared.driver = parcel.driver
left join codebook_costs as unit
    on
        unit.code = case
            when shared.failure_demand and codebook_touchpoints.is_contact then codebook_touchpoints.channel
            else parcel.code
        end
where company_story.place <= $most_rows
order by points_per_story desc, saved_high desc nulls last, shared.company, shared.touchpoint, shared.driver
limit $most;
