-- Question: At which touchpoints did customers of one company feel good, and at which bad?
-- One row:  per touchpoint at which a chosen story of $company states a feeling, the best first.
-- Columns:  touchpoint, touchpoint_label, mean_feeling, feeling_count, moment, story, step, story_count
-- Needs:    company
-- Caution:  mean_feeling is over feeling_count steps in story_count stories. moment names one of these steps, that of
--           $step in $story: the strongest one in the direction of the mean. It is no average.
with felt as (
    select
        encounter_load.number,
        encounter_load.step,
        encounter_load.touchpoint,
        encounter_load.feeling
    from encounter_load
    inner join
        chosen_story($story_kind, [$company], $sectors, $jobs, $touchpoints, $halls, $since, $until) as chosen
        on encounter_load.number = chosen.number
    where
        encounter_load.feeling is not null
        and is_let_through(encounter_load.job, $jobs)
        and is_let_through(encounter_load.touchpoint, $touchpoints)
),

averaged as (
    select
        touchpoint,
        avg(feeling) as mean_feeling,
        count(*) as feeling_count,
        count(distinct number) as story_count
    from felt
    group by touchpoint
),

strongest as (
    select
        averaged.*,
        felt.number,
        felt.step
    from averaged
    inner join felt on averaged.touchpoint = felt.touchpoint
    qualify
        row_number() over (
            partition by averaged.touchpoint
            order by
                case when averaged.mean_feeling < 0 then felt.feeling else -felt.feeling end,
                felt.number,
                felt.step
        ) = 1
)

select
    strongest.touchpoint,
    codebook_touchpoints.label as touchpoint_label,
    strongest.mean_feeling,
    strongest.feeling_count,
    service_encounter.short as moment,
    story_rollup.story,
    strongest.step,
    strongest.story_count
from strongest
inner join story_rollup on strongest.number = story_rollup.number
inner join service_encounter
    on story_rollup.story = service_encounter.story and strongest.step = service_encounter.step
inner join codebook_touchpoints on strongest.touchpoint = codebook_touchpoints.code
order by strongest.mean_feeling desc, strongest.story_count desc, strongest.touchpoint;
