"""What imported stories were read for: by a mapping for answered cells, by a table for its columns."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from cxdata.editing.review import list_queue, sign_off
from cxdata.editing.stories import update_story
from cxdata.ingest.flat_table.columns import FLAT_COLUMNS
from cxdata.publish.charts import publish_chart
from cxdata.publish.coverage import describe_reading
from cxdata.questions.ask import ask_rows
from cxdata.store.duckdb_file import DuckDBFile
from cxdata.store.records.story_reader import read_story
from tests.fixtures.databases import look, open_database
from tests.fixtures.imports import brought, problems, table, told_rows
from tests.fixtures.legacy_databases import COMPLAINT
from tests.fixtures.stories import make_story, step, work

UNREAD_MEASURES = ("read_feeling", "read_promises", "read_signs")
READ = "select read_effort, read_drivers, read_feeling, read_promises, read_signs from story"
FORM = """
title = "A form"
about = "One row is one form."
id = ["id"]
prefix = "form"

[story]
company = { column = ["company"] }
sector = { value = "Retail" }
title = { value = "A form" }
summary = { value = "A form that a customer filled in." }
outcome = { value = "resolved" }
job = { value = "buy_a_product" }
verdict = { value = "none" }

[[encounter]]
[encounter.fields]
touchpoint = { value = "phone" }
short = { value = "As the form tells it" }
encounter_summary = { value = "What the customer reports." }
started_by = { value = "customer" }

