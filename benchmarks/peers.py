"""Every question that sets companies or halls side by side, against DuckDB, Polars, pandas and SQLite on the same rows.

The peers hold the base tables of published stories and answer from them each time, in their own style: DuckDB those of
the same file, the others in memory, without texts, with keys (SQLite) or with names kept as numbers (pandas, Polars).
Ours is asked as a page asks it, of what is kept (rollups). Answers are compared to a millionth before they are timed;
one that differs ends the run. peer_questions.py says which columns are left out, and why. No question is left out but
how_sure where ours resamples, of companies with 5 to 200 stories: no peer draws the same resamples. From thirty rows of
sums on, its intervals and the draws of rank_stability are the same few lines of numpy for every peer.

    .venv/bin/python benchmarks/peers.py DATABASE [--questions effort,signs] [--rounds 3]
"""

import argparse
import importlib
import statistics
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
from peer_answers import compare, rows_of
from peer_questions import COMPARED
from peer_sql import Ask, duckdb_peer, sqlite_peer
from peer_statistics import Row, is_resampled
from peer_tables import read_draws, read_tables

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from cxdata.questions.ask import ask_rows
from cxdata.store import new_cursor
from cxdata.store.duckdb_file import DuckDBFile

OURS = "ours"
PATIENCE = 5.0  # s; who takes longer is asked once
TO_FIX = 10  # items of what_to_fix on its page; the last row holds the others
MOST_SIGNED = 40  # companies of signs_by_company on its page


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("database", type=Path)
    parser.add_argument("--questions", type=lambda names: names.split(","), default=list(COMPARED))
    parser.add_argument("--rounds", type=int, default=3)
    asked = parser.parse_args()
    unknown = sorted(set(asked.questions) - set(COMPARED))
    if unknown:
        raise SystemExit(f"no comparison is called {', '.join(unknown)}; there are: {', '.join(COMPARED)}")
    connection = DuckDBFile(asked.database).read()
    cursor = new_cursor(connection)
    tables = read_tables(cursor)
    ways: dict[str, Ask] = {OURS: lambda name, asks: ask_rows(connection, name, asks)}
    ways |= _peers(cursor, tables)
    print(
        f"{tables['published_story'].num_rows:,} stories, median of {asked.rounds}; * asked once, over {PATIENCE:g} s"
    )
    del tables
    print(f"{'question':<22}{'ours':>10}" + "".join(f"{name:>12}" for name in ways if name != OURS), flush=True)
    ratios: dict[str, list[float]] = {name: [] for name in ways if name != OURS}
    for name in asked.questions:
        asks = _asks(cursor, COMPARED[name].asks, name)
        if name == "how_sure" and any(is_resampled(row["story_count"]) for row in ask_rows(connection, name)):
            print(f"{name:<22}left out: ours resamples companies with 5 to 200 stories")
            continue
        taken = _measure(name, asks, ways, asked.rounds)
        ours = statistics.median(taken[OURS])
        line = f"{name:<22}{ours * 1000:7.1f} ms"
        for way, found in ratios.items():
            found.append(statistics.median(taken[way]) / ours)
            line += f"{_format_ratio(found[-1]):>11}{'*' if len(taken[way]) < len(taken[OURS]) else ' '}"
        print(line, flush=True)
    for label, of in (("smallest ratio", min), ("median ratio", statistics.median)):
        print(f"{label:<32}" + "".join(f"{_format_ratio(of(found)):>11} " for found in ratios.values() if found))


def _format_ratio(ratio: float) -> str:
    return f"{ratio:.1f}" if ratio >= 1 else f"{ratio:.2g}"


def _peers(cursor: duckdb.DuckDBPyConnection, tables: dict[str, pa.Table]) -> dict[str, Ask]:
    """A way to ask each peer that is installed, by its name."""
    draws = read_draws(cursor)
    peers = {"DuckDB": duckdb_peer(cursor, draws)}
    for name in ("Polars", "pandas"):
        try:
            peers[name] = importlib.import_module(f"peer_{name.lower()}").peer(tables, draws)
        except ModuleNotFoundError as missing:
            if missing.name != name.lower():
                raise
            print(f"{name}: not installed (benchmarks/requirements.txt)")
    return peers | {"SQLite": sqlite_peer(tables, draws)}


def _asks(cursor: duckdb.DuckDBPyConnection, names: Sequence[str], question: str) -> dict[str, Any]:
    """What a page asks with: the job that most stories of two companies serve, and these companies."""
    if names == ("most",):
        return {"most": TO_FIX if question == "what_to_fix" else MOST_SIGNED}
    if not names:
        return {}
    job, left, right = cursor.execute("""
        select job, arg_max(company, story_count, 2)[1], arg_max(company, story_count, 2)[2] from job_cell
        group by job having count(*) > 1 order by sum(story_count) desc, job limit 1
    """).fetchall()[0]
    return {key: value for key, value in (("job", job), ("left", left), ("right", right)) if key in names}


def _measure(name: str, asks: dict[str, Any], ways: dict[str, Ask], rounds: int) -> dict[str, list[float]]:
    """Seconds of each way, asked in turn; first of all every peer must answer as ours does."""
    first = {}
    ours: list[Row] = []
    for way, ask in ways.items():
        answer, first[way] = _time(ask, name, asks)
        if way == OURS:
            ours = rows_of(answer)
        else:
            compare(name, way, COMPARED[name], ours, rows_of(answer))
    taken: dict[str, list[float]] = {way: [seconds] if seconds > PATIENCE else [] for way, seconds in first.items()}
    for _ in range(rounds):
        for way, ask in ways.items():
            if first[way] <= PATIENCE:
                taken[way].append(_time(ask, name, asks)[1])
    return taken


def _time(ask: Ask, name: str, asks: dict[str, Any]) -> tuple[Any, float]:
    """The answer, and the seconds that it took."""
    began = time.perf_counter()
    answer = ask(name, asks)
    return answer, time.perf_counter() - began


if __name__ == "__main__":
    main()
