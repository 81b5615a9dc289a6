"""Synthetic stories for benchmarks: made by SQL from a seed, the same bytes for the same seed everywhere.

Each is marked as synthetic in its title, summary, company, source, coder and reviewer.
"""

import json
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from typing import Any

from cxdata.codebook.codes import Codebook
from cxdata.errors import DatabaseError, Unavailable
from cxdata.ingest.flat_table.columns import ENCOUNTER_COLUMNS, STORY_COLUMNS
from cxdata.resources import SQL
from cxdata.store.connection import open_scratch, translate_errors
from cxdata.store.engine import Connection
from cxdata.store.sql import quote_path, scalar

FORMATS = {
    "parquet": "format parquet, compression zstd, row_group_size 122880",
    "csv": "format csv, header",
    "jsonl": "",
}
SETTINGS: dict[str, str | bool | int | float | list[str]] = {
    "memory_limit": "3GB",
    # more threads hold more of the file in memory at once, and gain little
    "threads": 4,
    "preserve_insertion_order": True,
}
SECTORS = ["Retail", "Banking", "Telecoms", "Energy", "Insurance", "Travel", "Fashion", "Groceries"]
COUNTRIES = ["GB", "DE", "FR", "NL", None]
WORDS = """
a about account across address after again along and answer around at bag before beside bill box button by call card
chair clock code copy corner counter date day desk door envelope evening every first floor folder for form from front
garden green half hall hour in index into key kitchen label lamp last letter light line list map margin menu message
minute monday morning name near next note number of office old on one order other page paper parcel path payment pen
person picture plain pocket question quiet receipt reply ribbon road room round screen second shelf shop sign small
song stairs stamp street table third thursday to town train twice under van voice walk wall week white window with
word yellow
""".split()  # noqa: SIM905 - a list of eight lines, one word each, would be a page long
SOURCE_FIELDS = ("title", "author", "publication", "published", "url", "kind")
Row = Mapping[str, Any]


def write_synthetic(path: Path, stories: int, seed: int, form: str, codebook: Codebook) -> int:
    """Write this many synthetic stories to a file in one of FORMATS, and return its number of rows or lines.

    The columns are those of flat_table/columns.py. 'jsonl' has one nested story a line, as in stories/records.py, with
    its account. The file at `path` is replaced once the new one is complete. Raises Unavailable.
    """
    try:
        with (
            tempfile.TemporaryDirectory(dir=path.parent, prefix=".synthesizing-") as folder,
            translate_errors(),
            open_scratch([Path(folder)], SETTINGS | {"temp_directory": folder}) as connection,
        ):
            draft = Path(folder) / "draft"
            flat = flat_stories(connection, stories, seed, codebook)
            if form == "jsonl":
                written = _write_lines(draft, nested_stories(_rows(connection, flat)))
            else:
                written = scalar(connection, f"copy ({flat}) to {quote_path(draft)} ({FORMATS[form]})")
            draft.replace(path)
    except (OSError, DatabaseError) as error:
        raise Unavailable(f"{path} cannot be written: {error}") from None
    return int(written)


def flat_stories(connection: Connection, stories: int, seed: int, codebook: Codebook) -> str:
    """Prepare an empty database, and return the query for the flat table."""
    for name, value in _choices(stories, seed, codebook).items():
        connection.execute(f"set variable {name} = $value", {"value": value})
    connection.execute((SQL / "synthetic" / "10_draws.sql").read_text("utf-8"))
    connection.execute(f"set variable passages = (\n{_query('20_passages')}\n)")
    # a table and not range() alone, which would be read by one thread
    connection.execute(
        "create temp table numbered_story as select unnest(range(1, $stories + 1)) as n", {"stories": stories}
    )
    return _query("30_flat")


def nested_stories(rows: Iterable[Row]) -> Iterator[dict[str, Any]]:
    """Return each story of the flat table as one nested record without empty fields, its `account` beside them."""
    for _, of_story in groupby(rows, itemgetter("story")):
        yield _nested(list(of_story))


def _query(name: str) -> str:
    return (SQL / "synthetic" / f"{name}.sql").read_text("utf-8").rstrip().removesuffix(";")


def _nested(rows: list[Row]) -> dict[str, Any]:
    first = _drop_empty(rows[0], STORY_COLUMNS)
    story = {name: value for name, value in first.items() if name not in ("company", "sector", "country")}
    story = {name: value for name, value in story.items() if not name.startswith("source")}
    company = {"name": first["company"]} | {name: first[name] for name in ("sector", "country") if name in first}
    source = {"id": first["source"]} | {
        name: first[f"source_{name}"] for name in SOURCE_FIELDS if f"source_{name}" in first
    }
    encounters = [_encounter(list(of_step)) for _, of_step in groupby(rows, itemgetter("step"))]
    return story | {"company": company, "source": source, "encounters": encounters}


def _encounter(rows: list[Row]) -> dict[str, Any]:
    fields = _drop_empty(rows[0], ENCOUNTER_COLUMNS)
    names = {"encounter_job": "job", "encounter_summary": "summary"}
    encounter = {names.get(name, name): value for name, value in fields.items() if name != "step"}
    if "emotions" in encounter:
        encounter["emotions"] = encounter["emotions"].split(";")
    effort = [
        _drop_empty(row, ("driver", "times", "minutes", "evidence"))
        | ({"locator": row["effort_locator"]} if row["effort_locator"] else {})
        for row in rows
        if row["driver"] is not None
    ]
    return encounter | ({"effort": effort} if effort else {})


def _drop_empty(row: Row, names: Iterable[str]) -> dict[str, Any]:
    return {name: row[name] for name in names if row[name] is not None}


def _rows(connection: Connection, query: str) -> Iterator[Row]:
    for batch in connection.sql(query).to_arrow_reader(10_000):
        yield from batch.to_pylist()


def _write_lines(path: Path, stories: Iterable[Row]) -> int:
    lines = 0
    with path.open("w", encoding="utf-8", newline="\n") as file:
        for lines, story in enumerate(stories, start=1):  # noqa: B007 - the last number is the count
            file.write(json.dumps(story, ensure_ascii=False, default=date.isoformat) + "\n")
    return lines


def _choices(stories: int, seed: int, codebook: Codebook) -> dict[str, Any]:
    emotions = {code: getattr(emotion, "valence", "") for code, emotion in codebook["emotions"].items()}
    resolved = {code: getattr(outcome, "is_resolved", None) for code, outcome in codebook["outcomes"].items()}
    return {
        "seed": seed,
        "company_count": min(200, max(4, stories // 20)),
        "words": WORDS,
        "sectors": SECTORS,
        "countries": COUNTRIES,
        "jobs": list(codebook["jobs"]),
        "touchpoints": list(codebook["touchpoints"]),
        "touchpoint_labels": [touchpoint.label for touchpoint in codebook["touchpoints"].values()],
        "stages": list(codebook["stages"]),
        "drivers": list(codebook["drivers"]),
        "loyalties": list(codebook["loyalty"]),
        "outcomes": [code for code, is_resolved in resolved.items() if is_resolved is not None],
        "open_outcomes": [code for code, is_resolved in resolved.items() if is_resolved is None],
        "glad_emotions": [code for code, valence in emotions.items() if valence == "positive"],
        "sad_emotions": [code for code, valence in emotions.items() if valence == "negative"],
        "mixed_emotions": [code for code, valence in emotions.items() if valence == "mixed"],
    }
