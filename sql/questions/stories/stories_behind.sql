-- Question: Which stories, and what in them, does a mark on a chart count?
-- One row:  per chosen story that matches the mark. Every parameter that is given must match.
-- Columns:  story, title, summary, company, job, job_label, happened_on, outcome_label, effort_points,
--           known_types, found_points, effort_score, experience, read_feeling, hall, evidence_count, evidence, author,
--           publication, story_kind, match_count
-- Caution:  effort_points are empty where a story was not read whole for effort. known_types then counts the effort
--           types that it was read for, and found_points are their points. evidence names what in the story matched:
--           effort, steps, signs or promises, in the coder's words. A search also looks through the customer's own
--           words, where the story has them. With $most, the answer is one page: $most rows after the first $skip.
--           match_count counts all of them. Rows are found and counted by numbers, and only the stories of the page
--           are read for words.
with asked as (
    select number
    from story_rollup
    where story = $story
),

matched as not materialized (
    select
        effort_load.number,
        effort_load.step,
        effort_load.event as place,
        null as evidence
    from effort_load
    inner join codebook_drivers on effort_load.driver = codebook_drivers.code
    where
        ($driver is not null or $drivers is not null or $kind is not null or $step is not null)
        and ($driver is null or codebook_drivers.code = $driver)
        and ($drivers is null or list_contains($drivers::varchar[], codebook_drivers.code))
        and ($kind is null or codebook_drivers.kind = $kind)
        and ($step is null or effort_load.step = $step)
        and ($touchpoint is null or effort_load.touchpoint = $touchpoint)
        and ($story is null or effort_load.number = (select asked.number from asked))
        and ($company is null or effort_load.company = $company)
        and ($job is null or effort_load.job = $job)
        and ($stage is null or effort_load.stage = $stage)
    union all
    select
        encounter_load.number,
        encounter_load.step,
        0 as place,
        null as evidence
    from encounter_load
    where
        $driver is null
        and $drivers is null
        and $kind is null
        and $demand is null
        and ($touchpoint is not null or $job is not null or $stage is not null or $step is not null)
        and ($step is null or encounter_load.step = $step)
        and ($touchpoint is null or encounter_load.touchpoint = $touchpoint)
        and ($story is null or encounter_load.number = (select asked.number from asked))
        and ($company is null or encounter_load.company = $company)
        and ($job is null or encounter_load.job = $job)
        and ($stage is null or encounter_load.stage = $stage)
    union all
    select
        contact_load.number,
        contact_load.step,
        0 as place,
        null as evidence
    from contact_load
    where
        contact_load.demand = $demand
        and ($touchpoint is null or contact_load.touchpoint = $touchpoint)
        and ($story is null or contact_load.number = (select asked.number from asked))
        and ($company is null or contact_load.company = $company)
    union all
    select
        story_rollup.number,
        100000 as step,
        0 as place,
        sign.evidence
    from sign
    inner join story_rollup on sign.story = story_rollup.story
    where
        $sign is not null
        and sign.sign = $sign
        and (
            $shown is null
            or $shown = case
                when sign.shown then 'shown'
                when not sign.shown then 'not shown'
                else 'not told'
            end
        )
    union all
    select
        story_rollup.number,
        200000 as step,
        promise.promise as place,
        promise.claim || ': ' || promise.evidence
    from promise
    inner join story_rollup on promise.story = story_rollup.story
    where $kept is not null and promise.kept = $kept
),

marked as materialized (
    select matched.number
    from matched
),

worded as materialized (
    select story_text.number
    from story_text
    where
        contains(story_text.searched, from_rarest(lower($search)))
        and contains(story_text.searched, lower($search))
    union all
    select story_rollup.number
    from story_rollup
    where
        contains(lower(story_rollup.company), lower($search))
        or contains(lower(story_rollup.author), lower($search))
        or story_rollup.job in (
            select codebook_jobs.code
            from codebook_jobs
            where contains(lower(codebook_jobs.label), lower($search))
        )
),

-- asked twice, which is quicker than to keep all of it
fitting as not materialized (
    select
        chosen.number,
        chosen.story,
        chosen.title,
        chosen.company
    from chosen_story($story_kind, $companies, $sectors, $jobs, $touchpoints, $halls, $since, $until) as chosen
    where
        ($story is null or chosen.story = $story)
        and ($company is null or chosen.company = $company)
        and ($hall is null or chosen.hall = $hall)
        and ($outcome is null or chosen.outcome = $outcome)
        and is_in_periods(chosen.happened_from, chosen.happened_to, $periods)
        and is_read_for(chosen.read_effort, chosen.read_drivers, $read_driver)
        and (
            $box is null
            or (
                chosen.effort_points between cast($box as double[])[1] and cast($box as double[])[2]
                and chosen.experience between cast($box as double[])[3] and cast($box as double[])[4]
            )
        )
        and ($known is distinct from 'agreement' or chosen.story in (select second_coding.story from second_coding))
        and (
            $known is null
            or is_known(
                $known, chosen.effort_points, chosen.experience, chosen.read_promises, chosen.read_signs
            )
        )
        and (
            (
                $driver is null
                and $drivers is null
                and $kind is null
                and $touchpoint is null
                and $job is null
                and $stage is null
                and $step is null
                and $demand is null
                and $sign is null
                and $kept is null
            )
            or chosen.number in (select marked.number from marked)
        )
        and ($search is null or chosen.number in (select worded.number from worded))
),

