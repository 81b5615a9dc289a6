-- How many stories of each company, by hall, make how much work in our weighting, to the next whole point: of those
-- that were read for effort.
delete from points_cell
where company in (select changed_company.company from changed_company);

insert into points_cell by name
select
    company,
    sector,
    hall,
    kind,
    whole_points(effort_points) as at_most,
    count(*) as story_count
from story_rollup
where effort_points is not null and company in (select changed_company.company from changed_company)
group by company, sector, hall, kind, whole_points(effort_points);
