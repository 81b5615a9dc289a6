"""Personal data in an import: told with counts, and replaced for the command line, the page and a mapping alike."""

import csv
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from cxdata.cli.root import main
from cxdata.ingest.report import report_from_plain, report_to_plain
from cxdata.store.records.story_reader import read_story
from cxdata.stories.serialiser import serialise_story
from tests.fixtures.databases import Write, everything, look, opened
from tests.fixtures.imports import brought
from tests.fixtures.stories import make_story, step, work

SECRETS = ("ann@mail.example", "07400 123456", "4111 1111 1111 1111", "from 074")
ROW = {
    "story": "told",
    "company": "Acme",
    "sector": "Retail",
    "title": "A tale",
    "summary": "Write to ann@mail.example.",
    "job": "buy_a_laptop",
    "outcome": "resolved",
    "account": "Card 4111 1111 1111 1111, order 4155552671.",
    "step": "1",
    "touchpoint": "phone",
    "encounter_summary": "Somebody called at half past 9 from 07400 123456, late.",  # cut in its short form
    "started_by": "customer",
    "coder": "Coder A",
}
MAPPING = """
title = "Invented"
prefix = "inv"
redact = {redact}
[story]
company = {{ column = "company" }}
sector = {{ value = "Retail" }}
title = {{ column = "title" }}
summary = {{ column = "summary" }}
account = {{ column = "account" }}
job = {{ value = "buy_a_laptop" }}
outcome = {{ value = "resolved" }}
[[encounter]]
[encounter.fields]
touchpoint = {{ value = "phone" }}
encounter_summary = {{ column = "encounter_summary" }}
started_by = {{ value = "customer" }}
locator = {{ value = "row" }}
"""


@pytest.fixture
def table(tmp_path: Path) -> Path:
    path = tmp_path / "told.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([ROW, ROW.values()])
    return path


def texts(path: Path) -> str:
    """Every text of the imported stories."""
    tables = ("story", "account", "encounter", "effort_event", "story_text", "story_rollup")
    return str([look(path, f"from {table}") for table in tables])


@pytest.mark.parametrize("redact", [False, True])
def test_import_counts_personal_data_and_replaces_it_if_asked(base: Path, table: Path, redact: bool) -> None:
    report = brought(base, table, redact=redact, status="published")
    assert report.stories == 1
    report = report_from_plain(report_to_plain(report))
    assert report.personal_data.startswith("The texts contain 1 card number, 1 e-mail address and 1 phone number. ")
    assert report.holds_personal_data is not redact
    assert [secret in texts(base) for secret in SECRETS] == [not redact] * len(SECRETS)
    assert ("[e-mail address removed]" in texts(base)) is redact
    assert "order 4155552671" in texts(base)


def test_redacted_story_is_known_when_it_comes_again(base: Path, table: Path) -> None:
    brought(base, table, redact=True)
    again = brought(base, table, redact=True)
    assert (again.batch, again.known) == (None, 1)


@pytest.mark.parametrize("redact", ["false", "true"])
def test_mapping_asks_for_redaction(base: Path, table: Path, redact: str) -> None:
    report = brought(base, table, mapping=MAPPING.format(redact=redact))
    assert (report.stories, report.holds_personal_data) == (1, redact == "false")
    assert (SECRETS[0] in texts(base)) is (redact == "false")


def test_nested_story_is_redacted_and_the_command_warns(
    base: Path, write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = write("kettle", ("A kettle is ordered", "A kettle is ordered by ann@mail.example"))
    monkeypatch.setenv("CXDATA_DATABASE", str(base))

    def run(*options: Any) -> str:
        return CliRunner().invoke(main, ["import", str(file), "--by", "me", *options], catch_exceptions=False).stderr

    warned = run("--dry-run")
    assert "1 e-mail address. They are imported as they are. Import with --redact to replace them." in warned
    assert "They are replaced." in run("--redact")
    story = opened(base, lambda connection: read_story(connection, "kettle"))
    assert "[e-mail address removed]" in str(story)
    assert SECRETS[0] not in str(story)


def test_redaction_leaves_no_address_in_any_column(base: Path, tmp_path: Path) -> None:
    """Every text of a story file has an address of its own, in the source and the places of quotes too."""
    numbers = count()

    def mail(word: str) -> str:
        return f"{word} ann{next(numbers)}@mail.example"

    effort = work("worry", evidence=mail("evidence"), locator=mail("line"))
    told = step(-5, effort, short=mail("short"), summary=mail("summary"), locator=mail("line"))
    promise = {"claim": mail("claim"), "kept": "broken", "standard": mail("act")}
    promise |= {"evidence": mail("evidence"), "locator": mail("line")}
    story = make_story(
        "mailed",
        told,
        title=mail("title"),
        summary=mail("summary"),
        notes=mail("notes"),
        promises=[promise],
        signs=[{"sign": "easy_to_reach", "shown": True, "evidence": mail("evidence")}],
        source={"id": "s", "title": mail("title"), "author": mail("by"), "kind": "mail", "publication": mail("in")},
    )
    file = tmp_path / "mailed.toml"
    file.write_text(serialise_story(story), "utf-8")
    assert brought(base, file, redact=True).stories == 1
    for table, rows in everything(base).items():
        assert "@mail.example" not in str(rows), table
