-- The encounters at each company, by hall, touchpoint and the years in which their stories happened: the feelings told
-- in them, and the points of their work in our weighting.
-- Not by months: their cells are six times as many, to be made at every import, and the pages ask for years.
delete from touchpoint_year_cell
where company in (select changed_company.company from changed_company);

insert into touchpoint_year_cell by name
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
),

-- encounters and work one below the other and summed at once: joined, they would take twice as long
there as (
    select
        number,
        touchpoint,
        encounters,
        feelings,
        feeling_sum,
        lowest_feeling,
        highest_feeling,
        1 as stories,
        (feelings > 0)::integer as telling,
        1 as met,
        0::double as points
    from story_there
    union all by name
    select
        number,
        touchpoint,
        0 as encounters,
        0 as feelings,
        0 as stories,
        0 as telling,
        0 as met,
        points
    from weighed_load(null, null)
    where company in (select changed_company.company from changed_company)
)

select
    story_rollup.company,
    story_rollup.sector,
    story_rollup.hall,
    story_rollup.kind,
    year_of(story_rollup.happened_from) as first_year,
    year_of(story_rollup.happened_to) as last_year,
    there.touchpoint,
    sum(there.encounters)::bigint as encounters,
    sum(there.feelings)::bigint as feelings,
    -- a sum over no feeling is none; the number of feelings tells it from a neutral one
    coalesce(sum(there.feeling_sum), 0)::bigint as feeling_sum,
    min(there.lowest_feeling) as lowest_feeling,
    max(there.highest_feeling) as highest_feeling,
    sum(there.stories)::bigint as story_count,
    sum(there.telling)::bigint as telling_count,
    coalesce(sum(there.met) filter (where story_rollup.read_effort = 'whole'), 0)::bigint as effort_count,
    round(sum(there.points), 9) as points
from there
inner join story_rollup on there.number = story_rollup.number
group by
    story_rollup.company,
    story_rollup.sector,
    story_rollup.hall,
    story_rollup.kind,
    year_of(story_rollup.happened_from),
    year_of(story_rollup.happened_to),
    there.touchpoint;
