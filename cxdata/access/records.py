"""Records of access, beside the database in a file of their own: what a change of the database would be too slow for.

A change of the database copies it, and a sign-in must not. The file is SQLite, so that several processes write to it.
"""

import os
import sqlite3
from collections.abc import Collection, Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import parse_qsl

from cxdata.errors import Unavailable
from cxdata.store.engine import Engine

FOLDER = "access"
FILE = "records.sqlite"
CHANGE_COUNTER = (24, 4)  # bytes of the file: their place and number
PATIENCE = 10.0  # s that a process waits for another
ERASED = "an erased story"
SCHEMA = """
create table if not exists ended_sign_in (
    sign_in text primary key,
    ended_at text not null
) strict;
create table if not exists public_view (
    token text primary key,
    chart text not null,
    query text not null,
    published_by text not null,
    published_at text not null,
    unique (chart, query)
) strict;
create table if not exists closed_view (
    token text primary key
) strict;
create table if not exists signing_key (
    key text primary key,
    made_at text not null
) strict;
create table if not exists event (
    event integer primary key autoincrement,
    at text not null,
    who text not null,
    action text not null,
    subject text,
    detail text,
    outcome text not null
) strict;
create index if not exists event_at on event (at);
"""


def now() -> str:
    """Return the time in UTC as the records have it, to the second."""
    return datetime.now(UTC).strftime("%Y-%m-%d %H:%M:%S")


def find_records(engine: Engine) -> Path | None:
    """Return the file, or None if nothing was recorded yet."""
    path = engine.companion_folder(FOLDER) / FILE
    return path if path.exists() else None


def count_changes(path: Path) -> bytes:
    """Return what SQLite counts up in the file at each change. Raises Unavailable."""
    start, length = CHANGE_COUNTER
    try:
        with path.open("rb") as file:
            file.seek(start)
            return file.read(length)
    except OSError as error:
        raise Unavailable(f"{path} cannot be read: {error}") from error


@contextmanager
def open_records(engine: Engine) -> Iterator[sqlite3.Connection]:
    """Open the file for one transaction, which is kept if the block ends without an error. Raises Unavailable."""
    folder = engine.companion_folder(FOLDER)
    try:
        if not (folder / FILE).exists():
            folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            make_file(folder / FILE)
        with closing(sqlite3.connect(folder / FILE, timeout=PATIENCE)) as connection:
            connection.execute("pragma secure_delete = on")  # what is deleted leaves no bytes
            connection.executescript(SCHEMA)
            with connection:
                yield connection
    except (OSError, sqlite3.Error) as error:
        raise Unavailable(f"{folder / FILE} cannot be written or read: {error}") from error


def make_file(path: Path) -> None:
    """Make an empty file that its owner alone may read."""
    os.close(os.open(path, os.O_CREAT | os.O_WRONLY, 0o600))


def close_views(records: sqlite3.Connection, tokens: Collection[str]) -> int:
    """Close views for good, also against a backup that has them open; return the number of those that were open."""
    records.executemany("insert or ignore into closed_view values (?)", [(token,) for token in tokens])
    return records.execute("delete from public_view where token in (select token from closed_view)").rowcount


def forget_names(engine: Engine, names: Collection[str]) -> None:
    """Remove the names of an erased story, close the public views of it, and keep that something was done.

    Raises Unavailable.
    """
    if find_records(engine) is None:
        return
    with open_records(engine) as records:
        records.executemany(
            "update event set subject = :erased, detail = null "
            "where instr(lower(coalesce(subject, '') || char(10) || coalesce(detail, '')), lower(:name))",
            [{"erased": ERASED, "name": name} for name in names],
        )
        views = records.execute("select token, query from public_view").fetchall()
        named = {name.casefold() for name in names}
        gone = [token for token, query in views if named & {value.casefold() for _, value in parse_qsl(query)}]
        close_views(records, gone)
