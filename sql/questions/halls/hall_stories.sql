-- Question: Which single stories are in the halls, of companies with too few stories to be rated?
-- One row:  per chosen story in a hall whose company is not rated. In each hall the strongest experience comes first.
--           Only the first $most rows are shown (default: all).
-- Columns:  hall, story, title, company, experience, effort_points, verdict, emotions, hall_count
-- Caution:  A story's hall is what one customer felt at one company. emotions are those that a reader found named in
--           the story. hall_count is of all such stories of the hall.
with single as (
    select
        chosen.hall,
        chosen.story,
        chosen.title,
        chosen.company,
        chosen.experience,
        chosen.effort_points,
        chosen.verdict,
        count(*) over (partition by chosen.hall) as hall_count,
        row_number() over (
            partition by chosen.hall
            order by abs(chosen.experience) desc, chosen.story
        ) as place
    from chosen_story($story_kind, $companies, $sectors, $jobs, $touchpoints, $halls, $since, $until) as chosen
    inner join
        company_hall($story_kind, $jobs, $touchpoints, $halls, $since, $until) as placed
        on chosen.company = placed.company
    where chosen.hall in ('fame', 'shame') and placed.hall is null
    qualify place <= coalesce($most, 9223372036854775807)
)

select
    single.hall,
    single.story,
    single.title,
    single.company,
    single.experience,
    single.effort_points,
    single.verdict,
    coalesce(
        (
            select list(distinct emotion.emotion order by emotion.emotion) from emotion
            where emotion.story = single.story
        ),
        []
    ) as emotions,
    single.hall_count
from single
order by single.hall, single.place;
