-- One row:  per thing that failing costs a company, GBP each, from and to: the codebook's, or the reader's own, written
--           item:low:high. NULL where neither says.
-- The macro's parameters stand unqualified, which the linter takes for columns.
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

-- One row:  per encounter in which a customer tried to reach staff, and demand: how many contacts, and how many of
--           them somebody answered. Failure demand is a contact that would not have been, had the company got it right
--           before.
-- Reason:   had the first of several attempts been answered, one contact was still needed. So of a run of attempts
--           that nobody answers (is_unanswered in the codebook) and the answered contact that ends it, one contact is
--           value demand if any of the run is coded so: the answered one, or the first where nobody ever answers. The
--           others are failure demand. A run that is coded as failure demand throughout needed no contact at all.
-- Reason:   the matter is the job that the encounters serve, as no other column says what a contact was about.
-- Reason:   an encounter of several contacts of a kind gives their number in the event that says so. A contact carries
--           one code, so attempts and answered contacts of an encounter add up.
-- Caution:  contacts of neither demand (thanks, news) are left out. An attempt counts at any touchpoint, as it costs
--           the customer; one that nobody answers costs the company no staff.
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
        -- outside a run a contact is what it was coded as
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

-- One row:  per story, touchpoint and effort type whose events made contacts or parcels that would not have been: what
--           the company would save without them, counted by the item that has a price.
-- Caution:  a contact is saved only if it was avoidable (customer_contact) and somebody answered it; a parcel where an
--           item names its effort type.
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
