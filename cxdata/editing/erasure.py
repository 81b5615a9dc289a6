"""Erasure: a story leaves the database with every word about it, and the copies that still hold it are named."""

import zipfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from cxdata.access.performing import performs
from cxdata.access.records import forget_names
from cxdata.access.roles import Action
from cxdata.editing.batches import BATCHED, OF_STORY, USERS, delete_names, delete_orphans
from cxdata.editing.changelog import ERASED, new_edit, record_change
from cxdata.editing.drafts import delete_drafts_of
from cxdata.editing.stories import require_editable
from cxdata.store.copies.known_copies import holds_story
from cxdata.store.engine import Connection, Engine
from cxdata.store.records.rows import SHIPPED
from cxdata.store.sql import one_row
from cxdata.store.transaction import mark_changed

READABLE = (
    ".csv",
    ".html",
    ".json",
    ".svg",
    ".zip",
    ".jsonl",
    ".toml",
    ".sqlite",
)  # a text in such a file can be searched for


@dataclass(frozen=True)
class Erasure:
    """The files that still hold an erased story, and those that cannot be looked into and may hold it."""

    holding: tuple[Path, ...]
    uncertain: tuple[Path, ...]


@dataclass(frozen=True)
class _Traces:
    """What shows an erased story in a file: its texts, and the time (UTC) before which no file can contain it."""

    texts: tuple[bytes, ...]
    since: datetime


@performs(Action.ERASE)
def erase_story(engine: Engine, story: str, by: str) -> Erasure:
    """Delete a story with its account, passages, history, replies, second codings and drafts, and all of their bytes.

    The changelog keeps that a story of its batch was erased, by whom and when. Copies elsewhere stay: the answer names
    them. Raises NotFound for an unknown story, Refused for a shipped one; then nothing is changed.
    """
    edit = new_edit(by)
    # checked first without the lock, so that an unknown story costs no copy of the database
    with engine.read() as reader:
        require_editable(reader, story)
    erased = {"story": story}
    with engine.transaction(rewrite=True) as connection:
        require_editable(connection, story)
        traces = _read_traces(connection, story)
        found = connection.execute("select batch, company, source from story where story = $story", erased)
        batch, company, source = one_row(found)
        mark_changed(connection, "select $story as story", erased)
        for table in (*OF_STORY, "second_coding", "story"):
            connection.execute(f"delete from {table} where story = $story", erased)
        names = _list_names(connection, company)
        _delete_unused(connection, {"company": company, "source": source})
        names -= _list_names(connection, company)
        is_left = _reduce_batch(connection, batch)
        # the batch of a story written by hand has the story's name, and goes with it
        record_change(connection, edit, ERASED, None, batch if is_left else None)
    damaged_drafts = delete_drafts_of(engine, story)
    forget_names(engine, {story, *names, *([] if is_left else [batch])})
    return _find_copies(engine, story, traces, damaged_drafts)


def _list_names(connection: Connection, company: str) -> set[str]:
    """Return the names by which a company is known, its former ones too; none of one that is gone."""
    known = connection.execute(
        "select company from company where company = $company "
        "union select alias from company_alias where company = $company",
        {"company": company},
    )
    return {name for (name,) in known.fetchall()}


def _delete_unused(connection: Connection, named: Mapping[str, str]) -> None:
    """Delete the company and the source of an erased story, unless they ship or something else refers to them."""
    for table, name in named.items():
        connection.execute(
            f"delete from {table} where {table} = $name and batch <> $shipped "
            f"and {table} not in (select {table} from ({USERS[table]}))",
            {"name": name, "shipped": SHIPPED},
        )
    delete_names(connection)


def _reduce_batch(connection: Connection, batch: str) -> bool:
    """Reduce the count of a batch by one story, and delete a batch without rows; return whether it is left."""
    connection.execute("update batch set rows = rows - 1 where batch = $batch", {"batch": batch})
    held = " union all ".join(f"select batch from {table}" for table in BATCHED)
    is_left = bool(connection.execute(f"from ({held}) where batch = $batch limit 1", {"batch": batch}).fetchall())
    if not is_left:
        delete_orphans(connection, batch)
        connection.execute("delete from batch where batch = $batch", {"batch": batch})
    return is_left


def describe_erasure(erasure: Erasure) -> list[str]:
    """Write what an erasure did, and what is left to do, as sentences, with each file on its own line."""
    lines = ["The story is erased. Nothing of it is left in the database."]
    if erasure.holding:
        lines.append("These files still contain it. Delete them, or export them again:")
        lines += [f"  {path}" for path in erasure.holding]
    if erasure.uncertain:
        lines.append("These files may contain it. We cannot search them:")
        lines += [f"  {path}" for path in erasure.uncertain]
    if not (erasure.holding or erasure.uncertain):
        lines.append("No backup or export that this program wrote contains it.")
    lines.append(
        "This list leaves out copies that somebody downloaded or moved. A restored backup may contain the story again."
    )
    return lines


def _read_traces(connection: Connection, story: str) -> _Traces:
    title, summary, since = one_row(
        connection.execute(
            "select title, summary, imported_at from story inner join batch on story.batch = batch.batch "
            "where story = $story",
            {"story": story},
        )
    )
    return _Traces(tuple(text.encode() for text in (story, title, summary)), since.replace(tzinfo=UTC))


def _find_copies(engine: Engine, story: str, traces: _Traces, damaged_drafts: Sequence[Path]) -> Erasure:
    holding, uncertain = [], list(damaged_drafts)
    for copy in engine.find_copies():
        held = holds_story(copy, story)
        if held is None:
            held = _mentions(copy, traces)
        if held is None:
            uncertain.append(copy)
        elif held:
            holding.append(copy)
    return Erasure(tuple(holding), tuple(uncertain))


def _mentions(copy: Path, traces: _Traces) -> bool | None:
    """Return whether a file has a text of the story; None if it cannot be searched, such as a picture."""
    try:
        if datetime.fromtimestamp(copy.stat().st_mtime, UTC) < traces.since:
            return False
        if any(text in content for content in _read_contents(copy) for text in traces.texts):
            return True
    except (OSError, zipfile.BadZipFile):
        return None
    return False if copy.suffix in READABLE else None


def _read_contents(copy: Path) -> Iterator[bytes]:
    yield copy.read_bytes()
    if copy.suffix == ".zip":
        with zipfile.ZipFile(copy) as packed:
            for name in packed.namelist():
                yield packed.read(name)
