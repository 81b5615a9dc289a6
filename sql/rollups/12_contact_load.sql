-- The contacts of every published story, as the view customer_contact defines them.
delete from contact_load
where number in (select gone_number.number from gone_number);

insert into contact_load by name
select
    changed_story.number,
    customer_contact.company,
    customer_contact.step,
    customer_contact.channel,
    customer_contact.touchpoint,
    customer_contact.demand,
    customer_contact.contacts,
    customer_contact.answered,
    customer_contact.demand != lag(customer_contact.demand, 1, '') over story_window as is_first,
    customer_contact.demand != lag(customer_contact.demand, 1, '') over story_window
    or customer_contact.touchpoint != lag(customer_contact.touchpoint, 1, '') over story_window as is_first_there
from customer_contact
inner join changed_story on customer_contact.story = changed_story.story
window story_window as (
    partition by changed_story.number
    order by customer_contact.demand, customer_contact.touchpoint, customer_contact.step
);
