"""Sign-off: stories from draft by way of reviewed to published, and back.

Nobody signs off what they coded, and nobody what they edited: the coder stays who coded it, and the history knows who
has edited it since. A reviewer who finds something wrong leaves the mending to the coder, or the sign-off to another.
"""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from cxdata.editing.changelog import MOST_NAMED, RECORD, format_story_choices, new_edit
from cxdata.errors import DatabaseError
from cxdata.store.connection import open_database
from cxdata.store.cursor import new_cursor
from cxdata.store.engine import Connection
from cxdata.store.records.rows import SHIPPED
from cxdata.store.sql import dict_rows
from cxdata.store.transaction import mark_changed, transaction
from cxdata.stories.person_names import same_person_sql
from cxdata.text.suggestions import format_choices

NAMED = 5  # stories that are refused for the same reason, by name; of more, how many
TRANSITIONS = ", so somebody else has to read it and sign it off"
STATUSES = ("draft", "reviewed", "published")

# the stories that are asked for, and who would stand as their reviewer; a name that is both means the story
CHOSEN = """
with asked as (
    select unnest($names::varchar[]) as name
),

chosen as (
    select
        story,
        batch,
        status,
        coder,
        reviewer,
        reviewed_on,
        case
            when $status = 'draft' then null
            when status = 'draft' then $by
            else coalesce(reviewer, $by)
        end as signs
    from story
    where
        story in (select name from asked)
        or batch in (select name from asked where name not in (select story.story from story))
)
"""
UNKNOWN = """
select name
from asked
where name not in (select story.story from story) and name not in (select batch.batch from batch)
order by name
"""
REFUSED = f"""
, refused as (
    select
        story,
        case
            when batch = $shipped then 'is shipped; its status is changed in its file'
            when {same_person_sql("signs", "coder")} then concat('coded by ', coder, '{TRANSITIONS}')
            else concat('edited by ', signs, '{TRANSITIONS}')
        end as why
    from chosen
    where
        batch = $shipped
        or (
            status <> $status
            and (
                {same_person_sql("signs", "coder")}
                or exists (
                    from history
                    where
                        history.story = chosen.story
                        and history.field = '{RECORD}'
                        and {same_person_sql("history.changed_by", "chosen.signs")}
                )
            )
        )
)

select
    why,
    count(*) as stories,
    list(story order by story)[:{NAMED}] as first_stories
from refused
group by why
order by stories desc, why
limit $most
"""
CHANGING = "select story from chosen where status <> $status order by story"
KEEP_STATUS = """
insert into history by name
select
    story,
    'status' as field,
    status as before,
    $status as after,
    $by as changed_by,
    $at::timestamp as changed_at
from chosen
where status <> $status
"""
# a reviewer who steps back or is followed by another; who signs first is told by the row of the status
KEEP_REVIEWER = """
insert into history by name
select
    story,
    'reviewer' as field,
    concat_ws(', ', reviewer, reviewed_on) as before,
    signs as after,
    $by as changed_by,
    $at::timestamp as changed_at
from chosen
where status <> $status and reviewer is not null and reviewer is distinct from signs
"""
UPDATE_STATUS = """
update story
set
    status = $status,
    reviewer = chosen.signs,
    reviewed_on = case
        when $status = 'draft' then null
        when story.status = 'draft' then $at::date
        else coalesce(story.reviewed_on, $at::date)
    end
from chosen
where story.story = chosen.story and story.status <> $status
"""


def sign_off(
    path: Path, stories_or_batch: str | Sequence[str], status: str, by: str, at: datetime | None = None
) -> tuple[str, ...]:
    """Bring stories, or all stories of batches, to a status; the stories that were moved, those that were there not.

    A story that leaves the drafts has `by` for its reviewer, of that day, and keeps the reviewer until it is a draft
    again. Raises DatabaseError for what is not there, for shipped stories, which are edited in their files, and where
    the reviewer would be the coder or has edited it: with all of them, and then nothing is changed.
    """
    if status not in STATUSES:
        raise DatabaseError(f"status {format_choices(status, STATUSES, 'a story')}")
    edit = new_edit(by, at)
    names = [stories_or_batch] if isinstance(stories_or_batch, str) else list(stories_or_batch)
    asked = {"names": names, "status": status, "by": edit.by}
    # a first look without the lock: what will be refused is refused before anything is copied
    connection = open_database(path)
    try:
        _check(connection, asked)
        if not connection.execute(CHOSEN + CHANGING + " limit 1", asked).fetchall():
            return ()
    finally:
        connection.close()
    with transaction(path) as connection:
        _check(connection, asked)
        told = asked | {"at": edit.at}
        connection.execute(CHOSEN + KEEP_REVIEWER, told)
        connection.execute(CHOSEN + KEEP_STATUS, told)
        mark_changed(connection, CHOSEN + CHANGING, asked)
        moved = connection.execute(CHOSEN + CHANGING, asked).fetchall()
        connection.execute(CHOSEN + UPDATE_STATUS, told)
    return tuple(story for (story,) in moved)


def _check(connection: Connection, asked: dict[str, Any]) -> None:
    unknown = connection.execute(CHOSEN + UNKNOWN, asked).fetchall()
    of_shipped = {"shipped": SHIPPED, "most": MOST_NAMED}
    refused = connection.execute(CHOSEN + REFUSED, asked | of_shipped).fetchall()
    batches = connection.execute("select batch from batch where batch <> 'shipped' order by batch").fetchall()
    known = [batch for (batch,) in batches[:MOST_NAMED]]
    faults = [f"story or batch {format_story_choices(connection, name, *known)}" for (name,) in unknown[:MOST_NAMED]]
    if more := len(unknown[MOST_NAMED:]):
        faults.append(f"and {more:,} more")
    for why, stories, first in refused:
        others = f" and {stories - len(first):,} more" if stories > len(first) else ""
        faults.append(f"{', '.join(first)}{others}: {why}")
    if faults:
        raise DatabaseError("\n".join(faults))


QUEUE = """
select
    story,
    company,
    title,
    status,
    coder,
    coded_on,
    reviewer,
    batch,
    count(*) over () as waiting
from story
where status <> 'published' and ($batch is null or batch = $batch)
order by coded_on desc, story
limit $most
"""

DRAFT_BATCHES = """
select
    batch,
    count(*) as drafts
from story
where status <> 'published'
group by batch
order by max(coded_on) desc, batch
"""


def count_drafts(connection: Connection) -> dict[str, int]:
    """How many stories of each batch are not published; batches without any are left out."""
    return dict(new_cursor(connection).execute(DRAFT_BATCHES).fetchall())


def list_queue(connection: Connection, batch: str | None, most: int) -> list[dict[str, Any]]:
    """The first stories of a batch (or of all) that are not published; `waiting` counts them all."""
    cursor = new_cursor(connection)
    return dict_rows(cursor.execute(QUEUE, {"batch": batch, "most": most}))
