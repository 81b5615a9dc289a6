-- The kinds of published stories. Customer stories come first, from as many as rate a company on; else the commonest
-- kind.
delete from kind_rollup;

insert into kind_rollup by name
with counted as (
    select
        month_cell.kind,
        codebook_kinds.position,
        sum(month_cell.story_count)::bigint as story_count
    from month_cell
    inner join codebook_kinds on month_cell.kind = codebook_kinds.code
    group by month_cell.kind, codebook_kinds.position
)

select
    kind,
    story_count,
    row_number() over (
        order by kind = 'customer_story' and story_count >= fewest_rated() desc, story_count desc, position
    ) = 1 as is_default
from counted;
