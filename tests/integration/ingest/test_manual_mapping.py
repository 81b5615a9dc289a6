"""Manual mapping of an unknown table: chosen columns are read, and missing choices are faults, not guesses."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from cxdata.editing.review import sign_off
from cxdata.ingest.mapping.catalogue import guess_columns
from cxdata.ingest.mapping.manual import ColumnChoice, Origin, build_mapping, id_prefix
from cxdata.ingest.mapping.model import parse_mapping
from cxdata.publish.origin import format_attribution
from cxdata.questions.ask import ask_rows
from cxdata.store.duckdb_file import DuckDBFile
from pages.ui.escaping import escape_label, escape_markdown
from tests.fixtures.databases import look, open_database
from tests.fixtures.imports import brought, problems, table
from tests.fixtures.pages import AppTest

SAID = {
    "company": ColumnChoice("Store name"),
    "account": ColumnChoice("What they said"),
    "happened_on": ColumnChoice("Opened"),
    "story": ColumnChoice("Ref"),
    "touchpoint": ColumnChoice("Channel used", values={"Phone": "phone", "Web chat": "live_chat"}),
    "outcome": ColumnChoice("Result", values={"Refunded": "resolved"}, missing="pending"),
    "job": ColumnChoice(value="return_a_product"),
}
DESK = Origin("An invented desk", are_complaints=False)
HEADERS = ("Ref", "Store name", "Opened", "Channel used", "What they said", "Result")


def rows(**told: Any) -> list[dict[str, Any]]:
    """Make two invented rows of a retailer's complaints; the second with these changes."""
    first = dict(
        zip(HEADERS, ("R-1", "Invented Shop", "28/2/2026", "Phone", "Invented: late.", "Refunded"), strict=True)
    )
    second = first | {"Ref": "R-2", "What they said": "Invented: lost.", "Channel used": "Web chat", "Result": None}
    return [first, second | {name.replace("_", " "): value for name, value in told.items()}]


def test_manual_mapping_imports_a_foreign_table(base: Path, tmp_path: Path) -> None:
    mapping = build_mapping(SAID, "Retail", "export.csv", "Shop ABC", DESK)
    report = brought(base, table(tmp_path / "export.csv", rows()), mapping=mapping)
    assert (report.added, report.faults) == (("shop-abc-r-1", "shop-abc-r-2"), ())
    found = look(
        base,
        "select title, company, happened_on, outcome, story.job, touchpoint, words from story "
        "inner join encounter using (story) inner join account using (story) where story like 'shop-abc-%' order by 1",
    )
    assert [row[2:] for row in found] == [
        ("2026-02-28", "resolved", "return_a_product", "phone", "Invented: late."),
        ("2026-02-28", "pending", "return_a_product", "live_chat", "Invented: lost."),
    ]
    assert found[0][:2] == ("A story of Invented Shop (R-1)", "Invented Shop")
    again = brought(base, table(tmp_path / "export-2.csv", rows()), mapping=mapping)
    assert (again.added, again.known) == ((), 2)


def test_manual_mapping_reads_feelings_effort_scores_and_countries(base: Path, tmp_path: Path) -> None:
    said = {name: told for name, told in SAID.items() if name not in ("outcome", "happened_on")} | {
        "outcome": ColumnChoice(value="pending"),
        "country": ColumnChoice("Land"),
        "feeling": ColumnChoice("Stars", values={"1": "-4", "5": "4"}),
        "driver": ColumnChoice("Reason", values={"Called twice": "repeat_contact"}, blank=("Other",)),
        "minutes": ColumnChoice("Took", unit="hours"),
        "ces": ColumnChoice("Score", scale=(0, 10), easy="high"),
    }
    more = (
        {"Land": "Germany", "Stars": "1.0", "Reason": "Called twice", "Took": "1,5", "Score": "10"},
        {"Land": "Germany", "Stars": "5", "Reason": "other", "Took": "", "Score": ""},
    )
    written = [row | extra for row, extra in zip(rows(), more, strict=True)]
    mapping = build_mapping(said, "Retail", "export.csv", "shop", DESK)
    assert problems(brought(base, table(tmp_path / "export.csv", written), mapping=mapping)) == []
    found = look(
        base,
        "select feeling, ces, company.country, driver, minutes from story inner join company using (company) "
        "inner join encounter using (story) left join effort_event using (story, step) "
        "where story like 'shop-%' order by story",
    )
    assert found == [(-4, 7, "DE", "repeat_contact", 90.0), (4, None, "DE", None, None)]


