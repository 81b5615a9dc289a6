-- Question: How many of the contacts with a company should not have been necessary?
-- One row:  per company that a customer contacted in the chosen stories, and per demand, failure before value. The
--           company with the largest avoidable share comes first, among the 30 with most stories.
-- Columns:  company, demand, contacts, company_contacts, avoidable_contacts, avoidable_share, resolved_stories,
--           contacts_per_resolved, hours, hours_per_story, story_count, company_stories, company_count, compared_count,
--           company_order
-- Caution:  contacts are those that a customer started and staff must answer. The avoidable ones are failure demand.
--           contacts_per_resolved is empty where no request was resolved. hours are the effort points of the company's
--           stories that were read for effort, at five minutes a point. They are empty if no story was read for effort.
--           Companies with complaints are left out, because every complaint comes from a failure. Of more than 30
--           companies (company_count), those with most stories are shown.
with filed as (
    select company
    from complaint
    where is_kind('complaint', $story_kind)
),

chosen as (
    select
        story,
        company,
        outcome,
        do_points
    from chosen_story($story_kind, $companies, $sectors, $jobs, $touchpoints, $halls, $since, $until)
    where company not in (select filed.company from filed)
),

company_story as (
    select
        chosen.company,
        count(*) as company_stories,
        count(*) filter (where codebook_outcomes.is_resolved) as resolved_stories,
        sum(chosen.do_points) * minutes_per_point() / 60 as hours,
        count(chosen.do_points) as effort_count
    from chosen
    inner join codebook_outcomes on chosen.outcome = codebook_outcomes.code
    group by chosen.company
),

contacted as (
    select
        company,
        demand,
        contacts,
        story_count
    from chosen_contact($story_kind, $companies, $sectors, $jobs, $touchpoints, $halls, $since, $until)
    where touchpoint is null
),

shared as (
    select
        company,
        demand,
        contacts,
        story_count,
        sum(contacts) over company_window::bigint as company_contacts,
        -- a company all of whose contacts were needed has none that could have been avoided
        coalesce(sum(contacts) filter (where demand = 'failure') over company_window, 0)::bigint as avoidable_contacts
    from contacted
    window company_window as (partition by company)
),

compared as (
    select
        company_story.company,
        count(*) over () as company_count
    from company_story
    where company_story.company in (select contacted.company from contacted)
    qualify row_number() over (order by company_story.company_stories desc, company_story.company) <= most_rows()
)

select
    shared.company,
    shared.demand,
    shared.contacts,
    shared.company_contacts,
    shared.avoidable_contacts,
    shared.avoidable_contacts / shared.company_contacts as avoidable_share,
    company_story.resolved_stories,
    shared.company_contacts / nullif(company_story.resolved_stories, 0) as contacts_per_resolved,
    company_story.hours,
    company_story.hours / nullif(company_story.effort_count, 0) as hours_per_story,
    shared.story_count,
    company_story.company_stories,
    compared.company_count,
    least(compared.company_count, most_rows()) as compared_count,
    dense_rank() over (
        order by
            shared.avoidable_contacts / shared.company_contacts desc,
            shared.avoidable_contacts desc,
            shared.company
    ) as company_order
from shared
inner join company_story on shared.company = company_story.company
inner join compared on shared.company = compared.company
order by company_order, shared.demand;
