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

-- One row:  per encounter in which a customer turned to a company where staff must answer, with how often, and whether
--           it was failure demand: a contact that would not have been, had the company got it right before.
-- Reason:   an encounter of several contacts of a kind tells their number in the event that says so.
-- Caution:  contacts of neither demand (thanks, news) are left out; a call that nobody answers reaches no staff and
--           costs the customer alone.
create or replace view customer_contact as
with repeated as (
    select
        effort_event.story,
        effort_event.step,
        max(effort_event.times) as times
    from effort_event
    inner join codebook_drivers on effort_event.driver = codebook_drivers.code
    where
        codebook_drivers.failure_demand
        -- what happened once changes nothing, and most did
        and effort_event.times > 1
    group by effort_event.story, effort_event.step
)

select
    service_encounter.story,
    service_encounter.company,
    service_encounter.step,
    service_encounter.job,
    service_encounter.touchpoint,
    codebook_touchpoints.channel,
    service_encounter.demand,
    greatest(1, coalesce(repeated.times, 1)) as contacts
from service_encounter
inner join codebook_touchpoints on service_encounter.touchpoint = codebook_touchpoints.code
left join repeated
    on service_encounter.story = repeated.story and service_encounter.step = repeated.step
where
    codebook_touchpoints.is_contact
    and service_encounter.started_by = 'customer'
    and service_encounter.demand is not null;