def test_manual_mapping_gives_each_table_its_own_source(base: Path, tmp_path: Path) -> None:
    mapping = build_mapping(SAID, "Retail", "may.csv", "shop", DESK)
    files = [table(tmp_path / f"{month}.csv", [row]) for month, row in zip(("may", "june"), rows(), strict=True)]
    report = brought(base, *files, mapping=mapping)
    assert (report.added, report.faults) == (("shop-r-1", "shop-r-2"), ())
    named = "select story, source.title, author from story inner join source using (source) where story like 'shop-%'"
    assert look(base, f"{named} order by 1") == [
        ("shop-r-1", "may.csv", "customers, collected by An invented desk"),
        ("shop-r-2", "june.csv", "customers, collected by An invented desk"),
    ]


def test_manual_mapping_marks_complaints(base: Path, tmp_path: Path) -> None:
    """A complaint counts as one avoidable contact on the channel that received it."""
    desk = Origin("Invented Shop, complaint desk", are_complaints=True)
    mapping = build_mapping(SAID, "Retail", "export.csv", "shop", desk)
    report = brought(base, table(tmp_path / "export.csv", rows()), mapping=mapping)
    sign_off(DuckDBFile(base), str(report.batch), "published", "Reader B")
    with open_database(base) as connection:
        (told,) = ask_rows(connection, "library", {"companies": ["Invented Shop"]})
        found = ask_rows(connection, "stories_behind", {"company": "Invented Shop"})
        efforts = ask_rows(connection, "effort_by_driver", {"companies": ["Invented Shop"]})
        asked = ask_rows(connection, "type_prevalence", {"companies": ["Invented Shop"]})
    assert (told["story_count"], told["complaint_count"], told["registers"]) == (2, 2, desk.collected_by)
    assert [(row["title"], format_attribution(row), row["hall"]) for row in found] == [
        (f"A complaint about Invented Shop (R-{n})", "filed with Invented Shop, complaint desk", None) for n in (1, 2)
    ]
    # the form tells of this effort type alone, so the whole effort is unknown
    assert efforts == []
    assert [row["driver"] for row in asked] == ["avoidable_contact"]
    assert look(base, "select driver, count(*) from effort_event where story like 'shop-%' group by driver") == [
        ("avoidable_contact", 2)
    ]
    assert look(base, "select distinct demand, short from encounter where story like 'shop-%'") == [
        ("failure", "As the complaint describes it")
    ]


def test_unmapped_value_is_a_fault_with_the_choices(base: Path, tmp_path: Path) -> None:
    said = SAID | {"outcome": replace(SAID["outcome"], missing=None)}
    mapping = build_mapping(said, "Retail", "export.csv", "shop", DESK)
    faults = problems(
        brought(base, table(tmp_path / "export.csv", rows(Channel_used="Carrier pigeon")), mapping=mapping)
    )
    assert faults[0] == "row 3: outcome is missing"
    assert faults[1].startswith("row 3: touchpoint 'Carrier pigeon' is unknown. The codebook has: phone, ")


def test_fixed_company_and_missing_account_are_accepted(base: Path, tmp_path: Path) -> None:
    fewer = {name: told for name, told in SAID.items() if name not in ("account", "story", "happened_on")}
    mapping = build_mapping(
        fewer | {"company": ColumnChoice(value="Invented & Sons {x}")}, "Retail", "x.csv", "one", DESK
    )
    only = table(tmp_path / "x.csv", rows()[:1])
    assert brought(base, only, mapping=mapping).stories == 1
    found = look(base, "select title, summary, company from story where story like 'one-%'")
    assert found == [
        ("A story of a company", "What a customer reports about a company.", "Invented & Sons {x}"),
    ]


