with contacted as (
    select
        uncomplained_story.company,
        customer_contacted.demand,
        sum(customer_contacted.contacts) as contacts,
        count(distinct customer_contacted.story) as story_count
    from customer_contacted
    inner join uncomplained_story on customer_contacted.story = uncomplained_story.story
    group by uncomplained_story.company, customer_contacted.demand
),

compared as (
    select
        company,
        count(*) as company_stories
    from uncomplained_story
    where company in (select contacted.company from contacted)
    group by company
    order by count(*) desc, company
    limit $most_rows
),

company_story as (
    select
        compared.company,
        compared.company_stories,
        sum(case when codebook_outcomes.is_resolved then 1 else 0 end) as resolved_stories,
        sum(story_effort.do_points) * 5 / 60 as hours,
        count(story_effort.do_points) as effort_count
    from compared
    inner join published_story on compared.company = published_story.company
    inner join codebook_outcomes on published_story.outcome = codebook_outcomes.code
    left join story_effort on published_story.story = story_effort.story
    group by compared.company, compared.company_stories
),

shared as (
    select
        company,
        sum(contacts) as company_contacts,
        sum(case when demand = 'failure' then contacts else 0 end) as avoidable_contacts
    from contacted
    group by company
)

select
    contacted.company,
    contacted.demand,
    contacted.contacts,
    shared.company_contacts,
    shared.avoidable_contacts,
    shared.avoidable_contacts * 1.0 / shared.company_contacts as avoidable_share,
    company_story.resolved_stories,
    shared.company_contacts * 1.0 / nullif(company_story.resolved_stories, 0) as contacts_per_resolved,
    company_story.hours,
    company_story.hours / nullif(company_story.effort_count, 0) as hours_per_story,
    contacted.story_count,
    company_story.company_stories
from contacted
inner join shared on contacted.company = shared.company
inner join company_story on contacted.company = company_story.company;
