"""E-mail addresses of editors: no question, page, table or public copy has one, and each has a name."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from cxdata.editing.replies import record_reply
from cxdata.export.tables import TABLES, read_table, to_csv, to_parquet
from cxdata.questions.ask import ask, ask_rows, list_questions
from cxdata.store.copies.public_copy import write_public_copy
from cxdata.store.duckdb_file import DuckDBFile
from cxdata.store.engine import Connection
from tests.fixtures.databases import bring, look
from tests.fixtures.imports import brought, table, told_rows
from tests.fixtures.pages import open_page, page_folders
from tests.fixtures.question_parameters import needed
from tests.fixtures.stories import make_story
from tests.fixtures.words.hidden_words import assert_hidden

SITE = "private.example"
ANN, BOB, EVE = f"Ann@{SITE}", f"bob@{SITE}", f"eve@{SITE}"
STORY = make_story("told", coder=ANN, reviewer=BOB)
ROWS = f"""
insert into second_coding values ('told', '{BOB}', '2026-11-21', ['feeling', 'effort'], 'words', 'told-batch');
insert into second_coding values ('told', '{EVE}', '2026-11-21', ['feeling', 'effort'], 'words', 'told-batch');
insert into second_encounter values ('told', '{BOB}', 1, -5, null), ('told', '{EVE}', 1, -4, null);
insert into second_driver values ('told', '{EVE}', 1, 'worry', null, null);
insert into second_promise values ('told', '{BOB}', 1, 'kept'), ('told', '{EVE}', 1, 'broken');
insert into second_sign values ('told', '{BOB}', 'easy_to_reach', true), ('told', '{EVE}', 'easy_to_reach', false);
insert into passage values ('told', 1, 'worry', 0, 6, 'told', 'told', 'told', '{EVE}');
"""


@pytest.fixture(scope="module")
def path(built: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database with an address in every field that names a person; a table without an author has its importer."""
    folder = tmp_path_factory.mktemp("people")
    path = folder / "data" / "stories.duckdb"
    path.parent.mkdir()
    path.write_bytes(built.read_bytes())
    bring(path, STORY, batch="told-batch")
    with DuckDBFile(path).transaction() as connection:
        connection.execute(ROWS)
    row: dict[str, Any] = told_rows(make_story("row", coder=ANN, reviewer=EVE))[0]
    row |= {"source": "unsigned", "source_author": None}
    report = brought(path, table(folder / "row.csv", [row]), by=EVE)
    assert report.stories == 1, report.faults
    record_reply(DuckDBFile(path), "told", f"Press office <press@{SITE}>", "Sorry.", BOB, date(2026, 11, 1))
    return path


@pytest.fixture(scope="module")
def connection(path: Path) -> Connection:
    return DuckDBFile(path).read()


@pytest.mark.parametrize("name", sorted(list_questions()))
def test_no_answer_has_an_address(name: str, connection: Connection) -> None:
    for story in ("told", "row"):
        choices = needed(name) | ({"story": story} if "story" in list_questions()[name].needs else {})
        assert_hidden(SITE, ask_rows(connection, name, choices), name)
        assert_hidden(SITE, ask(connection, name, choices).to_pylist(), name)


@pytest.mark.parametrize("name", TABLES)
def test_no_table_to_download_has_an_address(name: str, connection: Connection) -> None:
    rows = read_table(connection, name)
    assert_hidden(SITE, to_csv(rows), name)
    assert_hidden(SITE, to_parquet(rows), name)
    assert_hidden(SITE, json.dumps(rows.to_pylist(), default=str), name)


@pytest.mark.parametrize("page", page_folders())
def test_no_page_has_an_address(page: str, path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CXDATA_DATABASE", str(path))
    app = open_page(page, **({"story": "told"} if page == "stories" else {}))
    assert not app.exception
    for node in app._tree:
        assert_hidden(SITE, getattr(node, "proto", ""), page)


def test_the_public_copy_has_no_byte_of_an_address(path: Path, tmp_path: Path) -> None:
    copy = tmp_path / "public.duckdb"
    write_public_copy(path, copy)
    assert_hidden(SITE, copy.read_bytes(), "bytes")
    for (name,) in look(copy, "select table_name from duckdb_tables()"):
        assert_hidden(SITE, look(copy, f"from {name}"), name)
    assert look(copy, "select coder from second_encounter where story = 'told' order by all") == [
        ("second coder 1",),
        ("second coder 2",),
    ]
    assert look(copy, "select coder from second_driver where story = 'told'") == [("second coder 2",)]


def test_readers_see_the_names_of_the_settings(
    path: Path, connection: Connection, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def names(source: Connection) -> list[tuple[str, str]]:
        return [(row["coder"], row["reviewer"]) for row in ask_rows(source, "story", {"story": "told"})]

    assert names(connection) == [("an editor", "another editor")]
    monkeypatch.setenv("CXDATA_EDITORS", f"Ann O'Reader <ann@{SITE}>, {BOB}")
    assert names(connection) == [("Ann O'Reader", "another editor")]
    copy = tmp_path / "public.duckdb"
    write_public_copy(path, copy)
    assert look(copy, "select coder, reviewer from story where story = 'told'") == names(connection)
    assert look(path, "select coder from story where story = 'told'") == [(ANN,)]  # nobody signs off their own work
