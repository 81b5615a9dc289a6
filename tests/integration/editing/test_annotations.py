"""Dated notes: recorded on a company or on all, drawn in charts, kept over renames, withdrawn without a trace."""

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import duckdb
import pytest

from cxdata.editing.annotations import record_annotation, withdraw_annotation
from cxdata.editing.companies import merge_companies, rename_company
from cxdata.editing.erasure import erase_story
from cxdata.editing.stories import create_story
from cxdata.errors import Conflict, CxdataError, NotFound, StoryError
from cxdata.publish.charts import publish_chart
from cxdata.store.duckdb_file import DuckDBFile
from pages.ui import permissions
from tests.fixtures.command_line import run
from tests.fixtures.databases import answer, look, opened, version
from tests.fixtures.legacy_databases import age
from tests.fixtures.pages import open_page, page_text
from tests.fixtures.stories import make_story, step

DAY = date(2024, 5, 2)


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory, database_of: Callable[..., duckdb.DuckDBPyConnection]) -> Path:
    """A database of two companies, with two quarters of six stories each."""
    path = tmp_path_factory.mktemp("notes") / "stories.duckdb"
    told = [
        make_story(
            f"tale-{month}-{number}",
            step(number % 7 - 3),
            company=("Acme", "Bolt")[number % 2],
            happened_on=f"2024-{month:02}",
            happened_basis="told",
        )
        for month in (2, 5)
        for number in range(12)
    ]
    database_of(*told, path=str(path)).close()
    return path


def notes(path: Path) -> list[tuple[int, str | None, date, str]]:
    return [(row["annotation"], row["company"], row["noted_on"], row["words"]) for row in answer(path, "annotations")]


def test_notes_are_on_a_company_by_any_name_or_on_all(base: Path) -> None:
    engine = DuckDBFile(base)
    before = version(base)
    assert record_annotation(engine, "New returns policy", DAY, "Ed") == 1
    assert record_annotation(engine, "New warehouse", DAY, "Ed", "acme") == 2
    assert notes(base) == [(2, "Acme", DAY, "New warehouse"), (1, None, DAY, "New returns policy")]
    assert [row["annotation"] for row in answer(base, "annotations", companies=["Bolt"])] == [1]
    assert version(base) != before


@pytest.mark.parametrize(
    ("given", "error", "said"),
    [
        ({"words": "New returns policy"}, Conflict, "this note is there already. It is number 1"),
        ({"words": ""}, StoryError, "words"),
        ({"words": "x" * 61}, StoryError, "words"),
        ({"words": "two\nlines"}, StoryError, "words"),
        ({"words": "Soon", "noted_on": date.today() + timedelta(2)}, StoryError, "is in the future"),
        ({"words": "Elsewhere", "company": "Akme"}, NotFound, "Acme"),
    ],
)
def test_faulty_notes_change_nothing(
    base: Path, given: dict[str, str | date], error: type[CxdataError], said: str
) -> None:
    engine = DuckDBFile(base)
    record_annotation(engine, "New returns policy", DAY, "Ed")
    before = base.read_bytes()
    with pytest.raises(error, match=said):
        record_annotation(engine, by="Ed", **({"noted_on": DAY} | given))  # type: ignore[arg-type]
    assert base.read_bytes() == before


def test_withdrawn_notes_leave_their_day_and_no_word(base: Path) -> None:
    engine = DuckDBFile(base)
    record_annotation(engine, "Indigo returns policy", DAY, "Ed", "Acme")
    assert b"Indigo returns" in base.read_bytes()
    withdraw_annotation(engine, 1, "Flo")
    assert b"Indigo returns" not in base.read_bytes()
    assert look(base, "select company, field, before, after, changed_by from history order by changed_at") == [
        ("Acme", "annotation 1", None, "2024-05-02", "Ed"),
        ("Acme", "annotation 1", "2024-05-02", None, "Flo"),
    ]
    with pytest.raises(NotFound, match="note '1' is unknown"):
        withdraw_annotation(engine, 1, "Flo")
    assert record_annotation(engine, "Another", DAY, "Ed") == 2


