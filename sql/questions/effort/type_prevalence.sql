-- Question: How many of the stories that were read for an effort type have it?
-- One row:  per effort type that a chosen story was read for. Types that a form asks for come first, the commonest
--           first.
-- Columns:  driver, driver_label, kind, story_count, read_count, share, form_story_count, form_read_count, form_share,
--           whole_story_count, whole_read_count, whole_share, unread_count, chosen_count
-- Caution:  story_count of read_count stories have the type, and share is their part. The columns form_... are of
--           stories read for some types only, and whole_... of those read for every type. unread_count of chosen_count
--           stories were not read for it. There it is unknown, and not none. An answer in a form is less than a reading
--           of the whole story. Do not compare the two shares. A file that writes Yes and leaves No blank gives too
--           high a share. A complaint counts as one avoidable contact, so all complaints have that type.
with chosen as (
    select
        number,
        read_effort,
        read_drivers
    from chosen_story($story_kind, $companies, $sectors, $jobs, $touchpoints, $halls, $since, $until)
),

read_story as (
    select
        count(*) as chosen_count,
        count(*) filter (where read_effort = 'whole') as whole_read_count
    from chosen
),

asked as (
    select
        driver,
        count(*) as form_read_count
    from (
        select unnest(read_drivers) as driver
        from chosen
        where read_effort = 'part'
    ) as asked_type
    group by driver
),

-- a type counts once a story, however often it happens there
found as (
    select
        effort_load.driver,
        count(*) filter (where chosen.read_effort = 'whole') as whole_story_count,
        count(*) filter (where chosen.read_effort = 'part') as form_story_count
    from effort_load
    inner join chosen on effort_load.number = chosen.number
    where effort_load.is_first
    group by effort_load.driver
),

counted as (
    select
        known_driver.code as driver,
        known_driver.label as driver_label,
        known_driver.kind,
        -- none is found where nothing was found among the stories that were read
        coalesce(found.form_story_count, 0) as form_story_count,
        coalesce(asked.form_read_count, 0) as form_read_count,
        coalesce(found.whole_story_count, 0) as whole_story_count,
        read_story.whole_read_count,
        read_story.chosen_count
    from known_driver
    cross join read_story
    left join asked on known_driver.code = asked.driver
    left join found on known_driver.code = found.driver
)

select
    driver,
    driver_label,
    kind,
    form_story_count + whole_story_count as story_count,
    form_read_count + whole_read_count as read_count,
    (form_story_count + whole_story_count) / (form_read_count + whole_read_count) as share,
    form_story_count,
    form_read_count,
    form_story_count / nullif(form_read_count, 0) as form_share,
    whole_story_count,
    whole_read_count,
    whole_story_count / nullif(whole_read_count, 0) as whole_share,
    chosen_count - form_read_count - whole_read_count as unread_count,
    chosen_count
from counted
where form_read_count + whole_read_count > 0
order by form_read_count = 0, share desc, driver;
