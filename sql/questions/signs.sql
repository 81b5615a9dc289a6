-- Question: Which signs of a company that earns advocates do the famed show that the shamed do not?
-- One row:  per sign and hall among the chosen stories that are in a hall, in the order of the signs.
-- Columns:  sign, sign_label, hall, shown_count, not_shown_count, not_told_count, told_count, shown_share,
--           shown_of_all, told_of_all, story_count, position
-- Caution:  shown_share is of the stories that tell; NULL where none does. shown_of_all and told_of_all are of all
--           stories of the hall. The signs were drawn from one famed account and are tried here on the others.
with chosen as (
    select
        story,
        hall
    from chosen_story($companies, $sectors, $jobs, $touchpoints, $halls, $since, $until)
    where hall in ('fame', 'shame')
),

pair as (
    select
        codebook_signs.code as sign,
        codebook_signs.label as sign_label,
        codebook_signs.position,
        chosen.story,
        chosen.hall,
        sign.shown
    from codebook_signs
    cross join chosen
    left join sign on codebook_signs.code = sign.sign and chosen.story = sign.story
)

select
    sign,
    sign_label,
    hall,
    count(*) filter (where shown) as shown_count,
    count(*) filter (where not shown) as not_shown_count,
    count(*) filter (where shown is null) as not_told_count,
    count(shown) as told_count,
    avg(shown::int) as shown_share,
    count(*) filter (where shown) / count(*) as shown_of_all,
    count(shown) / count(*) as told_of_all,
    count(*) as story_count,
    position
from pair
group by sign, sign_label, hall, position
order by position, hall;
