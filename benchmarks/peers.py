"""Comparison questions against Polars, pandas and SQLite on the same rows, in the same run.

Each peer holds the base tables (story, encounter, effort_event) in memory and answers in its own idiom; ours is asked
as a page asks it, of what is kept (rollups). Answers are compared before they are timed.

    .venv/bin/python benchmarks/peers.py DATABASE [--rounds 5]
"""

import argparse
import sqlite3
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from cxdata.database import ask_rows, cursor_of, open_database

MEAN_POINTS = """
select story.company, count(*) as stories, avg(coalesce(weighed.points, 0)) as points from story left join (
    select story, sum(points * times + points_per_hour * coalesce(minutes, 0) / 60) as points
    from effort_event inner join driver on effort_event.driver = driver.code group by story
) as weighed on story.story = weighed.story group by story.company
"""
Answer = dict[str, float]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("database", type=Path)
    parser.add_argument("--rounds", type=int, default=5)
    asked = parser.parse_args()
    connection = open_database(asked.database)
    cursor = cursor_of(connection)
    tables = {
        "story": cursor.sql("select story, company from story where status = 'published'").to_arrow_table(),
        "effort_event": cursor.sql("select story, driver, times, minutes from effort_event").to_arrow_table(),
        "driver": cursor.sql("select code, points, points_per_hour from codebook_drivers").to_arrow_table(),
    }
    ways: dict[str, Callable[[], Answer]] = {
        "ours, of rollups": lambda: {
            row["company"]: row["mean_points"] for row in ask_rows(connection, "company_scores")
        },
        "DuckDB, of base tables": lambda: _duckdb(cursor),
    }
    for name, make in (("SQLite", _sqlite), ("pandas", _pandas), ("Polars", _polars)):
        try:
            ways[name] = make(tables)
        except ImportError:
            print(f"{name}: not installed (benchmarks/requirements.txt)")
    right = ways["DuckDB, of base tables"]()
    medians = {}
    for name, way in ways.items():
        answer = way()
        wrong = [company for company, points in answer.items() if abs(points - right[company]) > 1e-6]
        if wrong:
            raise SystemExit(f"{name} answers otherwise: {wrong[:3]}")
        times = []
        for _ in range(asked.rounds):
            began = time.perf_counter()
            way()
            times.append(time.perf_counter() - began)
        medians[name] = statistics.median(times)
    print(f"mean effort points of each company, {tables['story'].num_rows:,} stories, median of {asked.rounds}")
    for name, median in medians.items():
        print(f"  {name:<24} {median * 1000:9.1f} ms  {median / medians['ours, of rollups']:7.1f} times")


def _duckdb(cursor: Any) -> Answer:
    sql = MEAN_POINTS.replace("from story left join", "from (from story where status = 'published') as story left join")
    found = cursor.execute(sql.replace("inner join driver", "inner join codebook_drivers as driver")).fetchall()
    return {company: points for company, _, points in found}


def _sqlite(tables: dict[str, Any]) -> Callable[[], Answer]:
    database = sqlite3.connect(":memory:")
    for name, rows in tables.items():
        database.execute(f"create table {name} ({', '.join(rows.column_names)})")
        marks = ", ".join("?" * rows.num_columns)
        for batch in rows.to_batches(max_chunksize=100_000):
            columns = [column.to_pylist() for column in batch.columns]
            database.executemany(f"insert into {name} values ({marks})", zip(*columns, strict=True))
    database.execute("create index of_story on effort_event (story)")
    return lambda: {company: points for company, _, points in database.execute(MEAN_POINTS).fetchall()}


def _pandas(tables: dict[str, Any]) -> Callable[[], Answer]:
    story, event, driver = (tables[name].to_pandas() for name in ("story", "effort_event", "driver"))

    def answer() -> Answer:
        told = event.merge(driver, left_on="driver", right_on="code")
        told["all"] = told["points"] * told["times"] + told["points_per_hour"] * told["minutes"].fillna(0) / 60
        points = story["story"].map(told.groupby("story")["all"].sum()).fillna(0)
        return dict(points.groupby(story["company"]).mean())

    return answer


def _polars(tables: dict[str, Any]) -> Callable[[], Answer]:
    import polars as pl

    story, event, driver = (pl.from_arrow(tables[name]) for name in ("story", "effort_event", "driver"))

    def answer() -> Answer:
        points = pl.col("points") * pl.col("times") + pl.col("points_per_hour") * pl.col("minutes").fill_null(0) / 60
        told = event.join(driver, left_on="driver", right_on="code").group_by("story").agg(points.sum().alias("all"))
        found = story.join(told, on="story", how="left").group_by("company").agg(pl.col("all").fill_null(0).mean())
        return dict(found.iter_rows())

    return answer


if __name__ == "__main__":
    main()
