-- Question: At which touchpoints do companies win goodwill, where do they lose it, and where does it depend on the
--           company?
-- One row:  per touchpoint at which a chosen story states a feeling. Those where goodwill is won come first, then those
--           where it depends, then those where it is lost. Within each, the touchpoint of most companies comes first,
--           then the strongest feeling.
-- Columns:  touchpoint, touchpoint_label, goodwill, mean_feeling, companies, won_companies, lost_companies,
--           best_company, best_feeling, worst_company, worst_feeling, feeling_count, story_count
-- Caution:  Goodwill is won where the mean feeling at some companies is +1 or more, and at none −1 or less. It is lost
--           where the opposite holds. It depends where there are both, and is neither where there are none. With one
--           story of one company it says no more than that story.
with met as (
    select
        touchpoint,
        company,
        sum(feeling_sum) / sum(feelings) as mean_feeling,
        sum(feelings) as feeling_count,
        sum(telling_count) as story_count
    from chosen_encounter($story_kind, $companies, $sectors, $jobs, $touchpoints, $halls, $since, $until)
    where feelings > 0
    group by touchpoint, company
),

balance as (
    select
        touchpoint,
        -- of the companies, each counted once, however many stories it has
        avg(mean_feeling) as mean_feeling,
        count(*) as companies,
        count(*) filter (where mean_feeling >= 1) as won_companies,
        count(*) filter (where mean_feeling <= -1) as lost_companies,
        list(company order by mean_feeling desc, company)[1] as best_company,
        max(mean_feeling) as best_feeling,
        list(company order by mean_feeling, company)[1] as worst_company,
        min(mean_feeling) as worst_feeling,
        sum(feeling_count)::bigint as feeling_count,
        sum(story_count)::bigint as story_count
    from met
    group by touchpoint
),

judged as (
    select
        *,
        case
            when won_companies > 0 and lost_companies > 0 then 'depends'
            when won_companies > 0 then 'won'
            when lost_companies > 0 then 'lost'
            else 'neither'
        end as goodwill
    from balance
)

select
    judged.touchpoint,
    codebook_touchpoints.label as touchpoint_label,
    judged.goodwill,
    judged.mean_feeling,
    judged.companies,
    judged.won_companies,
    judged.lost_companies,
    judged.best_company,
    judged.best_feeling,
    judged.worst_company,
    judged.worst_feeling,
    judged.feeling_count,
    judged.story_count
from judged
inner join codebook_touchpoints on judged.touchpoint = codebook_touchpoints.code
order by
    list_position(['won', 'depends', 'lost', 'neither'], judged.goodwill),
    judged.companies desc,
    abs(judged.mean_feeling) desc,
    judged.touchpoint;
