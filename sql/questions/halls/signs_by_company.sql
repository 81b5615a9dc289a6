-- Question: Which company shows which of the six signs?
-- One row:  per company with chosen stories and per sign, in the order of the signs. Companies of the hall of fame come
--           first, the best experience first. With $most, only the first $most companies are shown, those whose stories
--           mention a sign first.
-- Columns:  company, hall, hall_reason, sign, sign_label, shown_count, not_shown_count, not_told_count, story_count,
--           company_count, telling_count, position
-- Caution:  The signs come from one story and are tried here on the others. A sign that a story does not mention is
--           unknown. telling_count has the companies whose stories mention any. If hall is empty, hall_reason says why,
--           as in company_scores.
with chosen as (
    select
        company,
        story
    from chosen_story($story_kind, $companies, $sectors, $jobs, $touchpoints, $halls, $since, $until)
    where read_signs = 'whole'
),

company as (
    select
        chosen.company,
        any_value(placed.experience) as experience,
        any_value(placed.hall) as hall,
        any_value(placed.hall_reason) as hall_reason,
        count(*) as story_count,
        count(*) over () as company_count
    from chosen
    left join
        company_hall($story_kind, $jobs, $touchpoints, $halls, $since, $until) as placed
        on chosen.company = placed.company
    group by chosen.company
),

-- signs are told of by few: those are joined, and the silent stories are the rest
told as (
    select
        chosen.company,
        sign.sign,
        count(*) filter (where sign.shown) as shown_count,
        count(*) filter (where not sign.shown) as not_shown_count
    from sign
    inner join chosen on sign.story = chosen.story
    where sign.shown is not null
    group by chosen.company, sign.sign
),

placed as (
    select
        company,
        hall,
        hall_reason,
        story_count,
        company_count,
        row_number() over (
            order by
                -- all there is room for stand in the order of the halls
                coalesce(company_count > $most, false) and company not in (select told.company from told),
                list_position(['fame', 'mixed', 'shame'], hall) nulls last,
                experience desc nulls last,
                company
        ) as place
    from company
),

counted as (
    select
        placed.company,
        placed.hall,
        placed.hall_reason,
        placed.place,
        placed.story_count,
        placed.company_count,
        codebook_signs.code as sign,
        codebook_signs.label as sign_label,
        codebook_signs.position,
        -- a sign of which no story tells is shown by none
        coalesce(told.shown_count, 0) as shown_count,
        coalesce(told.not_shown_count, 0) as not_shown_count
    from placed
    cross join codebook_signs
    left join told on placed.company = told.company and codebook_signs.code = told.sign
    where placed.place <= coalesce($most, 9223372036854775807)
)

select
    company,
    hall,
    hall_reason,
    sign,
    sign_label,
    shown_count,
    not_shown_count,
    story_count - shown_count - not_shown_count as not_told_count,
    story_count,
    company_count,
    (select count(distinct told.company) from told) as telling_count,
    position
from counted
order by place, position;
