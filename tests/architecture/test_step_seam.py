"""The seam of coding steps: a machine that codes from text, named beside the steps that are there."""

import json
from pathlib import Path
from typing import Any

import pytest

from cxdata.editing.review import sign_off
from cxdata.ingest.pipeline import run_pipeline
from cxdata.ingest.readers.base import SourceTable
from cxdata.ingest.report import ImportReport
from cxdata.ingest.request import ImportRequest
from cxdata.ingest.staging import CodingStep, Staged, Step
from cxdata.ingest.steps import STEPS, code, require_fields
from cxdata.store.duckdb_file import DuckDBFile
from cxdata.store.engine import Connection
from tests.fixtures.databases import look
from tests.fixtures.imports import table
from tests.fixtures.stories import make_story, step

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


MACHINE = "Words of kettles 1"


def code_from_words(connection: Connection, staged: Staged) -> Staged:
    """Fill missing touchpoints and drivers from words of the text."""
    for staged_table, column, text, words in (
        ("staged_encounter", "touchpoint", "summary", TOUCHPOINTS),
        ("staged_effort_event", "driver", "evidence", DRIVERS),
    ):
        for word, value in words.items():
            connection.execute(
                f"update {staged_table} set {column} = $value where {column} is null and contains({text}, $word)",
                {"value": value, "word": word},
            )
    return staged


def find_worry(connection: Connection, staged: Staged) -> Staged:
    """Find an effort in every encounter whose text has the word worry."""
    connection.execute(
        "insert into staged_effort_event by name select story, step, 1 as event, 'worry' as driver, 1 as times, "
        "summary as evidence, locator from staged_encounter where contains(summary, 'worry')"
    )
    return staged


def run(path: Path, file: Path, *steps: Step, **asked: Any) -> ImportReport:
    folder = path.parent.parent / "work"
    folder.mkdir(exist_ok=True)
    request = ImportRequest(str(path), (str(file),), str(folder), by="me", **asked)
    return run_pipeline(request, lambda *_: None, tuple(CodingStep(MACHINE, step) for step in steps))


def nested(path: Path, *summaries: str) -> Path:
    """Write published stories of Coder A, one a line, each with one encounter of this summary."""
    stories = [
        make_story(f"kettle-{number}", step(None, summary=summary), summary=f"Invented {number}.", coder="Coder A")
        for number, summary in enumerate(summaries, 1)
    ]
    path.write_text("\n".join(json.dumps(story.model_dump(mode="json")) for story in stories), "utf-8")
    return path


@pytest.fixture
def uncoded(tmp_path: Path) -> Path:
    """A table without the columns touchpoint and driver."""
    return table(tmp_path / "kettles.csv", ROWS)


def test_step_that_codes_from_words_completes_a_table_without_codes(base: Path, uncoded: Path) -> None:
    report = run(base, uncoded, code_from_words)
    assert [str(fault) for fault in report.faults] == []
    assert report.stories == 1
    assert f"{MACHINE} coded 1 of these stories" in report.files[0].notes
    found = look(
        base,
        "select step, touchpoint, driver from encounter inner join effort_event using (story, step) "
        "where story = 'a-late-kettle' order by step",
    )
    assert found == [(1, "phone", "repeat_contact"), (2, "email", "worry")]


def test_table_without_codes_is_refused_without_the_step(base: Path, uncoded: Path) -> None:
    report = run(base, uncoded)
    assert report.is_refused
    found = {(fault.column, fault.why, fault.repeats) for fault in report.faults}
    # both rows lack both columns: one fault and one repeat each
    assert found == {("touchpoint", "is missing", 1), ("driver", "is missing", 1)}


def test_machine_coded_story_is_a_draft_of_the_machine_until_a_person_signs_it(base: Path, uncoded: Path) -> None:
    assert run(base, uncoded, code_from_words, status="published").drafts == 1
    row = "select status, coder, reviewer from story where story = 'a-late-kettle'"
    assert look(base, row) == [("draft", MACHINE, None)]
    sign_off(DuckDBFile(base), ["a-late-kettle"], "published", "Reader B")
    assert look(base, row) == [("published", MACHINE, "Reader B")]


def test_nested_story_keeps_its_coder_unless_the_machine_codes_it(base: Path, tmp_path: Path) -> None:
    report = run(base, nested(tmp_path / "two.jsonl", "It came.", "A day of worry."), find_worry)
    assert [str(fault) for fault in report.faults] == []
    found = look(base, "select story, status, coder, notes from story where story like 'kettle-%' order by story")
    assert found == [
        ("kettle-1", "published", "Coder A", None),
        ("kettle-2", "draft", MACHINE, None),
    ]
    assert look(base, "select driver from effort_event where story = 'kettle-2'") == [("worry",)]


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        (
            "update staged_encounter set touchpoint = 'fone' where story = 'kettle-2'",
            "two.jsonl: kettle-2: touchpoint 'fone' of step 1 is unknown. Did you mean phone? The codebook has: ",
        ),
        (
            "update staged_story set kind = 'rumour' where story = 'kettle-2'",
            "two.jsonl: kettle-2: kind 'rumour' is unknown. The codebook has: customer_story, ",
        ),
        (
            "update staged_encounter set feeling = 9 where story = 'kettle-2'",
            "two.jsonl: kettle-2: feeling '9' of step 1 is not between -5 and 5",
        ),
        (
            "update staged_encounter set summary = null where story = 'kettle-2'",
            "two.jsonl: kettle-2: encounter_summary is missing",
        ),
        (
            "delete from staged_encounter where story = 'kettle-2'",
            "two.jsonl: kettle-2: touchpoint is missing. No row has a step of this story",
        ),
        (
            "insert into staged_emotion values ('kettle-2', 3, 'anger')",
            "two.jsonl: kettle-2: emotion 'anger' belongs to step 3, and the story has no such step",
        ),
    ],
)
def test_step_that_breaks_a_record_is_named_with_the_place(base: Path, tmp_path: Path, change: str, fault: str) -> None:
    def break_record(connection: Connection, staged: Staged) -> Staged:
        connection.execute(change)
        return staged

    report = run(base, nested(tmp_path / "two.jsonl", "It came.", "It went."), find_worry, break_record)
    assert report.is_refused
    (found,) = map(str, report.faults)
    assert found.startswith(fault)
    assert found.endswith(f". The coding step '{MACHINE}' caused this")


def test_faults_from_before_a_step_are_not_the_step_s(base: Path, uncoded: Path) -> None:
    report = run(base, uncoded, find_worry)
    assert {fault.why for fault in report.faults} == {"is missing"}


def test_required_fields_are_checked_after_coding() -> None:
    steps = STEPS[SourceTable]
    assert steps.index(code) < steps.index(require_fields)
