-- Question: Which companies are rated unusually low or high for their sector?
-- One row:  per company of one sector, with five stories or more that say how the customer felt. It is the chosen
--           sector with most such companies. Without limits it has companies with fewer stories too.
-- Columns:  company, sector, experience, low_95, high_95, low_998, high_998, side, sector_experience,
--           within_variance, between_variance, field_count, few_count, sector_count, limit_reason, story_count,
--           company_count, compared_count, company_order
-- Caution:  The limits hold 95 and 99.8 of 100 companies with so many stories. They rest on the chance in stories, and
--           on how far the field_count companies of the sector differ. side is 'above' or 'below' beyond the outer
--           limits, without any one story too. limit_reason says why limits are empty. 'too few': under four companies
--           with five stories, or a company with fewer. 'same': no company's stories differ. 'chosen by hall': a hall
--           is chosen. Companies are compared whatever the jobs of their customers. few_count companies with fewer
--           stories are left out. Of more than 200 companies (company_count) those with most stories are shown.
with felt as (
    select
        company,
        sector,
        experience_count as story_count,
        mean_experience as experience,
        experience_variance,
        worst_experience,
        best_experience,
        experience_count >= fewest_rated() as has_enough,
        is_let_through(company, $companies) as is_chosen
    from
        chosen_company(
            null, null, $story_kind, null, $sectors, $jobs, $touchpoints, $halls, $since, $until
        )
    where experience_count > 0
),

sector as (
    select
        sector,
        count_if(has_enough) as field_count,
        count(*) over () as sector_count
    from felt
    group by sector
    having bool_or(is_chosen)
    qualify row_number() over (order by field_count desc, count(*) desc, sum(story_count) desc, sector) = 1
),

-- the limits are those of all companies of the sector, so that a choice of companies moves no limit
field as (
    select
        case
            when $halls is null
                then place_in_funnel(
                    list(felt.story_count order by felt.company),
                    list(felt.experience order by felt.company),
                    list(felt.experience_variance order by felt.company),
                    list(felt.worst_experience order by felt.company),
                    list(felt.best_experience order by felt.company)
                )
        end as funnel,
        list(felt.company order by felt.company) as companies
    from felt
    inner join sector on felt.sector = sector.sector
    where felt.has_enough
),

limited as (
    select
        unnest(field.companies) as company,
        unnest((field.funnel).companies) as bounds
    from field
    where field.funnel is not null
),

drawn as (
    select
        felt.*,
        sector.field_count,
        sector.sector_count,
        field.funnel,
        -- beside limits only companies that they are for
        case when field.funnel is not null and bool_or(felt.has_enough) over () then not felt.has_enough else false end
            as is_left_out
    from felt
    inner join sector on felt.sector = sector.sector
    cross join field
    where felt.is_chosen
),

left_out as (
    select count(*) as few_count
    from drawn
    where is_left_out
),

shown as (
    select
        drawn.*,
        left_out.few_count,
        count(*) over () as company_count
    from drawn
    cross join left_out
    where not drawn.is_left_out
    qualify row_number() over (order by drawn.story_count desc, drawn.company) <= most_dots()
)

select
    shown.company,
    shown.sector,
    shown.experience,
    case when limited.company is not null then greatest(limited.bounds.low_95, -5) end as low_95,
    case when limited.company is not null then least(limited.bounds.high_95, 5) end as high_95,
    case when limited.company is not null then greatest(limited.bounds.low_998, -5) end as low_998,
    case when limited.company is not null then least(limited.bounds.high_998, 5) end as high_998,
    limited.bounds.side,
    shown.funnel.centre as sector_experience,
    shown.funnel.within_variance,
    shown.funnel.between_variance,
    shown.field_count,
    shown.few_count,
    shown.sector_count,
    case
        when limited.company is not null then null
        when $halls is not null then 'chosen by hall'
        when shown.funnel is null and shown.field_count >= 4 then 'same'
        else 'too few'
    end as limit_reason,
    shown.story_count,
    shown.company_count,
    least(shown.company_count, most_dots()) as compared_count,
    row_number() over (order by shown.experience desc, shown.company) as company_order
from shown
left join limited on shown.company = limited.company
order by company_order;
