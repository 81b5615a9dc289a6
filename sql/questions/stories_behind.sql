-- Question: Which stories, and what in them, stand behind a mark?
-- One row:  per chosen story that matches what the mark stands for; every parameter that is given must match.
-- Columns:  story, title, summary, company, job, job_label, happened_on, outcome_label, effort_points,
--           effort_score, experience, hall, evidence_count, evidence, author, publication, source_kind,
--           match_count
-- Caution:  evidence names what in the story matched: efforts, encounters, signs or promises, in the coder's words, or
--           a piece of the account in its customer's own.
--           With $most, one page of the answer: $most rows after the first $skip; match_count counts them all.
with matched as (
    select
        effort.story,
        effort.step,
        effort.event as place,
        effort.evidence
    from effort
    where
        ($driver is not null or $drivers is not null or $kind is not null or $step is not null)
        and ($driver is null or effort.driver = $driver)
        and ($drivers is null or list_contains($drivers::varchar[], effort.driver))
        and ($step is null or effort.step = $step)
        and ($kind is null or effort.kind = $kind)
        and ($touchpoint is null or effort.touchpoint = $touchpoint)
        and ($job is null or effort.job = $job)
        and ($stage is null or effort.stage = $stage)
    union all
    select
        service_encounter.story,
        service_encounter.step,
        0 as place,
        service_encounter.summary
    from service_encounter
    where
        $driver is null
        and $drivers is null
        and $kind is null
        and $demand is null
        and ($touchpoint is not null or $job is not null or $stage is not null or $step is not null)
        and ($step is null or service_encounter.step = $step)
        and ($touchpoint is null or service_encounter.touchpoint = $touchpoint)
        and ($job is null or service_encounter.job = $job)
        and ($stage is null or service_encounter.stage = $stage)
    union all
    select
        service_encounter.story,
        service_encounter.step,
        0 as place,
        service_encounter.summary
    from customer_contact
    inner join service_encounter
        on customer_contact.story = service_encounter.story and customer_contact.step = service_encounter.step
    where
        customer_contact.demand = $demand
        and ($touchpoint is null or customer_contact.touchpoint = $touchpoint)
    union all
    select
        sign.story,
        100000 as step,
        0 as place,
        sign.evidence
    from sign
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
        promise.story,
        200000 as step,
        promise.promise as place,
        promise.claim || ': ' || promise.evidence
    from promise
    where $kept is not null and promise.kept = $kept
),

matched_story as (
    select distinct story
    from matched
),

fitting as (
    select
        chosen.story,
        chosen.title,
        chosen.company
    from chosen_story($companies, $sectors, $jobs, $touchpoints, $halls, $since, $until) as chosen
    where
        ($story is null or chosen.story = $story)
        and ($company is null or chosen.company = $company)
        and ($hall is null or chosen.hall = $hall)
        and ($outcome is null or chosen.outcome = $outcome)
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
            or chosen.story in (select matched_story.story from matched_story)
        )
        and ($search is null or contains(chosen.searched, lower($search)))
),

-- one page, before anything is looked up for its stories
page as (
    select
        story,
        title,
        company
    from fitting
    order by company, title, story
    limit coalesce($most, 9223372036854775807) offset coalesce($skip, 0)
),

evidence as (
    select
        matched.story,
        count(*) as evidence_count,
        list(matched.evidence order by matched.step, matched.place) filter (where matched.evidence is not null)
            as evidence
    from matched
    where matched.story in (select page.story from page)
    group by matched.story
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
        from service_encounter
        union all
        select
            story,
            step,
            event as place,
            evidence as words,
            evidence as searched
        from effort_event
        union all
        select
            story,
            100000 as step,
            0 as place,
            around(words, $search) as words,
            words as searched
        from account
    ) as told
    where
        $search is not null
        and told.story in (select page.story from page)
        and contains(lower(told.searched), lower($search))
    group by told.story
)

select
    page.story,
    page.title,
    scored_story.summary,
    page.company,
    scored_story.job,
    codebook_jobs.label as job_label,
    scored_story.happened_on,
    codebook_outcomes.label as outcome_label,
    scored_story.effort_points,
    scored_story.effort_score,
    scored_story.experience,
    scored_story.hall,
    coalesce(evidence.evidence_count, found.evidence_count) as evidence_count,
    coalesce(evidence.evidence, found.evidence) as evidence,
    source.author,
    source.publication,
    source.kind as source_kind,
    (select count(*) from fitting) as match_count
from page
inner join scored_story on page.story = scored_story.story
inner join codebook_jobs on scored_story.job = codebook_jobs.code
inner join codebook_outcomes on scored_story.outcome = codebook_outcomes.code
inner join source on scored_story.source = source.source
left join evidence on page.story = evidence.story
left join found on page.story = found.story
order by page.company, page.title, page.story;
