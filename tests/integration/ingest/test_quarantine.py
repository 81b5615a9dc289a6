"""Known, faulty and repeated stories in one file: which are imported, which are quarantined, and why."""

import csv
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from cxdata.cli.root import main
from cxdata.errors import StoryError
from cxdata.ingest.flat_table.columns import FLAT_COLUMNS
from tests.fixtures.databases import look
from tests.fixtures.imports import brought, problems, refused, table, told_rows
from tests.fixtures.stories import make_story

NAMELESS = dict.fromkeys(("source", "source_title", "source_author", "source_kind"))


@pytest.fixture
def rows() -> list[dict[str, Any]]:
    """Four invented stories of a new company, one row each."""
    return told_rows(*(make_story(f"row-{n}", title=f"The tale of {n}", company="Rowan") for n in range(4)))


@pytest.mark.parametrize(
    ("wrong", "why"),
    [
        ({"sector": None}, "sector is missing. Rowan is a new company"),
        ({"country": "DE"}, "country 'DE' must be the same in every row of Rowan. Another row has GB"),
        ({"source_title": "Another"}, "source_title 'A source' must be the same in every row of this source"),
    ],
    ids=["no sector", "two countries", "two titles"],
)
def test_stories_of_a_faulty_company_or_source_are_quarantined_together(
    wrong: dict[str, Any], why: str, base: Path, tmp_path: Path, rows: list[dict[str, Any]]
) -> None:
    """The quarantine holds all stories of the company or source, each with its reason."""
    told = [row | {"country": "GB"} for row in rows[:3]]
    told = [row | wrong for row in told] if wrong == {"sector": None} else [told[0], told[1] | wrong, told[2]]
    other = rows[3] | NAMELESS | {"company": "Argos", "sector": None}
    report = brought(base, table(tmp_path / "told.csv", [*told, other], FLAT_COLUMNS), on_fault="skip")
    assert report.added == ("row-3",)
    assert why in problems(report)[0]
    assert [fault.rows for fault in report.faults] == ["row 2", "row 3 and 1 more"]
    assert (
        report.faults[1].why
        == f"is wrong in row 2 of the same {'source' if 'title' in why else 'company'}. Fix it there"
    )
    assert look(base, "select company from company where company = 'Rowan' or sector = ''") == []
    with Path(report.file_names["faulty rows of told.csv"]).open(encoding="utf-8-sig", newline="") as file:
        assert [row["story"] for row in csv.DictReader(file)] == ["row-0", "row-1", "row-2"]


def test_known_story_ignores_a_changed_source(base: Path, tmp_path: Path, rows: list[dict[str, Any]]) -> None:
    brought(base, table(tmp_path / "told.csv", rows[:1]))
    otherwise = [row | {"source_title": "Another"} for row in rows]
    again = brought(base, table(tmp_path / "told.csv", otherwise[:1]))
    assert (again.known, problems(again)) == (1, [])
    report = brought(base, table(tmp_path / "told.csv", otherwise), on_fault="skip")
    assert (report.known, report.stories, report.fault_count) == (1, 0, 3)
    assert problems(report)[0].startswith("row 3: source 'a-source' is in the database with another title")


def test_faults_beside_known_stories_refuse_the_import(
    base: Path, tmp_path: Path, rows: list[dict[str, Any]], monkeypatch: pytest.MonkeyPatch
) -> None:
    brought(base, table(tmp_path / "told.csv", rows[:1]))
    mixed = table(tmp_path / "mixed.csv", [rows[0], rows[1] | {"outcome": "fine"}])
    assert len(refused(base, mixed)) == 1
    assert not brought(base, mixed, on_fault="skip").is_refused
    monkeypatch.setenv("CXDATA_DATABASE", str(base))
    monkeypatch.chdir(tmp_path)
    result = CliRunner().invoke(main, ["import", str(mixed)])
    assert result.exit_code == 1
    assert result.stderr.endswith("1 fault. Nothing was imported. Use --on-fault skip to import the good rows.\n")


def test_batches_with_similar_names_have_separate_sources(
    base: Path, tmp_path: Path, rows: list[dict[str, Any]]
) -> None:
    names = ("a-b", "a b", "Ärger", "Örger", "日本", "中国", "x" * 200, "x" * 199, "a/../b'; drop table story; --%s")
    for number, name in enumerate(names):
        row = rows[0] | NAMELESS | {"story": f"row-{number}", "title": f"The tale of {number}"}
        report = brought(base, table(tmp_path / f"{number}.csv", [row]), batch=name)
        assert (report.batch, problems(report)) == (name, [])
    sources = look(base, "select count(distinct source), max(length(source)) from source where title like '_.csv'")
    assert sources == [(len(names), 73)]  # "batch-", 54 times x, a hyphen, and 12 characters of a hash


def test_invalid_batch_and_importer_names_are_refused(base: Path, tmp_path: Path, rows: list[dict[str, Any]]) -> None:
    told = table(tmp_path / "told.csv", rows)
    for asked, why in (
        ({"batch": "a\nb"}, r"batch 'a\\nb' has several lines"),
        ({"batch": " "}, "batch is empty"),
        ({"batch": "x" * 201}, "At most 200 are possible"),
        ({"by": ""}, "by is empty"),
    ):  # fmt: skip
        with pytest.raises(StoryError, match=f"^import: .*{why}"):
            brought(base, told, **asked)


def test_contradicting_valid_code_has_no_nearest_choice(base: Path, tmp_path: Path, rows: list[dict[str, Any]]) -> None:
    told = [rows[0], rows[0] | {"outcome": "pending"}]
    report = brought(base, table(tmp_path / "told.csv", told))
    assert [(fault.column, fault.value, fault.nearest) for fault in report.faults] == [("outcome", "pending", None)]
