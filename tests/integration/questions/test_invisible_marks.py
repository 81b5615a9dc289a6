"""Marks that reverse or hide words reach neither the records nor, once an older file is migrated, stay in them."""

import json
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from cxdata.editing.companies import rename_company
from cxdata.errors import StoryError
from cxdata.ingest import run_import
from cxdata.questions.ask import ask_rows
from cxdata.store.duckdb_file import DuckDBFile
from cxdata.store.migrate.legacy import list_columns
from cxdata.stories import Library
from cxdata.text.invisible import INVISIBLE
from pages.ui.escaping import escape_label, escape_markdown, to_paragraphs
from tests.fixtures.databases import bring, look, open_database
from tests.fixtures.imports import brought, problems, table, told_rows
from tests.fixtures.legacy_databases import age
from tests.fixtures.stories import make_story

OVERRIDE, FILLER = "\u202e", "\u3164"
HIDDEN = f"Ama{OVERRIDE}z\u200bon\u2066"


@pytest.fixture
def row(library: Library) -> dict[str, Any]:
    found = next(row for row in told_rows(*library.stories) if row["title"] and row["driver"])
    return found | {"story": "hidden", "source": "hidden", "company": f"{HIDDEN} Twin", "title": f"The{OVERRIDE} title"}


@pytest.mark.parametrize("kind", ["csv", "entities", "parquet"])
def test_an_imported_table_loses_its_invisible_marks(
    base: Path, tmp_path: Path, row: dict[str, Any], kind: str
) -> None:
    if kind == "entities":
        row |= {"company": "Ama&#8238;z&#x200b;on Twin", "source_url": f"https://example.org/{OVERRIDE}gpj.exe"}
    if kind == "parquet":
        path = tmp_path / "hidden.parquet"
        pq.write_table(pa.Table.from_pylist([row]), path)
    else:
        path = table(tmp_path / "hidden.csv", [row])
    brought(base, path)
    assert look(base, "select company, title from story where story = 'hidden'") == [("Amazon Twin", "The title")]
    if kind == "entities":
        assert look(base, "select url from source where source = 'hidden'") == [("https://example.org/gpj.exe",)]


def test_a_company_of_invisible_marks_alone_is_missing(base: Path, tmp_path: Path, row: dict[str, Any]) -> None:
    report = brought(base, table(tmp_path / "hidden.csv", [row | {"company": FILLER * 3}]))
    assert [problem for problem in problems(report) if "company" in problem and "is missing" in problem]


def test_nested_stories_and_edits_lose_their_invisible_marks(base: Path, tmp_path: Path) -> None:
    story = make_story("hidden", company=f"{HIDDEN} Twin")
    path = tmp_path / "hidden.jsonl"
    told = json.loads(story.model_dump_json(exclude_none=True))
    told["company"]["name"] = f"{HIDDEN} Twin"
    path.write_text(json.dumps(told), "utf-8")
    run_import(DuckDBFile(base), [path], by="Importer")
    assert look(base, "select company from story where story = 'hidden'") == [("Amazon Twin",)]
    rename_company(DuckDBFile(base), "Amazon Twin", f"Twin{OVERRIDE} of Amazon", "Editor")
    assert look(base, "select company from story where story = 'hidden'") == [("Twin of Amazon",)]
    with pytest.raises(StoryError, match="has no visible character"):
        rename_company(DuckDBFile(base), "Twin of Amazon", FILLER, "Editor")


def test_migration_takes_invisible_marks_out_of_older_records(base: Path) -> None:
    """The early versions imported them; `model_copy` checks nothing and so lets them in as those did."""
    others = [make_story(name.lower(), company=f"{name} Twin", summary=name) for name in ("Plain", "Lone")]
    hidden = make_story("hidden", summary="Hidden.", coder="Ann")
    company = hidden.company.model_copy(update={"name": f"Pl\u2066ain{OVERRIDE} Twin"})
    unchecked = hidden.model_copy(update={"company": company, "title": f"The{OVERRIDE} title", "notes": HIDDEN})
    bring(base, *others, unchecked)
    edit = "insert into history values ('hidden', null, 'record', $text, null, 'Ann', now()::timestamp)"
    with duckdb.connect(str(base)) as connection:
        connection.execute(edit, {"text": HIDDEN})
        assert connection.execute("select count(*) from company where company like '%Twin'").fetchall() == [(3,)]
    age(base)
    with open_database(base) as connection:
        rows = ask_rows(connection, "stories_behind", {"companies": ["plain twin"]})
        assert sorted((row["story"], row["company"], row["title"]) for row in rows) == [
            ("hidden", "Plain Twin", "The title"),
            ("plain", "Plain Twin", others[0].title),
        ]
        assert connection.execute("select notes from story where story = 'hidden'").fetchall() == [("Amazon",)]
        assert connection.execute("select before from history").fetchall() == [("Amazon",)]
        for table, columns in list_columns(connection).items():
            for column in (each.name for each in columns if each.type == "VARCHAR"):
                marked = f'select "{column}" from {table} where regexp_matches("{column}", $marks)'
                assert connection.execute(marked, {"marks": f"[{INVISIBLE}]"}).fetchall() == [], (table, column)


def test_labels_and_paragraphs_lose_invisible_marks() -> None:
    assert escape_label(HIDDEN) == escape_markdown(HIDDEN) == "Amazon"
    assert to_paragraphs(HIDDEN) == "<p>Amazon</p>"
