-- One row:  per item that failing costs a company, with its cost in GBP, from and to. The reader's own cost, written
--           item:low:high, replaces that of the codebook. NULL where neither gives one.
-- The linter takes unqualified parameters of a macro for columns.
-- noqa: disable=RF02,RF03
create or replace macro unit_cost(costs) as table
    with own as (
        select
            split_part(entry.said, ':', 1) as item,
            max(split_part(entry.said, ':', 2)::double) as low,
            max(split_part(entry.said, ':', 3)::double) as high
        from (select unnest(costs::varchar[]) as said) as entry
        group by split_part(entry.said, ':', 1)
    )

    select
        codebook_costs.code as item,
        codebook_costs.label as item_label,
        codebook_costs.basis,
        codebook_costs.driver,
        coalesce(own.low, codebook_costs.low) as low,
        coalesce(own.high, codebook_costs.high) as high,
        case when own.item is null then codebook_costs.year end as year,
        case when own.item is null then codebook_costs.source else 'The reader''s own assumption' end as source
    from codebook_costs
    left join own on codebook_costs.code = own.item;

-- One row:  per demand of each encounter in which a customer tried to reach staff: the number of contacts, and of
--           answered ones. Failure demand is a contact that a company's earlier failure made necessary.
-- Reason:   an answer to the first of several attempts would still have been one contact. A run is a row of attempts
--           that nobody answers (is_unanswered in the codebook), with the answered contact that ends it. If any of a
--           run is coded as value demand, one contact is: the answered one, or the first where nobody ever answers.
--           The others are failure demand. A run coded as failure demand throughout needed no contact at all.
-- Reason:   contacts of one run serve the same job, because no other column gives the matter of a contact.
-- Reason:   an event gives the number of contacts of its kind in an encounter. A contact has one code, so attempts and
--           answered contacts of an encounter add up.
-- Caution:  contacts of neither demand (thanks, news) do not count. An attempt counts at any touchpoint, because it
--           costs the customer. An attempt without an answer costs the company no staff.
create or replace view customer_contact as
with counted as (
    select
        effort_event.story,
        effort_event.step,
        coalesce(sum(effort_event.times) filter (where codebook_drivers.is_unanswered), 0)::bigint as attempts,
        max(effort_event.times) filter (where not codebook_drivers.is_unanswered) as repeats
    from effort_event
    inner join codebook_drivers on effort_event.driver = codebook_drivers.code
    where codebook_drivers.failure_demand
    group by effort_event.story, effort_event.step
),

contact as (
    select
        service_encounter.story,
        service_encounter.company,
        service_encounter.step,
        service_encounter.job,
        service_encounter.touchpoint,
        codebook_touchpoints.channel,
        service_encounter.demand,
        coalesce(counted.attempts, 0) as attempts,
        case
            when not codebook_touchpoints.is_contact then 0
            when counted.attempts > 0 then coalesce(counted.repeats, 0)
            else greatest(1, coalesce(counted.repeats, 1))
        end as answered
    from service_encounter
    inner join codebook_touchpoints on service_encounter.touchpoint = codebook_touchpoints.code
    left join counted
        on service_encounter.story = counted.story and service_encounter.step = counted.step
    where
        service_encounter.started_by = 'customer'
        and service_encounter.demand is not null
        and (codebook_touchpoints.is_contact or counted.attempts > 0)
),

-- an answered contact ends a run; only stories with attempts have any, and most have none
run_of as (
    select
        story,
        step,
        job,
        demand,
        attempts,
        answered,
        count(*) filter (where answered > 0) over (
            partition by story, job
            order by step
            rows between unbounded preceding and 1 preceding
        ) as run
    from contact
    where
        story in (
            select counted.story
            from counted
            where counted.attempts > 0
        )
),

run_sum as (
    select
        story,
        job,
        run,
        min(step) as first_step,
        bool_or(demand = 'value') as is_needed,
        max(answered) > 0 as is_answered
    from run_of
    group by story, job, run
    having sum(attempts) > 0
),

in_run as (
    select
        run_of.story,
        run_of.step,
        case
            when not run_sum.is_needed then 0
            when run_sum.is_answered and run_of.answered > 0 then 1
            when not run_sum.is_answered and run_of.step = run_sum.first_step then 1
            else 0
        end as needed
    from run_of
    inner join run_sum
        on run_of.story = run_sum.story and run_of.job = run_sum.job and run_of.run = run_sum.run
),

split as (
    select
        contact.*,
        -- outside a run, the code of a contact decides
        coalesce(in_run.needed, case when contact.demand = 'value' then contact.answered else 0 end) as needed
    from contact
    left join in_run on contact.story = in_run.story and contact.step = in_run.step
)

select
    story,
    company,
    step,
    job,
    touchpoint,
    channel,
    'value' as demand,
    needed as contacts,
    least(needed, answered) as answered
from split
where needed > 0
union all
select
    story,
    company,
    step,
    job,
    touchpoint,
    channel,
    'failure' as demand,
    attempts + answered - needed as contacts,
    answered - least(needed, answered) as answered
from split
where attempts + answered > needed;

-- One row:  per story, touchpoint and effort type with avoidable contacts or parcels: the number that the company would
--           save, by the item that has a price.
-- Caution:  a saved contact is avoidable (customer_contact) and answered. A parcel counts if an item names its effort
--           type.
create or replace view avoided_item as
select
    effort_load.number,
    effort_load.touchpoint,
    effort_load.driver,
    contact_load.channel as item,
    least(sum(effort_load.times), any_value(contact_load.answered))::bigint as counted
from effort_load
inner join codebook_drivers on effort_load.driver = codebook_drivers.code
inner join contact_load on effort_load.number = contact_load.number and effort_load.step = contact_load.step
where
    codebook_drivers.failure_demand
    and not codebook_drivers.is_unanswered
    and contact_load.demand = 'failure'
    and contact_load.answered > 0
group by
    effort_load.number, effort_load.step, effort_load.touchpoint, effort_load.driver, contact_load.channel
union all
select
    effort_load.number,
    effort_load.touchpoint,
    effort_load.driver,
    codebook_costs.code as item,
    effort_load.times::bigint as counted
from effort_load
inner join codebook_costs on effort_load.driver = codebook_costs.driver;
