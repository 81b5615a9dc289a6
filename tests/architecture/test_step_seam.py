"""The seam of steps: a step that fills codes from text follows `normalise`, and no other step changes."""

from dataclasses import replace
from pathlib import Path

import pytest

from cxdata.ingest.pipeline import run_pipeline
from cxdata.ingest.report import ImportReport
from cxdata.ingest.request import ImportRequest
from cxdata.ingest.staging import Staged, Step, Steps, materialise_staging
from cxdata.ingest.steps import TABLE_STEPS, code, normalise, require_fields
from cxdata.store.engine import Connection
from tests.fixtures.databases import look
from tests.fixtures.imports import table

TOUCHPOINTS = {"call": "phone", "mail": "email"}
DRIVERS = {"again": "repeat_contact", "waited": "worry"}
ROWS = [
    {
        "story": "a-late-kettle",
        "title": "A kettle comes late",
        "job": "buy_a_gift",
        "summary": "A kettle comes late.",
        "outcome": "resolved",
        "company": "Invented Kettles",
        "sector": "Retail",
        "step": 1,
        "encounter_summary": "The customer had to call.",
        "started_by": "customer",
        "evidence": "She asked again.",
    },
    {
        "story": "a-late-kettle",
        "step": 2,
        "encounter_summary": "A mail came.",
        "started_by": "company",
        "evidence": "She waited for a week.",
    },
]


def code_from_words(connection: Connection, staged: Staged) -> Staged:
    """Fill missing touchpoints and drivers from words of the text."""
    materialise_staging(connection)
    for staged_table, column, text, words in (
        ("staged_encounter", "touchpoint", "summary", TOUCHPOINTS),
        ("staged_effort_event", "driver", "evidence", DRIVERS),
    ):
        for word, value in words.items():
            connection.execute(
                f"update {staged_table} set {column} = $value where {column} is null and contains({text}, $word)",
                {"value": value, "word": word},
            )
    return replace(staged, notes=(*staged.notes, "touchpoints and drivers are coded from words"))


def insert_after(steps: Steps, step: Step, new: Step) -> Steps:
    place = steps.index(step) + 1
    return (*steps[:place], new, *steps[place:])


def run(path: Path, file: Path, steps: Steps) -> ImportReport:
    folder = path.parent.parent / "work"
    folder.mkdir(exist_ok=True)
    return run_pipeline(ImportRequest(str(path), (str(file),), str(folder), by="me"), lambda *_: None, steps)


@pytest.fixture
def uncoded(tmp_path: Path) -> Path:
    """A table without the columns touchpoint and driver."""
    return table(tmp_path / "kettles.csv", ROWS)


def test_step_that_codes_from_words_completes_a_table_without_codes(base: Path, uncoded: Path) -> None:
    report = run(base, uncoded, insert_after(TABLE_STEPS, normalise, code_from_words))
    assert [str(fault) for fault in report.faults] == []
    assert report.stories == 1
    assert "touchpoints and drivers are coded from words" in report.files[0].notes
    found = look(
        base,
        "select step, touchpoint, driver from encounter inner join effort_event using (story, step) "
        "where story = 'a-late-kettle' order by step",
    )
    assert found == [(1, "phone", "repeat_contact"), (2, "email", "worry")]


def test_table_without_codes_is_refused_without_the_step(base: Path, uncoded: Path) -> None:
    report = run(base, uncoded, TABLE_STEPS)
    assert report.is_refused
    found = {(fault.column, fault.why, fault.repeats) for fault in report.faults}
    # both rows lack both columns: one fault and one repeat each
    assert found == {("touchpoint", "is missing", 1), ("driver", "is missing", 1)}


def test_required_fields_are_checked_after_coding() -> None:
    assert TABLE_STEPS.index(code) < TABLE_STEPS.index(require_fields)
