"""A database that people have worked in, as an older version of the program would have left it."""

import shutil
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import date
from pathlib import Path
from unittest.mock import patch

import duckdb
from editing import GOOD, Row, everything, look
from intaking import brought, table, told_rows
from making import make_story, step, work

from cxdata.codebook.codes import load_codebook
from cxdata.editing.companies import merge_companies, rename_company
from cxdata.editing.replies import record_reply, withdraw_reply
from cxdata.editing.review import sign_off
from cxdata.editing.stories import update_story
from cxdata.store.migrate.legacy import RECORDS
from cxdata.store.transaction import transaction
from cxdata.stories import Library, read_library, read_story_files

DAY = date(2026, 11, 1)
COMPLAINT = {
    "Date received": "2023-08-14",
    "Product": "Mortgage",
    "Issue": "Invented issue",
    "Sub-issue": "",
    "Company": "Invented Bank",
    "Submitted via": "Web",
    "Company response to consumer": "Closed with explanation",
    "Timely response?": "No",
    "Consumer disputed?": "Yes",
    "Consumer complaint narrative": "I wrote to them, and they did not answer.",
}
LESSON = """
[source]
id = "an-essay"
title = "An essay"
author = "A. Writer"
kind = "essay"

[[lessons]]
lesson = "warm-the-pot"
title = "Warm the pot"
advice = "Warm it."
locator = "end"
stories = [
    {story = "good-story", shows = "broken", because = "It came cold."},
    {story = "argos-laptop", shows = "followed", because = "It is told."},
]
"""
CODING = """
story = "good-story"
coder = "Coder Z"
coded_on = 2026-11-22

[[encounters]]
step = 1
feeling = 2
drivers = []

[[encounters]]
step = 2
feeling = -2
drivers = ["wait_on_hold"]
"""


def live_in(path: Path, folder: Path) -> dict[str, Path]:
    """Bring in story files, tables with ids and without, lessons and a second coding; edit, publish, reply, rename and
    merge. The files, by batch.
    """
    told = told_rows(make_story("told-one", step(3, work("worry"), emotions=["worry", "anger"]), company="Bolt"))
    files = {
        "mine": _written(folder / "good-story.toml", GOOD),
        "table": table(folder / "table.csv", told),
        "rows": table(folder / "rows.csv", [{key: row[key] for key in row if key != "story"} for row in told]),
        "complaints": table(folder / "complaints.csv", [COMPLAINT | {"Complaint ID": n} for n in (511, 512)]),
        "nameless": table(folder / "nameless.csv", [COMPLAINT | {"Issue": f"Issue {n}"} for n in (1, 2)]),
        "lessons": _written(folder / "lessons.toml", LESSON),
        "coding": _written(folder / "good-story-again.toml", CODING),
    }
    for batch, file in files.items():
        report = brought(path, file, batch=batch)
        assert report.batch == batch, report.faults
    record_reply(path, "good-story", "Kettles", "We are sorry.", "Editor D", DAY)
    record_reply(path, "ao-laptop", "AO.com", "So are we.", "Editor D", DAY)
    withdraw_reply(path, "ao-laptop", 1, "Editor D")
    record_reply(path, "ao-laptop", "AO.com", "We are sorry indeed.", "Editor D", DAY)
    sign_off(path, "complaints", "published", "Reader B")
    rename_company(path, "AO.com", "AO World", "Editor D")
    rename_company(path, "Invented Bank", "Bank of Inventions", "Editor D")
    merge_companies(path, "Bolt", "Argos", "Editor D")
    (good,) = read_story_files([files["mine"]], load_codebook()).stories
    update_story(path, "good-story", good.model_copy(update={"title": "A kettle that came cold and late"}), "Editor D")
    with transaction(path) as connection:
        passage = "'good-story', 2, 'wait_on_hold', 2, 12, 'hung around', 'I ', ' for', 'Coder A'"
        connection.execute(f"insert into passage values ({passage})")
    return files


def age(path: Path, *changes: str, version: str = "shipped_version") -> None:
    """Make the file look as if an older version had made it."""
    with duckdb.connect(str(path)) as connection:
        connection.execute(f"update build set {version} = 'older'")
        for change in changes:
            connection.execute(change)


def copied(path: Path, to: Path) -> Path:
    """A copy of the database to be changed, in a folder of its own."""
    to.mkdir()
    return Path(shutil.copy(path, to))


def leftovers(path: Path) -> list[str]:
    """What lies beside the database and its lock."""
    return sorted(each.name for each in path.parent.iterdir() if each.name not in (path.name, f"{path.name}.lock"))


def records(path: Path, *without: str) -> dict[str, list[Row]]:
    """All rows of all records, but for when what ships was built; without these columns, written table.column."""
    found = {}
    for name in RECORDS:
        gone = [column.partition(".")[2] for column in without if column.startswith(f"{name}.")]
        columns = f"* exclude ({', '.join(gone)})" if gone else "*"
        rows = "where batch != 'shipped'" if name == "batch" else ""
        found[name] = look(path, f"select {columns} from {name} {rows} order by all")
    return found


def computed(path: Path) -> dict[str, list[Row]]:
    """All rows of what is computed of the records."""
    return {name: rows for name, rows in everything(path).items() if name not in (*RECORDS, "build")}


def shipping(change: Callable[[Library], Library]) -> AbstractContextManager[object]:
    """Within it the project ships other stories."""
    library = change(read_library(load_codebook()))
    return patch("cxdata.store.build.read_library", return_value=library)


def _written(path: Path, text: str) -> Path:
    path.write_text(text, "utf-8")
    return path
