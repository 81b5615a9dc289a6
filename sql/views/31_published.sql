-- One row:  per company of a published story, with its sector.
-- Reason:   readers see published rows only. No choice, error or file names the company of a draft.
create or replace view published_company as
select distinct
    company,
    sector
from month_cell;

-- One row:  per source of a published story or of a lesson.
create or replace view published_source as
select
    source,
    count(*) filter (where is_story) as story_count,
    count(*) filter (where not is_story) as lesson_count
from (
    select
        source,
        true as is_story
    from story_rollup
    union all
    select
        source,
        false as is_story
    from lesson
) as named
group by source;
