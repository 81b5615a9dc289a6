"""SQLite and DuckDB over the base tables: one text a question, benchmarks/peer_sql/QUESTION.sql, that both run."""

import re
import sqlite3
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from itertools import groupby
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
import pyarrow as pa
from peer_questions import MOST_BLOCKS, MOST_COLUMNS, MOST_OWN_DOTS, MOST_ROWS
from peer_statistics import Row, compute_ranks, compute_sureness
from peer_tables import STORY

TEXTS = Path(__file__).resolve().parent / "peer_sql"
LIMITS = {
    "most_rows": MOST_ROWS,
    "most_columns": MOST_COLUMNS,
    "most_own_dots": MOST_OWN_DOTS,
    "most_blocks": MOST_BLOCKS,
}
# clustered by what they are joined by, as a table that is asked so would be
KEYS = {
    "published_story": "story",
    "encounter": "story, step",
    "effort_event": "story, step, event",
    "promise": "story, promise",
    "sign": "story, sign",
    "source": "source",
    "company": "company",
}
Asks = Mapping[str, Any]
Ask = Callable[[str, Asks], list[Row]]


def duckdb_peer(cursor: duckdb.DuckDBPyConnection, draws: list[list[float]]) -> Ask:
    """A way to ask DuckDB; it reads the base tables of the same file as ours."""
    cursor.execute(f"create temp view published_story as {STORY}")
    cursor.execute(_text("definitions"))
    return _asker(cursor, draws)


def sqlite_peer(tables: dict[str, pa.Table], draws: list[list[float]]) -> Ask:
    """A way to ask SQLite; it holds the tables in memory, with keys and statistics of its own."""
    database = sqlite3.connect(":memory:")
    for name, rows in tables.items():
        key = KEYS.get(name, "code")
        database.execute(f"create table {name} ({', '.join(rows.column_names)}, primary key ({key})) without rowid")
        marks = ", ".join("?" * rows.num_columns)
        for batch in rows.to_batches(max_chunksize=100_000):
            columns = [column.to_pylist() for column in batch.columns]
            database.executemany(f"insert into {name} values ({marks})", zip(*columns, strict=True))
    database.execute("create index of_company on published_story (company)")
    database.execute("create index of_driver on effort_event (driver)")
    database.execute("analyze")
    database.executescript(_text("definitions"))
    return _asker(database, draws)


def _asker(database: Any, draws: list[list[float]]) -> Ask:
    of_draw = np.array(draws)

    def ask(name: str, asks: Asks) -> list[Row]:
        sql = _text(name)
        given = LIMITS | dict(asks)
        bound = {key: given[key] for key in re.findall(r"\$([a-z_]+)", sql)}
        found = database.execute(sql, bound)
        columns = [column[0] for column in found.description]
        rows = [dict(zip(columns, row, strict=True)) for row in found.fetchall()]
        if name == "how_sure":
            return compute_sureness(rows)
        return _drawn(rows, of_draw) if name == "rank_stability" else rows

    return ask


def _drawn(rows: Sequence[Row], draws: np.ndarray) -> list[Row]:
    """From a row a company and driver to the ranks of the companies in every draw."""
    ordered = sorted(rows, key=lambda row: (row["company"], row["driver"]))
    companies = [list(group) for _, group in groupby(ordered, key=lambda row: row["company"])]
    return compute_ranks(
        [drivers[0]["company"] for drivers in companies],
        [drivers[0]["story_count"] for drivers in companies],
        np.array([[driver["points"] for driver in drivers] for drivers in companies]),
        draws,
    )


@cache
def _text(name: str) -> str:
    return (TEXTS / f"{name}.sql").read_text("utf-8")
