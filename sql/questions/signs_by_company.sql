-- Question: Which company shows which of the six signs?
-- One row:  per company with chosen stories and sign, the famed companies first, in the order of the signs; with
--           $most, the first $most companies.
-- Columns:  company, hall, sign, sign_label, shown_count, not_shown_count, not_told_count, story_count,
--           company_count, position
-- Caution:  the signs were drawn from one famed account and are tried here on the others. A sign that an account does
--           not tell of is neither shown nor missing.
with chosen as (
    select
        company,
        story,
        experience
    from chosen_story($companies, $sectors, $jobs, $touchpoints, $halls, $since, $until)
),

company as (
    select
        company,
        hall(avg(experience)) as hall,
        count(*) over () as company_count
    from chosen
    group by company
),

placed as (
    select
        company,
        hall,
        company_count,
        row_number() over (order by list_position(['fame', 'mixed', 'shame'], hall) nulls last, company) as place
    from company
)

select
    placed.company,
    placed.hall,
    codebook_signs.code as sign,
    codebook_signs.label as sign_label,
    count(*) filter (where sign.shown) as shown_count,
    count(*) filter (where not sign.shown) as not_shown_count,
    count(*) filter (where sign.shown is null) as not_told_count,
    count(*) as story_count,
    placed.company_count,
    codebook_signs.position
from placed
inner join chosen on placed.company = chosen.company
cross join codebook_signs
left join sign on codebook_signs.code = sign.sign and chosen.story = sign.story
where placed.place <= coalesce($most, 9223372036854775807)
group by
    placed.company,
    placed.hall,
    placed.place,
    placed.company_count,
    codebook_signs.code,
    codebook_signs.label,
    codebook_signs.position
order by placed.place, codebook_signs.position;
