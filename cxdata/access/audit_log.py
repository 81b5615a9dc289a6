"""The audit log: who did what and when, kept beside the database, and nothing of what stories say."""

import csv
import io
import logging
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, fields

from cxdata.access.records import find_records, now, open_records
from cxdata.access.roles import Action
from cxdata.errors import CxdataError, Unavailable
from cxdata.store.engine import Engine
from cxdata.text.spreadsheet import escape_formula

BEGUN, DONE, REFUSED, FAILED = "begun", "done", "refused", "failed"
LONGEST = 200  # characters of a subject or detail
SELECT = """
select at, who, action, coalesce(subject, ''), coalesce(detail, ''), outcome
from event
where
    (:who is null or who = :who)
    and (:action is null or action = :action)
    and (:since is null or at >= :since)
    and (:until is null or at < date(:until, '+1 day'))
order by at desc, event desc
limit :most
"""

log = logging.getLogger("cxdata")


@dataclass(frozen=True)
class Event:
    """What somebody did: the time (UTC, ISO 8601), their name, and the outcome; one that stays `begun` was cut off."""

    at: str
    who: str
    action: str
    subject: str
    detail: str
    outcome: str


@dataclass
class Entry:
    """An event that is under way; its `detail` may be set until it ends."""

    detail: str = ""


@contextmanager
def record(engine: Engine, who: str, action: Action, subject: str = "") -> Iterator[Entry]:
    """Record an action around the block that does it: its beginning first, so that nothing is done without a record.

    Raises Unavailable if that cannot be written, and the errors of the block, of which the log has the kind alone.
    """
    with open_records(engine) as records:
        added = records.execute(
            "insert into event (at, who, action, subject, outcome) values (?, ?, ?, ?, ?)",
            (now(), who[:LONGEST], action.words, subject[:LONGEST], BEGUN),
        )
        number = added.lastrowid
    entry = Entry()
    try:
        yield entry
    except CxdataError as error:
        _finish(engine, number, type(error).__name__, FAILED if isinstance(error, Unavailable) else REFUSED)
        raise
    except BaseException as error:
        _finish(engine, number, type(error).__name__, FAILED)
        raise
    _finish(engine, number, entry.detail, DONE)


def record_at_once(engine: Engine, who: str, action: Action, subject: str = "", detail: str = "") -> None:
    """Record what needs no second line. A full disk keeps nobody from reading: it is logged, and nothing is raised."""
    try:
        with open_records(engine) as records:
            records.execute(
                "insert into event (at, who, action, subject, detail, outcome) values (?, ?, ?, ?, ?, ?)",
                (now(), who[:LONGEST], action.words, subject[:LONGEST], detail[:LONGEST], DONE),
            )
    except Unavailable as error:
        log.error("%s by %s is not in the audit log: %s", action.words, who, error)


def record_once_a_day(engine: Engine, who: str, action: Action, detail: str = "") -> None:
    """Record an action once for each person and day (UTC)."""
    if not any(event.who == who for event in list_events(engine, who, action.words, since=now()[:10], most=1)):
        record_at_once(engine, who, action, detail=detail)


def list_events(
    engine: Engine,
    who: str | None = None,
    action: str | None = None,
    since: str | None = None,
    until: str | None = None,
    most: int = -1,
) -> list[Event]:
    """List events, the latest first: of a person, of an action's words, of days (YYYY-MM-DD, both included).

    `most` limits their number. Raises Unavailable.
    """
    if find_records(engine) is None:
        return []
    choices = {"who": who, "action": action, "since": since, "until": until, "most": most}
    with open_records(engine) as records:
        return [Event(*row) for row in records.execute(SELECT, choices)]


def list_people(engine: Engine) -> list[str]:
    """List everybody whom the log names. Raises Unavailable."""
    if find_records(engine) is None:
        return []
    with open_records(engine) as records:
        return [who for (who,) in records.execute("select distinct who from event order by who")]


def write_csv(events: list[Event]) -> str:
    """Write events as CSV, the latest first; no cell is a formula to a spreadsheet."""
    text = io.StringIO()
    writer = csv.writer(text)
    names = [field.name for field in fields(Event)]
    writer.writerow(names)
    writer.writerows([escape_formula(getattr(event, name)) for name in names] for event in events)
    return text.getvalue()


def prune(engine: Engine, months: int) -> int:
    """Delete events of more than so many months ago; return their number. Raises Unavailable."""
    if find_records(engine) is None:
        return 0
    with open_records(engine) as records:
        gone = records.execute("delete from event where at < datetime('now', ?)", (f"-{months} months",))
        return gone.rowcount


def _finish(engine: Engine, number: int | None, detail: str, outcome: str) -> None:
    """Complete an event. What is done stays done where this cannot be written: the event then reads `begun`."""
    try:
        with open_records(engine) as records:
            records.execute(
                "update event set detail = ?, outcome = ? where event = ?", (detail[:LONGEST], outcome, number)
            )
    except (Unavailable, sqlite3.Error) as error:
        log.error("the audit log cannot be completed: %s", error)
