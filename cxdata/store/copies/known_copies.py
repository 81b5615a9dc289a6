"""Copies: the files beside the database and elsewhere that hold rows of it, so that an erasure can name them.

A backup, an export and a file of faulty rows are remembered when they are written. What a reader downloads is not.
"""

import json
import logging
import os
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path

import duckdb

from cxdata.store.lockdown import attach, opening_settings

log = logging.getLogger("cxdata")

REMEMBERED = "copies"  # the end of the name of the list beside the database: one path a line, as JSON
WORKPLACES = (".building-*", ".changing-*", ".backing-up-*")  # folders of drafts; a killed process leaves one
MAGIC = (8, b"DUCK")  # the place of the mark in a DuckDB file
CATALOG = "copied"


def remember_copies(path: Path, copies: Iterable[Path]) -> None:
    """Add files written from the database at `path` to the list of its copies, each once."""
    listed = _list_file(path)
    known = set(_read_list(listed))
    added = sorted({str(copy.resolve()) for copy in copies} - known)
    try:
        if added:
            with os.fdopen(os.open(listed, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600), "w") as file:
                file.write("".join(f"{json.dumps(place)}\n" for place in added))
    except OSError as error:
        log.warning("these copies cannot be listed, so an erasure will not name them: %s (%s)", ", ".join(added), error)


def find_copies(path: Path) -> tuple[Path, ...]:
    """Return every other file that holds or held rows of the database at `path`.

    They are the DuckDB files in its folder, in the drafts of dead processes and in abandoned public copies, and the
    remembered files that are still there.
    """
    own = path.resolve()
    beside = [file for file in _list_beside(own) if _is_database(file)]
    remembered = [Path(place) for place in _read_list(_list_file(path))]
    found = {file.resolve() for file in (*beside, *remembered) if file.is_file()}
    return tuple(sorted(found - {own}))


def holds_story(copy: Path, story: str) -> bool | None:
    """Return whether a database file has a story or the history of one; None if it cannot be read, or is none."""
    if not _is_database(copy):
        return None
    try:
        with duckdb.connect(config=opening_settings()) as connection:
            attach(connection, copy, CATALOG)
            tables = connection.execute(
                "select table_name from duckdb_columns() where database_name = $catalog and column_name = 'story'"
                " and not internal and table_name in (select table_name from duckdb_tables())",
                {"catalog": CATALOG},
            ).fetchall()
            held = " union all ".join(f"select story from {CATALOG}.{table}" for (table,) in tables)
            return bool(held and connection.execute(f"from ({held}) where story = $story limit 1", [story]).fetchall())
    except duckdb.Error:
        return None


def _list_beside(own: Path) -> Iterator[Path]:
    yield from own.parent.iterdir()
    for pattern in WORKPLACES:
        yield from own.parent.glob(f"{pattern}/*")
    yield from Path(tempfile.gettempdir()).glob("cxdata-public-*/*")


def _is_database(file: Path) -> bool:
    start, mark = MAGIC
    try:
        with file.open("rb") as opened:
            opened.seek(start)
            return opened.read(len(mark)) == mark
    except OSError:
        return False


def _list_file(path: Path) -> Path:
    place = path.resolve()  # beside the database, and not beside a link to it
    return place.with_name(f"{place.name}.{REMEMBERED}")


def _read_list(listed: Path) -> list[str]:
    try:
        return [str(json.loads(line)) for line in listed.read_text("utf-8").splitlines()]
    except FileNotFoundError:
        return []
    except (OSError, ValueError) as error:
        log.warning("%s cannot be read, so an erasure does not name the copies that it lists: %s", listed, error)
        return []
