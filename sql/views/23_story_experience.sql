-- One row:  per published story, by its number.
-- Reason:   the peak-end rule: people remember an experience by its most intense moment and its end (Kahneman et al.
--           1993; meta-analysis r = .58). mean_feeling is the plain mean. Duration counts as effort, never as feeling.
-- Caution:  NULL where the account states no feeling.
create or replace view story_experience as
with remembered as (
    select
        number,
        peak_feeling(feeling, step) as peak,
        end_feeling(feeling, step) as ending,
        avg(feeling) as mean_feeling,
        count(feeling) as feeling_count,
        count(*) as encounter_count
    from encounter_load
    group by number
)

select
    number,
    peak,
    ending,
    peak_end(peak, ending) as experience,
    mean_feeling,
    feeling_count,
    encounter_count
from remembered;
