"""Random stories in any row order give the same records from Parquet, CSV, uncleaned cells and JSONL."""

import json
import random
from pathlib import Path
from typing import Any

import pytest

from cxdata.ingest.flat_table.columns import ENCOUNTER_COLUMNS, FLAT_COLUMNS, STORY_COLUMNS
from cxdata.stories import Story
from tests.fixtures.imports import brought, kept, problems, table, told_rows, write_parquet
from tests.fixtures.stories import make_story, step, work

Rows = list[dict[str, Any]]


def story(draw: random.Random, number: int) -> Story:
    """Make an invented story."""
    encounters = [
        step(
            draw.choice([None, *range(-5, 6)]),
            *(
                work(
                    draw.choice(["worry", "repeat_contact", "disputing"]),
                    times=draw.randint(1, 3),
                    minutes=draw.choice([None, 0, 7.5, 30]),
                    evidence=draw.choice(["Told.", 'It\'s "told", so; there']),
                    locator=draw.choice([None, "line 3"]),
                )
                for _ in range(draw.randint(0, 3))
            ),
            emotions=draw.sample(["anger", "relief"], draw.randint(0, 2)),
            demand=draw.choice([None, "failure"]),
            job=draw.choice([None, "return_a_laptop"]),
        )
        for _ in range(draw.randint(1, 3))
    ]
    told = draw.choice([{}, {"happened_on": "2025", "happened_basis": "told"}, {"ces": 1}, {"loyalty": "loyal"}])
    return make_story(f"any-{number}", *encounters, company=draw.choice(["Any", "Other"]), title=f"T {number}", **told)


def repeated(rows: Rows, key: tuple[str, ...], columns: tuple[str, ...]) -> Rows:
    """Repeat the first row's values of these columns on every row with the same key."""
    first: dict[tuple[Any, ...], dict[str, Any]] = {}
    return [row | {name: first.setdefault(tuple(row[k] for k in key), row)[name] for name in columns} for row in rows]


def in_turns(draw: random.Random, rows: Rows) -> Rows:
    """Interleave the rows of several stories and keep the order within each story."""
    names = [row["story"] for row in rows]
    draw.shuffle(names)
    of = {name: iter([row for row in rows if row["story"] == name]) for name in names}
    return [next(of[name]) for name in names]


@pytest.mark.parametrize("order", ["as told", "in turns", "shuffled"])
@pytest.mark.parametrize("seed", [1])
def test_row_order_and_format_do_not_change_the_records(seed: int, order: str, base: Path, tmp_path: Path) -> None:
    draw = random.Random(seed)
    stories = [story(draw, number) for number in range(4)]
    rows = told_rows(*stories)
    if order == "shuffled" or draw.random() < 0.5:
        rows = repeated(rows, ("story", "step"), ENCOUNTER_COLUMNS[1:])
        rows = repeated(rows, ("story",), STORY_COLUMNS[1:])
    rows = in_turns(draw, rows) if order == "in turns" else rows
    if order == "shuffled":
        draw.shuffle(rows)
    used = [name for name in FLAT_COLUMNS if any(row[name] not in (None, "") for row in rows)]
    files = [
        write_parquet(tmp_path / "plain.parquet", rows),
        write_parquet(tmp_path / "mended.parquet", [row | {"title": f" {row['title'] or ''} "} for row in rows]),
        table(tmp_path / "told.csv", rows, draw.sample(used, len(used))),
    ]
    if order != "shuffled":  # shuffling changes the order of events, which JSONL keeps
        files.append(tmp_path / "told.jsonl")
        files[-1].write_text("\n".join(json.dumps(each.model_dump(mode="json")) for each in stories), "utf-8")
    before, found = base.read_bytes(), []
    for file in files:
        base.write_bytes(before)
        report = brought(base, file)
        assert (report.stories, problems(report)) == (len(stories), []), file.name
        found.append(kept(base))
        assert found[-1] == found[0], file.name
    assert brought(base, files[0]).known == len(stories)
