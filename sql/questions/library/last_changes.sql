-- Question: When did these stories come, and when did they last change?
-- One row:  exactly one, over the chosen stories.
-- Columns:  story_count, first_added_at, last_added_at, added_count, recent_count, changed_at
-- Caution:  Times are UTC. added_count stories came at last_added_at, and recent_count from the day of $added_since on.
--           Without $added_since these are all stories. changed_at is the latest time at which one of the
--           stories came, was edited or signed off. A story of these companies that was taken back counts too, and any
--           story that was erased. A batch that was deleted leaves no time.
with chosen as (
    select
        story.story,
        batch.imported_at
    from chosen_story($story_kind, $companies, $sectors, $jobs, $touchpoints, $halls, $since, $until) as chosen
    inner join story on chosen.story = story.story
    inner join batch on story.batch = batch.batch
),

signed as (
    select
        chosen.story,
        -- a draft is news once it is published
        greatest(chosen.imported_at, max(history.changed_at)) as added_at
    from chosen
    left join history on chosen.story = history.story and history.field = 'status' and history.after = 'published'
    group by chosen.story, chosen.imported_at
),

latest as (
    select max(added_at) as added_at from signed
),

edited as (
    select max(history.changed_at) as changed_at
    from history
    where
        history.field = 'erased'
        or history.story in (select signed.story from signed)
        or (
            history.field = 'status'
            and history.before = 'published'
            and history.story in (
                select story.story
                from story
                inner join company on story.company = company.company
                where
                    is_kind(story.kind, $story_kind)
                    and is_let_through(story.company, $companies)
                    and is_let_through(company.sector, $sectors)
            )
        )
)

select
    count(*) as story_count,
    min(signed.added_at) as first_added_at,
    max(signed.added_at) as last_added_at,
    count(*) filter (where signed.added_at = (select latest.added_at from latest)) as added_count,
    count(*) filter (where $added_since is null or signed.added_at >= $added_since::date) as recent_count,
    greatest(max(signed.added_at), (select edited.changed_at from edited)) as changed_at
from signed;
