-- Question: Which signs of care do companies show in the hall of fame and not in the hall of shame?
-- One row:  per sign and hall among the chosen stories that are in a hall, in the order of the signs.
-- Columns:  sign, sign_label, hall, shown_count, not_shown_count, not_told_count, told_count, shown_share,
--           shown_of_all, told_of_all, mentioning_count, story_count, position
-- Caution:  shown_share is of the stories that mention the sign, and empty without any. shown_of_all and told_of_all
--           are shares of all stories of the hall. mentioning_count has the stories that mention any sign. The signs
--           come from one story and are tried here on the others.
with chosen as (
    select
        story,
        hall
    from chosen_story($story_kind, $companies, $sectors, $jobs, $touchpoints, $halls, $since, $until)
    where hall in ('fame', 'shame') and read_signs = 'whole'
),

hall_story as (
    select
        hall,
        count(*) as story_count
    from chosen
    group by hall
),

-- signs are told of by few: those are joined, and the silent stories are the rest
told as (
    select
        sign.sign,
        chosen.hall,
        count(*) filter (where sign.shown) as shown_count,
        count(*) filter (where not sign.shown) as not_shown_count
    from sign
    inner join chosen on sign.story = chosen.story
    where sign.shown is not null
    group by sign.sign, chosen.hall
),

mentioned as (
    select
        chosen.hall,
        count(distinct chosen.story) as mentioning_count
    from chosen
    inner join sign on chosen.story = sign.story
    where sign.shown is not null
    group by chosen.hall
),

counted as (
    select
        codebook_signs.code as sign,
        codebook_signs.label as sign_label,
        codebook_signs.position,
        hall_story.hall,
        hall_story.story_count,
        coalesce(mentioned.mentioning_count, 0) as mentioning_count,
        -- a sign of which no story of the hall tells is shown by none
        coalesce(told.shown_count, 0) as shown_count,
        coalesce(told.not_shown_count, 0) as not_shown_count
    from codebook_signs
    cross join hall_story
    left join told on codebook_signs.code = told.sign and hall_story.hall = told.hall
    left join mentioned on hall_story.hall = mentioned.hall
)

select
    sign,
    sign_label,
    hall,
    shown_count,
    not_shown_count,
    story_count - shown_count - not_shown_count as not_told_count,
    shown_count + not_shown_count as told_count,
    shown_count / nullif(shown_count + not_shown_count, 0) as shown_share,
    shown_count / story_count as shown_of_all,
    (shown_count + not_shown_count) / story_count as told_of_all,
    mentioning_count,
    story_count,
    position
from counted
order by position, hall;
