"""A draft with the word canary in every field: no question, error, address, page, choice or download has the word."""

import json
import re
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest

from cxdata.charts import CHARTS
from cxdata.errors import NotFound, QuestionError
from cxdata.export.tables import TABLES, read_table, to_csv, to_parquet
from cxdata.questions.ask import ask_rows, find_question, list_questions
from cxdata.store.copies.public_copy import COMPUTED, PUBLIC_ROWS, write_public_copy
from cxdata.store.duckdb_file import DuckDBFile
from cxdata.store.engine import Connection
from tests.fixtures.chart_server import ChartServer
from tests.fixtures.databases import look
from tests.fixtures.pages import open_page, page_folders
from tests.fixtures.question_parameters import NEEDED, needed
from tests.fixtures.words.canary import CANARY, COMPANY, SECTOR, bring_canary
from tests.fixtures.words.hidden_words import assert_hidden

OWN = {"companies": COMPANY, "company": COMPANY, "left": COMPANY, "right": COMPANY, "sectors": SECTOR}
OWN |= {"story": "canary-story"}


@pytest.fixture(scope="module")
def path(built: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database of the shipped stories and the draft."""
    path = tmp_path_factory.mktemp("drafts") / "stories.duckdb"
    path.write_bytes(built.read_bytes())
    bring_canary(path)
    return path


@pytest.fixture(scope="module")
def connection(path: Path) -> Connection:
    return DuckDBFile(path).read()


def answer_or_error(connection: Connection, name: str, choices: dict[str, str]) -> object:
    try:
        return ask_rows(connection, name, needed(name) | choices)
    except (NotFound, QuestionError) as error:
        return error


@pytest.mark.parametrize("name", sorted(list_questions()))
def test_no_answer_and_no_error_names_a_draft(name: str, connection: Connection) -> None:
    assert_hidden(CANARY, ask_rows(connection, name, needed(name)), name)
    for parameter in find_question(name).parameters:
        for wrong in ("zzzz", "canarx", ""):
            assert_hidden(CANARY, answer_or_error(connection, name, {parameter: wrong}), f"{name}: {parameter}={wrong}")


@pytest.mark.parametrize("parameter", OWN)
def test_value_of_a_draft_is_as_unknown_as_an_invented_one(parameter: str, connection: Connection) -> None:
    name = next(asked.name for asked in list_questions().values() if parameter in asked.parameters)
    with pytest.raises(QuestionError) as refused:
        ask_rows(connection, name, needed(name) | {parameter: OWN[parameter]})
    words = str(refused.value).replace(repr(OWN[parameter]), "")  # the reader's own value
    assert_hidden(CANARY, words, parameter)


@pytest.mark.parametrize("chart", CHARTS)
def test_addresses_answer_without_the_draft_and_refuse_its_company(
    chart: str, connection: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    server = ChartServer(connection, monkeypatch)
    query = "&".join(f"{key}={value}" for key, value in NEEDED.get(chart, {}).items())
    for form in ("csv", "json"):
        found = server.ask(f"/chart/{chart}.{form}?{query}")
        assert found.status in (200, 400)
        assert_hidden(CANARY, found.content, chart)
    for wrong in ("companies=zzzz", "sectors=zzzz", "story=zzzz", "left=zzzz"):
        assert_hidden(CANARY, server.ask(f"/chart/{chart}.csv?{query}&{wrong}").content, f"{chart}?{wrong}")
    if "companies" in find_question(CHARTS[chart].CHART.question).parameters:
        assert server.ask(f"/chart/{chart}.csv?{query}&companies={COMPANY.replace(' ', '+')}").status == 400


@pytest.mark.parametrize("page", page_folders())
def test_no_page_and_no_choice_on_it_names_a_draft(page: str, path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CXDATA_DATABASE", str(path))
    for query in ({}, {"company": "zzzz", "story": "zzzz", "sector": "zzzz"}):
        app = open_page(page, **query)
        assert not app.exception
        for node in app._tree:
            assert_hidden(CANARY, getattr(node, "proto", ""), page)


def without_own(text: object) -> str:
    """The text without the values that the reader gave, and without the backslashes of Markdown."""
    return re.sub("|".join(map(re.escape, OWN.values())), "", str(text).replace("\\", ""), flags=re.IGNORECASE)


@pytest.mark.parametrize("page", page_folders())
def test_page_asked_for_a_draft_tells_nothing_of_it(page: str, path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CXDATA_DATABASE", str(path))
    asked = OWN | {"sector": SECTOR, "edit": "canary-story", "chart": "journey"}
    app = open_page(page, **asked)
    assert not app.exception
    nodes = list(app._tree)
    assert len(nodes) > 5
    for node in nodes:
        assert_hidden(CANARY, without_own(getattr(node, "proto", "")), page)


@pytest.mark.parametrize("chart", CHARTS)
def test_embed_asked_for_a_draft_tells_nothing_of_it(
    chart: str, connection: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    server = ChartServer(connection, monkeypatch)
    needs = NEEDED.get(chart, {})
    query = "&".join(f"{key}={value}" for key, value in needs.items())
    assert_hidden(CANARY, server.ask(f"/embed/{chart}?{query}").content, chart)
    for parameter in find_question(CHARTS[chart].CHART.question).parameters:
        if parameter in OWN:
            asked = needs | {parameter: quote(OWN[parameter])}
            address = "&".join(f"{key}={value}" for key, value in asked.items())
            found = server.ask(f"/embed/{chart}?{address}")
            assert found.status == 400, "a draft is as unknown as an invented one"
            assert_hidden(CANARY, without_own(found.text), f"{chart}?{address}")


def test_list_of_addresses_names_no_draft(connection: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    assert_hidden(CANARY, ChartServer(connection, monkeypatch).ask("/chart").content, "chart")


@pytest.mark.parametrize("name", TABLES)
def test_no_table_to_download_has_a_row_of_a_draft(name: str, connection: Connection) -> None:
    rows = read_table(connection, name)
    assert_hidden(CANARY, to_csv(rows), name)
    assert_hidden(CANARY, to_parquet(rows), name)
    assert_hidden(CANARY, json.dumps(rows.to_pylist(), default=str), name)


def test_public_copy_has_no_byte_of_a_draft_and_answers_every_question(
    path: Path, tmp_path: Path, connection: Connection
) -> None:
    copy = tmp_path / "public.duckdb"
    write_public_copy(path, copy)
    assert_hidden(CANARY, copy.read_bytes(), "bytes")
    for (table,) in look(copy, "select table_name from duckdb_tables()"):
        assert_hidden(CANARY, look(copy, f"from {table}"), table)
    public = DuckDBFile(copy).read()
    for name in list_questions():
        assert ask_rows(public, name, needed(name)) == ask_rows(connection, name, needed(name)), name


def test_every_table_says_which_of_its_rows_are_public(connection: Connection) -> None:
    tables = connection.execute("select table_name from duckdb_tables() where database_name = 'stories'").fetchall()
    records = {name for (name,) in tables if not name.startswith("codebook_") and not name.endswith(COMPUTED)}
    assert records == set(PUBLIC_ROWS)