@pytest.mark.parametrize("header", ["a|b", "{a}", 'a"b', "a'b", "a\\b", "Ümlaut 🐇", "= 1+1"])
def test_headers_may_hold_any_characters(base: Path, tmp_path: Path, header: str) -> None:
    said = SAID | {"company": ColumnChoice(header), "outcome": ColumnChoice(value="pending")}
    mapping = build_mapping(said, "Retail", "export.csv", "odd", DESK)
    written = [{header if name == "Store name" else name: value for name, value in row.items()} for row in rows()]
    report = brought(base, table(tmp_path / "odd.csv", written), mapping=mapping)
    assert report.faults == ()
    assert look(base, "select distinct company from story where story like 'odd-%'") == [("Invented Shop",)]


@pytest.mark.parametrize(
    ("told", "prefix"),
    [
        ("Shop ABC", "shop-abc"),
        ("", "by-hand"),
        ("???", "by-hand"),
        ("a" * 40, "a" * 20),
        ("nineteen-letters-ab c", "nineteen-letters-ab"),
    ],
)
def test_id_prefix_is_a_valid_slug(told: str, prefix: str) -> None:
    assert id_prefix(told) == prefix
    assert parse_mapping(build_mapping(SAID, "Retail", "x", told, DESK).encode(), "x").prefix == prefix


def test_columns_of_a_complaint_export_are_guessed() -> None:
    assert guess_columns(HEADERS) == {name: told.column for name, told in SAID.items() if told.column}


def page(words: dict[str, tuple[str, ...]]) -> None:
    import streamlit as st  # noqa: PLC0415 - AppTest runs the text of this function alone

    from cxdata.ingest import FileInspection  # noqa: PLC0415
    from pages.add.manual_mapping import show_manual_mapping  # noqa: PLC0415

    st.session_state["text"] = show_manual_mapping(
        [FileInspection("export.csv", "csv", headers=("Shop", *words), words=words, guessed={"outcome": "Result"})]
    )


def test_mapping_form_waits_for_every_choice_and_guesses_only_exact_codes() -> None:
    app = AppTest.from_function(page, kwargs={"words": {"Result": ("Refunded", "resolved")}}, default_timeout=30).run()
    assert not app.exception

    def box(label: str) -> Any:
        return next(each for each in (*app.selectbox, *app.text_input) if each.label == label)

    assert box("Result: resolved").value == "resolved"
    assert box("Result: Refunded").value is None
    assert app.info[0].value == (
        "Still to say: what each row is, who collected them, which company, or which column names it, the sector, "
        "the channel or touchpoint and what the customer wanted done."
    )
    assert app.session_state["text"] is None
    assert "Rows with Refunded are faults until you say what that means." in [each.value for each in app.caption]
    app.radio("map-kind").set_value("complaints").run()
    box("Who collected them, as pages will show it").set_value("An invented desk").run()
    box("Company, for every row").set_value("Invented Shop").run()
    box("Sector of the company or companies").set_value("Retail").run()
    box("The channel or touchpoint, for every row").set_value("phone").run()
    box("What the customer wanted done, for every row").set_value("return_a_product").run()
    assert not app.info
    mapping = parse_mapping(app.session_state["text"].encode(), "mapping")
    assert mapping.story["outcome"].values == {"resolved": "resolved"}
    assert mapping.story["company"].value == "Invented Shop"
    assert mapping.story["source_author"].value == "An invented desk"
    assert mapping.story["source_kind"].value == "complaints"
    labels = [each.label for each in (*app.selectbox, *app.text_input)]
    assert len(labels) == len(set(labels))


@pytest.mark.parametrize(
    ("words", "shown"),
    [
        ("Result: Refunded, in part", "Result: Refunded, in part"),  # a screen reader would read the backslashes
        ("Result: E-mail (1)", "Result: E-mail (1)"),
        ("Result: **x**", "Result\\: \\*\\*x\\*\\*"),
        ("Result: [x](javascript:y)", escape_markdown("Result: [x](javascript:y)")),
        ("Result: :red[x]", escape_markdown("Result: :red[x]")),
        ("Result: www.example.org", escape_markdown("Result: www.example.org")),
        ("- Result", escape_markdown("- Result")),
        ("1. Result", escape_markdown("1. Result")),
    ],
)
def test_label_is_escaped_only_where_markdown_would_change_it(words: str, shown: str) -> None:
    assert escape_label(words) == shown
