-- The contacts of every published story, as the view customer_contact defines them, by touchpoint and demand.
delete from contact_load
where story in (select changed_story.story from changed_story);

insert into contact_load by name
select
    story,
    company,
    channel,
    touchpoint,
    demand,
    sum(contacts)::bigint as contacts
from customer_contact
where story in (select changed_story.story from changed_story)
group by story, company, channel, touchpoint, demand;
