-- The encounters at each company, by hall and touchpoint, with the feelings told in them: its years taken together.
delete from touchpoint_cell
where company in (select changed_company.company from changed_company);

insert into touchpoint_cell by name
select
    company,
    sector,
    hall,
    kind,
    touchpoint,
    sum(encounters)::bigint as encounters,
    sum(feelings)::bigint as feelings,
    sum(feeling_sum)::bigint as feeling_sum,
    min(lowest_feeling) as lowest_feeling,
    max(highest_feeling) as highest_feeling,
    sum(story_count)::bigint as story_count,
    sum(telling_count)::bigint as telling_count,
    sum(effort_count)::bigint as effort_count
from touchpoint_year_cell
where company in (select changed_company.company from changed_company)
group by company, sector, hall, kind, touchpoint;
