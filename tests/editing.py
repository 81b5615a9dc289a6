"""Databases in files, small enough to be changed in every test."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import duckdb

from cxdata.editing.stories import insert_library
from cxdata.questions.ask import ask
from cxdata.resources import ROOT
from cxdata.store import data_version, open_database
from cxdata.store.records.rows import ImportBatch
from cxdata.store.transaction import transaction
from cxdata.stories import Library, Story

Row = tuple[Any, ...]
Write = Callable[..., Path]

GOOD = (ROOT / "tests" / "good-story.toml").read_text("utf-8")
OTHERWISE = ("A kettle is ordered", "Another kettle is ordered")  # a change of the good story's words


def bring(path: Path, *stories: Story, batch: str = "mine") -> Path:
    """The stories as a batch beside what the file holds."""
    with transaction(path) as connection:
        insert_library(
            connection, Library(stories), ImportBatch(batch, "file.toml", batch, "A. Writer", datetime(2026, 11, 22))
        )
    return path


def look(path: Path, asked: str) -> list[Row]:
    """What a line of SQL finds in the file."""
    with duckdb.connect(str(path), read_only=True) as connection:
        return connection.execute(asked).fetchall()


def everything(path: Path) -> dict[str, list[Row]]:
    """All rows of all tables, but for the numbers that stand for stories in the rollups: any will do.

    So will any order of the words that a search looks through (tests/test_many.py holds them to a recount).
    """
    tables = [name for (name,) in look(path, "from (show tables) order by 1") if name != "story_text"]
    numbered = {name for (name,) in look(path, "select table_name from duckdb_columns() where column_name = 'number'")}
    return {
        name: look(path, f"select * {'exclude (number)' if name in numbered else ''} from {name} order by all")
        for name in tables
    }


def answer(path: Path, question: str, **parameters: Any) -> list[dict[str, Any]]:
    """The answer to a question, as everybody asks it."""
    return opened(path, lambda connection: ask(connection, question, parameters).to_pylist())


def version(path: Path) -> str:
    return opened(path, data_version)


def opened(path: Path, do: Callable[[duckdb.DuckDBPyConnection], Any]) -> Any:
    connection = open_database(path)
    try:
        return do(connection)
    finally:
        connection.close()


def told(path: Path) -> set[str]:
    """The stories that count."""
    return {row["story"] for row in answer(path, "story_scores")}
