"""Renamed and merged companies: stories and scores follow, old names still work, similar names are listed."""

from collections.abc import Callable
from pathlib import Path

import duckdb
import pytest
from click.testing import CliRunner, Result

from cxdata.cli.root import main
from cxdata.codebook.codes import Codebook
from cxdata.editing.batches import delete_batch
from cxdata.editing.changelog import read_changelog
from cxdata.editing.companies import merge_companies, rename_company
from cxdata.errors import Conflict, CxdataError
from cxdata.ingest import run_import
from cxdata.resources import ROOT
from cxdata.store.duckdb_file import DuckDBFile
from cxdata.stories import Story
from pages.ui import permissions
from tests.fixtures import DATA
from tests.fixtures.databases import answer, bring, everything, look, opened, version
from tests.fixtures.pages import AppTest, open_page, page_text
from tests.fixtures.stories import make_story, step, work

MAIN = ROOT / "pages" / "__main__.py"
SCORE = "'CES', 'Somebody', '2020', '0-100', {value}, 10, 'Note.', 'https://x.example', 'Reader B', '2026-11-21'"


def told(name: str, company: str) -> Story:
    return make_story(name, step(-3, work("disputing", minutes=20.0)), company=company, summary=name)


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory, database_of: Callable[..., duckdb.DuckDBPyConnection]) -> Path:
    """A database of one story of Acme and two of Bolt; shared."""
    path = tmp_path_factory.mktemp("companies") / "stories.duckdb"
    database_of(told("one", "Acme"), told("two", "Bolt"), told("three", "Bolt"), path=str(path)).close()
    return path


def counted(path: Path) -> dict[str, int]:
    return {row["company"]: row["story_count"] for row in answer(path, "company_scores")}


def leads_to(path: Path) -> dict[str, str]:
    return {row["alias"]: row["company"] for row in answer(path, "company_names")}


def test_renamed_company_is_found_by_its_old_name(base: Path) -> None:
    before = version(base)
    assert rename_company(DuckDBFile(base), "ACME", "Acme & Sons", "Editor D") == "Acme"
    assert counted(base) == {"Acme & Sons": 1, "Bolt": 2}
    assert leads_to(base) == {"acme": "Acme & Sons", "acme & sons": "Acme & Sons", "bolt": "Bolt"}
    (row,) = answer(base, "company_scores", companies=["acme"])
    assert row["company"] == "Acme & Sons"
    assert version(base) != before
    (change,) = opened(base, lambda connection: read_changelog(connection, "one"))
    assert (change["company"], change["field"], change["before"], change["after"], change["changed_by"]) == (
        "Acme & Sons",
        "name",
        "Acme",
        "Acme & Sons",
        "Editor D",
    )


def test_company_renamed_twice_and_back_keeps_all_its_names(base: Path) -> None:
    rename_company(DuckDBFile(base), "Acme", "ACME", "D")  # another case is no other name
    rename_company(DuckDBFile(base), "Acme", "Zenith", "D")
    rename_company(DuckDBFile(base), "acme", "Acme", "D")
    assert counted(base) == {"Acme": 1, "Bolt": 2}
    assert leads_to(base) == {"acme": "Acme", "bolt": "Bolt", "zenith": "Acme"}
    assert [row[0] for row in look(base, "select before from history order by changed_at")] == [
        "Acme",
        "ACME",
        "Zenith",
    ]


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ("Acme", "bolt", "'bolt' is already a name of the company 'Bolt'. Merge 'Acme' into it instead"),
        ("Acme", "Acme", "company 'Acme' already has this name"),
        ("Acne", "Other", r"company 'Acne' is unknown\. Did you mean Acme\? The database has: Acme, Bolt"),
        ("Acme", " ", "company: name is empty"),
        ("Acme", "A" * 81, "is too long. At most 80 are possible"),
        ("Acme", "A\nB", "has several lines"),
    ],
)
def test_invalid_rename_is_refused_and_changes_nothing(base: Path, old: str, new: str, fault: str) -> None:
    before = base.read_bytes()
    with pytest.raises(CxdataError, match=fault):
        rename_company(DuckDBFile(base), old, new, "D")
    assert base.read_bytes() == before


def test_merge_moves_stories_and_names_and_keeps_the_target_company(base: Path) -> None:
    with DuckDBFile(base).transaction() as connection:
        connection.execute("update company set sector = 'Banks', country = 'DE' where company = 'Acme'")
        for company, value in (("Acme", 70), ("Bolt", 80)):
            connection.execute(f"insert into published_score select '{company}', {SCORE.format(value=value)}")
        connection.execute(
            f"insert into published_score select 'Acme', {SCORE.format(value=60).replace('20', '19', 1)}"
        )
    rename_company(DuckDBFile(base), "Acme", "Zenith", "D")
    assert merge_companies(DuckDBFile(base), "acme", "bolt", "Editor D") == 1
    assert counted(base) == {"Bolt": 3}
    assert leads_to(base) == {"acme": "Bolt", "bolt": "Bolt", "zenith": "Bolt"}
    assert look(base, "select company, sector, country from company") == [("Bolt", "Retail", None)]
    # the target's score wins for a survey of both; a survey of the other company alone is kept
    assert look(base, "select value from published_score where company = 'Bolt' order by all") == [(60.0,), (80.0,)]
    kept = look(base, "select field, before from history where company = 'Bolt' order by changed_at, field, before")
    assert [field for field, _ in kept] == ["name", "merged", "record", "record"]
    assert kept[1][1] == "Zenith"
    assert any('"sector":"Banks","country":"DE"' in before for _, before in kept)
    with pytest.raises(Conflict, match="'zenith' and 'Bolt' are names of the same company: 'Bolt'"):
        merge_companies(DuckDBFile(base), "zenith", "Bolt", "D")