def test_notes_follow_a_renamed_and_a_merged_company_and_leave_with_it(base: Path) -> None:
    engine = DuckDBFile(base)
    record_annotation(engine, "New warehouse", DAY, "Ed", "Acme")
    rename_company(engine, "Acme", "Acme World", "Ed")
    merge_companies(engine, "Acme World", "Bolt", "Ed")
    assert notes(base) == [(1, "Bolt", DAY, "New warehouse")]
    create_story(engine, make_story("lone", company="Lone", status="draft", reviewer=None, reviewed_on=None), "Ed")
    record_annotation(engine, "Lone opens", DAY, "Ed", "Lone")
    erase_story(engine, "lone", "Ada")
    assert [words for *_, words in notes(base)] == ["New warehouse"]
    assert b"Lone opens" not in base.read_bytes()


def test_migration_keeps_notes_and_public_copies_hide_their_author(base: Path) -> None:
    engine = DuckDBFile(base)
    record_annotation(engine, "New returns policy", DAY, "Editor Indigo")
    age(base)
    assert notes(base) == [(1, None, DAY, "New returns policy")]
    copy = base.with_name("public.duckdb")
    copy.write_bytes(engine.public_copy())
    with duckdb.connect(str(copy)) as public:
        assert public.execute("select words, recorded_by from annotation").fetchall() == [
            ("New returns policy", "left out of the public copy")
        ]


def test_charts_draw_notes_on_all_and_on_the_chosen_company(base: Path) -> None:
    engine = DuckDBFile(base)
    record_annotation(engine, "New returns policy", DAY, "Ed")
    record_annotation(engine, "New warehouse", date(2024, 3, 4), "Ed", "Acme")

    def said(*companies: str) -> tuple[str, str]:
        shown = opened(
            base, lambda connection: publish_chart(connection, "experience_over_time", {"companies": list(companies)})
        )
        return str(shown.spec), shown.alt_text

    spec, alt_text = said()
    assert "'strokeDash': [3, 3]" in spec
    assert "New returns policy" in spec
    assert "New warehouse" not in spec
    assert alt_text.count("Notes: New returns policy (2 May 2024).") == 1
    assert "Notes: New warehouse (4 March 2024); New returns policy (2 May 2024)." in said("Acme")[1]


def test_editors_add_and_withdraw_notes_on_the_page(base: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in {"DATABASE": str(base), "EDITING": "local", "EDITOR": "Ed"}.items():
        monkeypatch.setenv(f"CXDATA_{name}", value)
    monkeypatch.setattr(permissions, "_holds_local_key", lambda: True)
    app = open_page("change")
    app.text_input(key="note-words").set_value("New returns policy").run()
    app.button(key="note-record").click().run()
    assert not app.exception
    assert "The note is in the charts over time." in app.success[0].value
    assert [words for *_, words in notes(base)] == ["New returns policy"]
    app.button(key="note-back-1").click().run()
    assert notes(base) == []
    # the page was open while the right was withdrawn
    app.text_input(key="note-words").set_value("Refused").run()
    monkeypatch.delenv("CXDATA_EDITING")
    app.button(key="note-record").click().run()
    assert notes(base) == []
    assert "read-only for you" in app.error[0].value.replace("\\", "")
    assert "Note what happened" not in page_text(app) + str([each.label for each in app.expander])


def test_command_line_records_and_withdraws_notes(base: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CXDATA_DATABASE", str(base))
    assert run("note", "New returns policy", "--on", "2024-05-02", "--by", "Ed").stdout == "note 1 is recorded\n"
    assert "New returns policy" in run("ask", "annotations").stdout
    assert run("note", "--withdraw", "1", "--by", "Ed").stdout == "note 1 is withdrawn\n"
    assert run("note", "New returns policy").exit_code == 2
