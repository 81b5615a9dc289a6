-- The stories of each company, by hall and the months in which they happened: their points in our weighting, with the
-- squares that their scatter takes, and their experience with its squares.
delete from month_cell
where company in (select changed_company.company from changed_company);

insert into month_cell by name
select
    company,
    sector,
    hall,
    kind,
    month_of(happened_from) as first_month,
    month_of(happened_to) as last_month,
    count(*) as story_count,
    -- unknown efforts stay out of the sums; effort_count tells a sum over none from no effort
    count(effort_points) as effort_count,
    coalesce(round(sum(effort_points), 9), 0) as points,
    coalesce(round(sum(effort_points * effort_points), 9), 0) as point_squares,
    min(effort_points) as least_points,
    max(effort_points) as most_points,
    coalesce(round(sum(assumed_points), 9), 0) as assumed_points,
    coalesce(round(sum(do_points), 9), 0) as do_points,
    coalesce(round(sum(feel_points), 9), 0) as feel_points,
    count_if(read_feeling = 'whole') as feeling_read,
    count(experience) as experience_count,
    -- a sum over no experience is none; their number tells it from a neutral one
    coalesce(sum(experience), 0) as experience,
    coalesce(sum(experience * experience), 0) as experience_squares,
    min(experience) as worst_experience,
    max(experience) as best_experience
from story_rollup
where company in (select changed_company.company from changed_company)
group by company, sector, hall, kind, month_of(happened_from), month_of(happened_to);