page as materialized (
    select
        number,
        story,
        title,
        company
    from fitting
    order by company, title, story
    limit coalesce($most, 9223372036854775807) offset coalesce($skip, 0)
),

-- by their rows, so that nobody's words are read but those of the page
own_words as materialized (
    select
        story,
        words
    from account
    where
        rowid in (
            select place.rowid
            from account as place
            where $search is not null and place.story in (select page.story from page)
        )
    -- as many as there can be: without a limit every account would be searched for the words, and then those chosen
    limit 9223372036854775807  -- noqa: AM09
),

-- an account retells nothing: where there is none, a search looks through what retells it
retold as materialized (
    select page.story
    from page
    where $search is not null and page.story not in (select own_words.story from own_words)
),

met as materialized (
    select
        story,
        step,
        short,
        summary
    from encounter
    where
        rowid in (
            select place.rowid
            from encounter as place
            where
                place.story in (
                    select page.story
                    from page
                    where
                        $touchpoint is not null
                        or $job is not null
                        or $stage is not null
                        or $step is not null
                        or $demand is not null
                    union all
                    select retold.story
                    from retold
                )
        )
),

worked as materialized (
    select
        story,
        step,
        event,
        evidence
    from effort_event
    where
        rowid in (
            select place.rowid
            from effort_event as place
            where
                place.story in (
                    select page.story
                    from page
                    where
                        $driver is not null
                        or $drivers is not null
                        or $kind is not null
                        or $step is not null
                    union all
                    select retold.story
                    from retold
                )
        )
),

evidence as (
    select
        page.number,
        count(*) as evidence_count,
        list(
            coalesce(matched.evidence, worked.evidence, met.summary) order by matched.step, matched.place
        ) filter (
            where coalesce(matched.evidence, worked.evidence, met.summary) is not null
        ) as evidence
    from matched
    inner join page on matched.number = page.number
    left join worked
        on page.story = worked.story and matched.step = worked.step and matched.place = worked.event
    left join met on page.story = met.story and matched.step = met.step and matched.place = 0
    group by page.number
),

-- what the words searched for were found in
found as (
    select
        told.story,
        count(*) as evidence_count,
        list(told.words order by told.step, told.place) as evidence
    from (
        select
            story,
            step,
            0 as place,
            summary as words,
            short || ' ' || summary as searched
        from met
        union all
        select
            story,
            step,
            event as place,
            evidence as words,
            evidence as searched
        from worked
        union all
        select
            story,
            100000 as step,
            0 as place,
            around(words, $search) as words,
            words as searched
        from own_words
    ) as told
    where
        $search is not null
        and contains(lower(told.searched), lower($search))
    group by told.story
),

-- what forms said of some effort types
found_part as (
    select
        effort_load.number,
        round(
            sum(
                load_points(
                    weight.hassle_points,
                    weight.points_per_minute,
                    effort_load.hassles,
                    effort_load.told_minutes,
                    effort_load.assumed_minutes
                )
            ), 9
        ) as points
    from effort_load
    inner join driver_weight(null, null) as weight on effort_load.driver = weight.driver
    where not effort_load.is_whole and effort_load.number in (select page.number from page)
    group by effort_load.number
)

select
    page.story,
    page.title,
    story_rollup.summary,
    page.company,
    story_rollup.job,
    codebook_jobs.label as job_label,
    story_rollup.happened_on,
    codebook_outcomes.label as outcome_label,
    story_rollup.effort_points,
    case when story_rollup.read_effort = 'part' then len(story_rollup.read_drivers) end as known_types,
    coalesce(story_rollup.effort_points, found_part.points, 0) as found_points,
    story_rollup.effort_score,
    story_rollup.experience,
    story_rollup.read_feeling,
    story_rollup.hall,
    coalesce(evidence.evidence_count, found.evidence_count) as evidence_count,
    coalesce(evidence.evidence, found.evidence) as evidence,
    story_rollup.author,
    story_rollup.publication,
    story_rollup.kind as story_kind,
    (select count(*) from fitting) as match_count
from page
inner join story_rollup on page.number = story_rollup.number
inner join codebook_jobs on story_rollup.job = codebook_jobs.code
inner join codebook_outcomes on story_rollup.outcome = codebook_outcomes.code
left join evidence on page.number = evidence.number
left join found on page.story = found.story
left join found_part on page.number = found_part.number
order by page.company, page.title, page.story;