[[encounter.effort]]
when = { column = "Called again?", is = ["Yes"] }
[encounter.effort.fields]
driver = { value = "repeat_contact" }
evidence = { value = "The customer called again." }
"""


def bring_reviews(base: Path, folder: Path) -> str:
    """Import and publish the review of Zerotel under the shipped mapping; return its story."""
    told = "Three hours on hold, four calls, then they hung up on me."
    report = brought(
        base, table(folder / "reviews.csv", [{"id": 1, "company": "Zerotel", "text": told}]), mapping="reviews"
    )
    assert report.faults == ()
    sign_off(DuckDBFile(base), str(report.batch), "published", "Reader B")
    return report.added[0]


def test_a_mapped_review_has_unknown_effort_and_unknown_feeling(base: Path, tmp_path: Path) -> None:
    story = bring_reviews(base, tmp_path)
    assert look(base, f"{READ} where story = '{story}'") == [("none", [], "none", "none", "none")]
    with open_database(base) as connection:
        (found,) = ask_rows(connection, "story", {"story": story})
        (score,) = (row for row in ask_rows(connection, "company_scores") if row["company"] == "Zerotel")
        (library,) = ask_rows(connection, "library")
    unknown = ("effort_points", "do_points", "feel_points", "effort_score", "event_count", "experience", "hall")
    assert {found[name] for name in unknown} == {None}
    assert (score["story_count"], score["effort_count"], score["experience_count"]) == (1, 0, 0)
    assert (score["mean_points"], score["effort_score"], score["experience"], score["hall"]) == (None, None, None, None)
    assert (library["story_count"], library["effort_read"], library["feeling_read"], library["signs_read"]) == (
        9,
        8,
        8,
        8,
    )


@pytest.mark.parametrize(
    "chart",
    [
        *("effort", "effort_and_experience", "effort_by_driver", "how_sure", "rank_stability", "touchpoint_effort"),
        *("fame_and_shame", "fix_first", "failure_demand"),
    ],
)
def test_a_mapped_review_is_in_no_chart_of_effort_or_feeling(base: Path, tmp_path: Path, chart: str) -> None:
    bring_reviews(base, tmp_path)
    with open_database(base) as connection:
        shown = publish_chart(connection, chart)
    assert shown.rows
    assert not [row for row in shown.rows if row["company"] == "Zerotel"]
    assert "Zerotel" not in shown.headline + shown.alt_text


def test_a_company_that_nobody_read_for_effort_comes_last_and_not_as_the_easiest(base: Path, tmp_path: Path) -> None:
    bring_reviews(base, tmp_path)
    with open_database(base) as connection:
        rows = ask_rows(connection, "company_scores")
        behind = ask_rows(connection, "stories_behind", {"company": "Zerotel", "known": "effort"})
    assert [row["company"] for row in rows if row["mean_points"] is None] == ["Zerotel"]
    assert rows[-1]["company"] == "Zerotel"
    assert behind == []


@pytest.mark.parametrize(
    ("answers", "read"),
    [
        ({"Timely response?": "No", "Consumer disputed?": "Yes"}, ["avoidable_contact", "disputing", "wait_for_reply"]),
        ({"Timely response?": "Yes", "Consumer disputed?": "No"}, ["avoidable_contact", "disputing", "wait_for_reply"]),
        ({"Timely response?": "Yes", "Consumer disputed?": "N/A"}, ["avoidable_contact", "wait_for_reply"]),
        ({"Timely response?": "Yes", "Consumer disputed?": ""}, ["avoidable_contact", "wait_for_reply"]),
        ({"Timely response?": "N/A", "Consumer disputed?": "No"}, ["avoidable_contact", "disputing"]),
        ({"Timely response?": "", "Consumer disputed?": ""}, ["avoidable_contact"]),
    ],
)
def test_a_complaint_is_read_for_the_questions_that_are_answered(
    base: Path, tmp_path: Path, answers: Mapping[str, str], read: list[str]
) -> None:
    report = brought(base, table(tmp_path / "complaints.csv", [COMPLAINT | {"Complaint ID": 511} | answers]))
    assert report.faults == ()
    assert look(base, f"{READ} where company = 'Invented Bank'") == [("part", read, "none", "none", "none")]


def test_no_company_of_complaints_is_the_easiest(base: Path, tmp_path: Path) -> None:
    """Six complaints each of two banks, one bank without any answer: neither has a mean, a rank or a range."""
    told = [
        COMPLAINT
        | {"Complaint ID": 511 + n, "Company": bank, "Consumer disputed?": disputed, "Timely response?": "Yes"}
        for n, (bank, disputed) in enumerate([("Answering Bank", "Yes")] * 6 + [("Silent Bank", "N/A")] * 6)
    ]
    report = brought(base, table(tmp_path / "complaints.csv", told))
    sign_off(DuckDBFile(base), str(report.batch), "published", "Reader B")
    with open_database(base) as connection:
        scores = {row["company"]: row for row in ask_rows(connection, "company_scores")}
        ranked = {row["company"] for name in ("how_sure", "rank_stability") for row in ask_rows(connection, name)}
    for bank in ("Answering Bank", "Silent Bank"):
        assert (scores[bank]["story_count"], scores[bank]["effort_count"]) == (6, 0)
        assert scores[bank]["mean_points"] is None
    assert not ranked & {"Answering Bank", "Silent Bank"}


@pytest.mark.parametrize(
    ("cell", "read"),
    [
        ("Yes", ("part", ["repeat_contact"])),
        ("No", ("part", ["repeat_contact"])),
        ("Not sure", ("part", ["repeat_contact"])),  # a word of no list is an answer
        ("", ("none", [])),
        ("N/A", ("none", [])),
        ("null", ("none", [])),
        ("Not applicable", ("none", [])),
    ],
)
def test_blank_and_null_words_answer_no_condition(
    base: Path, tmp_path: Path, cell: str, read: tuple[str, list[str]]
) -> None:
    rows = [{"id": 1, "company": "Formal", "Called again?": cell}]
    report = brought(base, table(tmp_path / "forms.csv", rows), mapping=FORM)
    assert report.faults == ()
    assert look(base, "select read_effort, read_drivers from story where company = 'Formal'") == [read]


def flat(*efforts: dict[str, Any], feeling: int | None = 2) -> list[dict[str, Any]]:
    return told_rows(make_story("told", step(feeling, *efforts), company="Flat"))


@pytest.mark.parametrize(
    ("without", "read"),
    [
        ((), ("whole", [], "whole", "none", "none")),
        (("driver", "times", "minutes", "evidence", "effort_locator"), ("none", [], "whole", "none", "none")),
        (("feeling",), ("whole", [], "none", "none", "none")),
    ],
)
def test_a_flat_table_is_read_for_what_it_has_columns_for(
    base: Path, tmp_path: Path, without: tuple[str, ...], read: tuple[Any, ...]
) -> None:
    gone = {*without, *(column for column in FLAT_COLUMNS if column.startswith("read_"))}
    path = table(tmp_path / "told.csv", flat(), [column for column in FLAT_COLUMNS if column not in gone])
    assert brought(base, path).faults == ()
    assert look(base, f"{READ} where story = 'told'") == [read]


@pytest.mark.parametrize(
    ("told", "fault"),
    [
        (
            {"read_effort": "none"},
            "row 2: read_effort 'none' contradicts the effort of the story. "
            "The choices are: whole, or part with read_drivers",
        ),
        (
            {"read_effort": "part", "read_drivers": None},
            "row 2: read_drivers is needed if read_effort is 'part', and must be empty otherwise. "
            "List the effort types that were asked for",
        ),
        (
            {"read_effort": "part", "read_drivers": "errand;disputing"},
            "row 2: driver 'worry' is not in the read_drivers of its story, which has: errand, disputing",
        ),
        (
            {"read_feeling": "none"},
            "row 2: read_feeling 'none' contradicts the feelings of the story. The choices are: whole",
        ),
    ],
)
def test_a_flat_table_that_contradicts_itself_is_refused_with_its_place(
    base: Path, tmp_path: Path, told: dict[str, Any], fault: str
) -> None:
    (row,) = flat(work("worry"))
    assert problems(brought(base, table(tmp_path / "told.csv", [row | told]))) == [fault]


@pytest.mark.parametrize(
    ("told", "fault"),
    [
        ({"read_effort": "partly"}, "read_effort 'partly'"),
        ({"read_effort": "part", "read_drivers": "wory"}, "read_drivers 'wory'"),
    ],
)
def test_unknown_words_of_a_reading_are_refused_with_the_choices(
    base: Path, tmp_path: Path, told: dict[str, Any], fault: str
) -> None:
    (row,) = flat(work("worry"))
    found = "\n".join(problems(brought(base, table(tmp_path / "told.csv", [row | told]))))
    assert fault in found
    assert "whole, part, none" in found or "Did you mean worry" in found


def test_a_mapped_story_says_what_it_was_read_for_until_somebody_reads_it(base: Path, tmp_path: Path) -> None:
    report = brought(base, table(tmp_path / "complaints.csv", [COMPLAINT | {"Complaint ID": 511}]))
    assert report.effort_counts == (0, 1, 0)
    (name,) = report.added
    engine = DuckDBFile(base)

    def queued() -> str:
        with engine.read() as connection:
            (row,) = list_queue(connection, report.batch, 10)
        return describe_reading(row)

    assert queued() == (
        "Mapped from a form, which asks for: avoidable contact, disputing and waiting for days."
        " Feelings, promises and signs of care: not read."
    )
    with engine.read() as connection:
        story = read_story(connection, name)
    whole = {"read_effort": "whole", "read_drivers": (), **dict.fromkeys(UNREAD_MEASURES, "whole")}
    update_story(engine, name, story.model_copy(update=whole), "Editor B")
    assert queued() == "Read whole by Editor B."
    sign_off(engine, name, "published", "Reader C")
    with open_database(base) as connection:
        (row,) = ask_rows(connection, "story", {"story": name})
    assert describe_reading(row) == "Read whole by Editor B."
