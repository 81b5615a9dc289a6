with counted as (
    select
        published_story.company,
        count(*) as story_count,
        case
            when avg(story_experience.experience) >= 2 then 'fame'
            when avg(story_experience.experience) <= -2 then 'shame'
            when avg(story_experience.experience) is not null then 'mixed'
        end as hall,
        count(*) over () as company_count
    from published_story
    left join story_experience on published_story.story = story_experience.story
    where published_story.read_signs = 'whole'
    group by published_story.company
),

stated as (
    select
        published_story.company,
        sign.sign,
        sum(case when sign.shown then 1 else 0 end) as shown_count,
        sum(case when sign.shown then 0 else 1 end) as not_shown_count
    from sign
    inner join published_story on sign.story = published_story.story
    where sign.shown is not null and published_story.read_signs = 'whole'
    group by published_story.company, sign.sign
),

placed as (
    select *
    from counted
    order by
        company_count > $most and company not in (select stated.company from stated),
        case hall when 'fame' then 1 when 'mixed' then 2 when 'shame' then 3 else 4 end,
        company
    limit $most
)

select
    placed.*,
    codebook_signs.code as sign,
    coalesce(stated.shown_count, 0) as shown_count,
    coalesce(stated.not_shown_count, 0) as not_shown_count,
    placed.story_count - coalesce(stated.shown_count + stated.not_shown_count, 0) as not_told_count,
    (select count(distinct stated.company) from stated) as telling_count
from placed
cross join codebook_signs
left join stated on placed.company = stated.company and codebook_signs.code = stated.sign;
