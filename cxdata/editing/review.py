"""Sign-off: the status of stories, from draft through reviewed to published and back, and the review queue.

Nobody signs off a story that they coded or edited. The history of a story has its editors, and each coder whom a
machine replaced. A reviewer who finds a fault leaves the correction to the coder, or the sign-off to another reviewer.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from cxdata.access.performing import performs
from cxdata.access.roles import Action
from cxdata.editing.changelog import MOST_NAMED, RECORD, format_story_choices, new_edit
from cxdata.errors import Conflict, CxdataError, Invalid, NotFound, Refused
from cxdata.store.connection import new_cursor
from cxdata.store.engine import Connection, Engine
from cxdata.store.records.rows import SHIPPED
from cxdata.store.sql import dict_rows, one_row
from cxdata.store.transaction import mark_changed
from cxdata.stories.person_names import same_person_sql
from cxdata.text.formatting import format_count
from cxdata.text.suggestions import format_choices

NAMED = 5  # stories refused for one reason that a message names; it counts the others
STATUSES = ("draft", "reviewed", "published")

# the stories asked for, with their reviewer after the change; a name of a story and a batch means the story
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
, own_work as (
    select
        story,
        coder as person,
        concat('coded by ', coder) as done
    from chosen
    union all
    select
        story,
        before as person,
        concat('coded by ', before, ' before ', after) as done
    from history
    where field = 'coder' and story in (select story from chosen)
    union all
    select
        story,
        changed_by as person,
        concat('edited by ', changed_by) as done
    from history
    where field = '{RECORD}' and story in (select story from chosen)
),

refused as (
    select
        story,
        'comes with the program. Change its status in its file' as why
    from chosen
    where batch = $shipped
    union all
    select
        chosen.story,
        concat(min(own_work.done), '. Somebody else has to read it and sign it off') as why
    from chosen
    inner join own_work on chosen.story = own_work.story
    where
        chosen.batch <> $shipped
        and chosen.status <> $status
        and {same_person_sql("chosen.signs", "own_work.person")}
    group by chosen.story
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
COUNT_SEEN = """
select
    count(*) as stories,
    (select count(*) from history where story in (select story from chosen)) as changes
from chosen
"""
LATEST = """
select
    story,
    field,
    changed_by,
    changed_at
from history
where story in (select story from chosen)
order by changed_at desc, field
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
# a reviewer who is removed or replaced; the row of the status names the first reviewer
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


@dataclass(frozen=True)
class Seen:
    """What a reviewer has seen: the number of stories, and of the changes in their history."""

    stories: int
    changes: int


def note_seen(connection: Connection, stories_or_batch: str | Sequence[str]) -> Seen:
    """Return what somebody sees of stories, or of all stories of batches, at this moment."""
    return Seen(*one_row(new_cursor(connection).execute(CHOSEN + COUNT_SEEN, _ask_for(stories_or_batch))))


@performs(Action.SIGN_OFF, "stories_or_batch", "status", tell=lambda moved: format_count(len(moved), "story"))
def sign_off(
    engine: Engine,
    stories_or_batch: str | Sequence[str],
    status: str,
    by: str,
    at: datetime | None = None,
    seen: Seen | None = None,
) -> tuple[str, ...]:
    """Set the status of stories, or of all stories of batches; return the stories that had another status.

    A story that leaves the drafts has `by` as its reviewer, of that day, until it is a draft again. `seen` is what the
    reviewer has seen of them. Raises NotFound for unknown names, Conflict with the changes since `seen`, and Refused
    for shipped stories and where the reviewer would be the coder or an editor: with all of them. Then nothing is
    changed.
    """
    return _set_status(engine, stories_or_batch, status, by, at, seen)


@performs(Action.BACK_TO_DRAFT, "stories_or_batch", tell=lambda moved: format_count(len(moved), "story"))
def move_to_draft(engine: Engine, stories_or_batch: str | Sequence[str], by: str) -> tuple[str, ...]:
    """Make drafts of stories, or of all stories of batches, as `sign_off` does; return those that were none."""
    return _set_status(engine, stories_or_batch, "draft", by)


