-- The encounters at each company, by hall and touchpoint, with the feelings told in them.
delete from touchpoint_cell
where company in (select changed_company.company from changed_company);

insert into touchpoint_cell by name
with story_there as (
    select
        number,
        touchpoint,
        count(*) as encounters,
        count(feeling) as feelings,
        sum(feeling) as feeling_sum,
        min(feeling) as lowest_feeling,
        max(feeling) as highest_feeling
    from encounter_load
    where company in (select changed_company.company from changed_company)
    group by number, touchpoint
)

select
    story_rollup.company,
    story_rollup.sector,
    story_rollup.hall,
    story_there.touchpoint,
    sum(story_there.encounters)::bigint as encounters,
    sum(story_there.feelings)::bigint as feelings,
    -- a sum over no feeling is none; the number of feelings tells it from a neutral one
    coalesce(sum(story_there.feeling_sum), 0)::bigint as feeling_sum,
    min(story_there.lowest_feeling) as lowest_feeling,
    max(story_there.highest_feeling) as highest_feeling,
    count(*) as story_count,
    count_if(story_there.feelings > 0) as telling_count
from story_there
inner join story_rollup on story_there.number = story_rollup.number
group by story_rollup.company, story_rollup.sector, story_rollup.hall, story_there.touchpoint;
