with chosen as (
    select
        published_story.story,
        story_experience.hall
    from published_story
    inner join story_experience on published_story.story = story_experience.story
    where story_experience.hall in ('fame', 'shame') and published_story.read_signs = 'whole'
),

hall_story as (
    select
        hall,
        count(*) as story_count
    from chosen
    group by hall
),

stated as (
    select
        chosen.hall,
        sign.sign,
        sum(case when sign.shown then 1 else 0 end) as shown_count,
        sum(case when sign.shown then 0 else 1 end) as not_shown_count
    from sign
    inner join chosen on sign.story = chosen.story
    where sign.shown is not null
    group by chosen.hall, sign.sign
),

counted as (
    select
        codebook_signs.code as sign,
        hall_story.hall,
        hall_story.story_count,
        coalesce(stated.shown_count, 0) as shown_count,
        coalesce(stated.not_shown_count, 0) as not_shown_count,
        coalesce(stated.shown_count + stated.not_shown_count, 0) as told_count
    from hall_story
    cross join codebook_signs
    left join stated on hall_story.hall = stated.hall and codebook_signs.code = stated.sign
)

select
    *,
    story_count - told_count as not_told_count,
    shown_count * 1.0 / nullif(told_count, 0) as shown_share,
    shown_count * 1.0 / story_count as shown_of_all,
    told_count * 1.0 / story_count as told_of_all
from counted;