def test_imported_files_are_known_after_rename_and_merge(base: Path, codebook: Codebook) -> None:
    file = DATA / "good-story.toml"
    assert run_import(DuckDBFile(base), [file], by="me", batch="first").added == ("good-story",)
    (name,) = look(base, "select company from story where story = 'good-story'")[0]
    rename_company(DuckDBFile(base), name, "Zenith", "D")
    assert run_import(DuckDBFile(base), [file], by="me").known == 1
    merge_companies(DuckDBFile(base), "Zenith", "Bolt", "D")
    assert run_import(DuckDBFile(base), [file], by="me").known == 1


def test_deleting_a_batch_deletes_its_renamed_company(base: Path) -> None:
    before = everything(base)
    bring(base, told("mine", "Corner shop"))
    rename_company(DuckDBFile(base), "Corner shop", "Kiosk", "D")
    delete_batch(DuckDBFile(base), "mine", "An Editor")
    assert everything(base) == before


@pytest.fixture
def paged(base: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The database of the pages, with Acme renamed to Zenith."""
    rename_company(DuckDBFile(base), "Acme", "Zenith", "D")
    monkeypatch.setenv("CXDATA_DATABASE", str(base))
    return base


def filtered() -> None:
    """Show the companies that a page reads from the URL."""
    import streamlit as st  # noqa: PLC0415

    from pages.ui.filters.address import read_filters  # noqa: PLC0415

    st.text("|".join(read_filters().chosen.get("company", ())))


def paired() -> None:
    import streamlit as st  # noqa: PLC0415

    from pages.head_to_head.comparison import show_pair_choice  # noqa: PLC0415

    pair = show_pair_choice({})
    assert pair
    st.text(f"{pair.left}|{pair.right}")
    st.text(bool(st.session_state["pair"].sentences))


def shown(script: Callable[[], None], **url: str | list[str]) -> list[str]:
    app = AppTest.from_function(script, default_timeout=60)
    for key, value in url.items():
        app.query_params[key] = value
    app.run()
    assert not app.exception
    return [text.value for text in app.text]


def test_links_with_an_old_company_name_use_the_new_name(paged: Path) -> None:
    assert shown(filtered, company="acme") == ["Zenith"]
    assert shown(filtered, company=["Acme", "Bolt", "Zenith"]) == ["Zenith|Bolt"]
    assert shown(filtered, company="Nobody") == [""]
    assert shown(paired, left="bolt", right="ACME") == ["Bolt|Zenith", "False"]
    assert shown(paired, left="bolt", right="Nobody") == ["Bolt|Zenith", "True"]  # the page shows a message


def test_playbook_accepts_an_old_company_name_without_a_message(paged: Path) -> None:
    app = AppTest.from_file(str(MAIN), default_timeout=60).run()
    app.query_params["company"] = "Acme"
    app.switch_page("playbook/page.py").run()
    assert not app.exception
    assert [caption.value for caption in app.caption if "No story here is of the company" in caption.value] == []


def test_page_offers_a_pair_with_evidence_and_merges_any_two_names(base: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    rename_company(DuckDBFile(base), "Acme", "Bolt, Inc.", "D")
    bring(base, told("four", "Corner shop"))
    for name, value in {"DATABASE": str(base), "EDITING": "local", "EDITOR": "Reader B"}.items():
        monkeypatch.setenv(f"CXDATA_{name}", value)
    monkeypatch.setattr(permissions, "_holds_local_key", lambda: True)
    app = open_page("add", part="companies")
    words = page_text(app).replace("\\", "")
    assert "[**Bolt**](stories?story_kind=all&company=Bolt) · 2 stories · undated · Retail" in words
    assert "The words are the same. Capitals, marks or the legal form differ." in words
    assert app.button(key="merge").disabled
    app.selectbox(key="merge-old").select("Corner shop")
    app.selectbox(key="merge-new").select("Bolt").run()
    app.button(key="merge").click().run()
    assert not app.exception
    assert counted(base) == {"Bolt": 3, "Bolt, Inc.": 1}


def test_commands_list_rename_and_merge_companies(base: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def run(*arguments: str) -> Result:
        monkeypatch.setenv("CXDATA_DATABASE", str(base))
        return CliRunner().invoke(main, arguments, catch_exceptions=False)

    assert run("companies").stdout == "no two companies have nearly the same name\n"
    assert run("rename", "Acme", "Bolt, Inc.", "--by", "D").stdout == "Acme is now Bolt, Inc.\n"
    assert run("companies").stdout == "Bolt, Inc. (1 story) is nearly Bolt (2 stories)\n"
    refused = run("rename", "Bolt, Inc.", "Bolt")
    assert (refused.exit_code, refused.stdout) == (1, "")
    assert "Merge 'Bolt, Inc.' into it instead" in refused.stderr
    merged = run("merge", "Bolt, Inc.", "Bolt", "--by", "D")
    assert merged.stdout == "Bolt, Inc. is now part of Bolt, which has gained 1 story\n"
    assert run("history", "one").stdout.splitlines()[-2].endswith("UTC by D: Bolt: merged: Bolt, Inc. -> Bolt")