def _ask_for(stories_or_batch: str | Sequence[str], status: str = "", by: str = "") -> dict[str, Any]:
    names = [stories_or_batch] if isinstance(stories_or_batch, str) else list(stories_or_batch)
    return {"names": names, "status": status, "by": by}


def _set_status(
    engine: Engine,
    stories_or_batch: str | Sequence[str],
    status: str,
    by: str,
    at: datetime | None = None,
    seen: Seen | None = None,
) -> tuple[str, ...]:
    if status not in STATUSES:
        raise Invalid(f"status {format_choices(status, STATUSES, 'a story')}")
    edit = new_edit(by, at)
    asked = _ask_for(stories_or_batch, status, edit.by)
    # checked first without the lock, so that an error costs no copy of the database
    with engine.read() as connection:
        _check_seen(connection, asked, seen)
        _check(connection, asked)
        if not connection.execute(CHOSEN + CHANGING + " limit 1", asked).fetchall():
            return ()
    with engine.transaction() as connection:
        _check_seen(connection, asked, seen)
        _check(connection, asked)
        parameters = asked | {"at": edit.at}
        connection.execute(CHOSEN + KEEP_REVIEWER, parameters)
        connection.execute(CHOSEN + KEEP_STATUS, parameters)
        mark_changed(connection, CHOSEN + CHANGING, asked)
        moved = connection.execute(CHOSEN + CHANGING, asked).fetchall()
        connection.execute(CHOSEN + UPDATE_STATUS, parameters)
    return tuple(story for (story,) in moved)


def _check_seen(connection: Connection, asked: dict[str, Any], seen: Seen | None) -> None:
    """Raise Conflict if stories have changed since a reviewer saw them, with who changed what, and when."""
    if seen is None:
        return
    now = Seen(*one_row(connection.execute(CHOSEN + COUNT_SEEN, asked)))
    if now == seen:
        return
    since = connection.execute(CHOSEN + LATEST, asked | {"most": max(now.changes - seen.changes, 0)}).fetchall()
    changes = [
        f"{who} changed the {'text' if field == RECORD else field} of {story} at {at:%Y-%m-%d %H:%M} UTC"
        for story, field, who, at in since[:NAMED]
    ]
    if len(since) > NAMED:
        changes.append(f"and {len(since) - NAMED:,} more changes")
    if now.stories != seen.stories:
        changes.append(f"there were {format_count(seen.stories, 'story')}, and now there are {now.stories:,}")
    raise Conflict(f"this changed while you read it: {'; '.join(changes)}. Nothing was signed off. Look at it again")


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
        cause: type[CxdataError] = NotFound if unknown else Refused
        raise cause("\n".join(faults))


QUEUE = f"""
select
    story.story,
    story.company,
    story.title,
    story.status,
    story.coder,
    story.coded_on,
    story.reviewer,
    story.batch,
    story.read_feeling,
    story.read_effort,
    story.read_drivers,
    story.read_promises,
    story.read_signs,
    is_mapped(story.coder, batch.mapping) as is_mapped,
    (
        select arg_max(history.changed_by, history.changed_at) from history
        where history.story = story.story and history.field = '{RECORD}'
    ) as editor,
    list_concat([story.coder], (
        select list(if(history.field = 'coder', history.before, history.changed_by)) from history
        where history.story = story.story and history.field in ('coder', '{RECORD}')
    )) as coders_and_editors,
    count(*) over () as waiting,
    count(*) filter (where story.read_effort = 'whole') over () as effort_whole,
    count(*) filter (where story.read_effort = 'part') over () as effort_part
from story
inner join batch on story.batch = batch.batch
where story.status <> 'published' and ($batch is null or story.batch = $batch)
order by story.coded_on desc, story.story
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
    """Count the unpublished stories of each batch that has any."""
    return dict(new_cursor(connection).execute(DRAFT_BATCHES).fetchall())


def list_queue(connection: Connection, batch: str | None, most: int) -> list[dict[str, Any]]:
    """List the first `most` unpublished stories of a batch, or of all.

    `waiting` counts all of them, effort_whole and effort_part those that were read for all or some effort types.
    `coders_and_editors` lists the people who cannot sign the story off.
    """
    cursor = new_cursor(connection)
    return dict_rows(cursor.execute(QUEUE, {"batch": batch, "most": most}))
