"""Migration of a database of another version: every import and edit is kept."""

import logging
from pathlib import Path

import duckdb
import pytest
from click.testing import CliRunner

from cxdata.cli.root import main
from cxdata.editing.batches import delete_batch
from cxdata.editing.changelog import read_changelog
from cxdata.editing.companies import rename_company
from cxdata.editing.replies import record_reply
from cxdata.resources import SQL
from cxdata.store import shipped_version
from cxdata.store.duckdb_file import DuckDBFile
from cxdata.store.migrate.legacy import RECORDS, is_rebuilt, list_columns
from cxdata.store.migrate.migration import previous_file_name
from cxdata.store.migrate.plan import PLAN
from cxdata.store.version import schema_version
from tests.fixtures.databases import answer, look, open_database, opened, told, version
from tests.fixtures.imports import brought, table
from tests.fixtures.legacy_databases import COMPLAINT, KINDLESS, TWO_MEASURES, UNREAD, age, computed, leftovers, records

# older schemas: changes that make the file old, and the columns whose values they remove
AGES: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "of other stories": ((), ()),
    "without columns that have come since": (
        (
            "alter table story drop column notes",
            "alter table story drop column fingerprint",
            "alter table source drop column publication",
            "alter table promise drop column standard",
            "alter table reply drop column url",
        ),
        ("story.notes", "source.publication", "promise.standard"),
    ),
    "without tables that have come since": (
        ("drop table passage", "drop table code_agreement", "drop table job_cell"),
        ("passage.*",),
    ),
    "with what was computed otherwise": (
        (
            "drop table story_rollup",
            "create table story_load as select story, 1 as points from story",
            "update effort_load set told_minutes = 99",
            "update story set fingerprint = 'of another kind' || story",
        ),
        (),
    ),
    "that did not tell what ships from what is defined": (
        ("alter table build drop column shipped_version", "alter table build drop column schema_version"),
        (),
    ),
    "without what stories were read for": (UNREAD, ()),
    "without kinds of story": (KINDLESS, ()),
    "whose second coders could say feelings and effort types alone": (
        TWO_MEASURES,
        (
            "second_coding.read_for",
            "second_encounter.demand",
            "second_driver.times",
            "second_driver.minutes",
            "second_promise.*",
            "second_sign.*",
        ),
    ),
    "with a codebook of its own": (
        ("update codebook_drivers set hassle_points = 99", "delete from codebook_jobs", "delete from published_score"),
        (),
    ),
}


@pytest.mark.parametrize("name", AGES)
def test_migration_keeps_every_import_and_edit(lived: Path, name: str) -> None:
    changes, lost = AGES[name]
    without = [column for column in lost if not column.endswith(".*")]
    gone = {column.removesuffix(".*") for column in lost if column.endswith(".*")}
    before, scores = records(lived, *without), computed(lived)
    age(lived, *changes)
    open_database(lived).close()
    after = records(lived, *without)
    for record in RECORDS:
        assert after[record] == ([] if record in gone else before[record]), record
    if not lost:
        assert computed(lived) == scores
    assert opened(lived, lambda connection: connection.execute("from build").fetchone())[1:] == (
        shipped_version(),
        schema_version(),
    )


def test_mapped_stories_of_a_former_schema_were_read_for_what_was_found_in_them(lived: Path, tmp_path: Path) -> None:
    """An answer No left the same rows as a blank cell: after the migration both are unknown."""
    answers = {"Complaint ID": 600, "Company": "Quick Bank", "Timely response?": "Yes", "Consumer disputed?": "No"}
    brought(lived, table(tmp_path / "quick.csv", [COMPLAINT | answers]))
    read = "select read_effort, read_drivers, read_feeling, read_promises, read_signs from story where"
    every = ["avoidable_contact", "disputing", "wait_for_reply"]
    assert look(lived, f"{read} company = 'Quick Bank'") == [("part", every, "none", "none", "none")]
    age(lived, *UNREAD)
    open_database(lived).close()
    found = ("part", ["avoidable_contact"], "none", "none", "none")
    assert look(lived, f"{read} company = 'Quick Bank'") == [found]
    mapped = look(lived, f"{read.replace('select', 'select distinct')} company = 'Bank of Inventions'")
    assert mapped == [("part", every, "none", "none", "none")]
    by_hand = look(lived, f"{read} story in ('good-story', 'told-one', 'ao-laptop')")
    assert by_hand == [("whole", [], "whole", "whole", "whole")] * 3


def test_kinds_of_a_former_schema_follow_from_the_sources(lived: Path) -> None:
    kinds = "select distinct story.kind, source.kind from story inner join source using (source) order by all"
    known = look(lived, kinds)
    assert ("complaint", "open data") in known
    assert ("customer_story", "blog post") in known
    age(lived, *KINDLESS)
    open_database(lived).close()
    assert look(lived, kinds) == known


def test_second_codings_of_a_former_schema_know_feelings_and_effort_types_alone(lived: Path) -> None:
    """What a second coder could not say is unknown, and not none."""
    of = "where story = 'good-story'"
    age(lived, *TWO_MEASURES)
    open_database(lived).close()
    assert look(lived, f"select read_for from second_coding {of}") == [(["feeling", "effort"],)]
    assert look(lived, f"select step, feeling, demand from second_encounter {of} order by step") == [
        (1, 2, None),
        (2, -2, None),
    ]
    assert look(lived, f"select driver, times, minutes from second_driver {of} order by driver") == [
        ("wait_on_hold", None, None),
        ("worry", None, None),
    ]
    assert look(lived, f"select 1 from second_promise {of} union all select 1 from second_sign {of}") == []


@pytest.mark.parametrize("column", ["shipped_version", "schema_version"])
def test_different_shipped_or_schema_version_migrates_once(
    lived: Path, column: str, caplog: pytest.LogCaptureFixture
) -> None:
    age(lived, version=column)
    with caplog.at_level(logging.INFO):
        first = version(lived)
        content = lived.read_bytes()
        assert version(lived) == first != shipped_version()
    assert lived.read_bytes() == content
    assert caplog.text.count("updating it") == 1


def test_rebuild_of_a_current_file_reports_no_migration(lived: Path, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.INFO):
        migrated = DuckDBFile(lived).migrate(rebuild=True)
    assert migrated
    assert migrated.stories
    assert "up to date" not in caplog.text


def test_migration_keeps_the_old_file_for_restore(lived: Path, caplog: pytest.LogCaptureFixture) -> None:
    age(lived)
    before = lived.read_bytes()
    open_database(lived).close()
    kept = lived.with_name(previous_file_name(lived))
    assert leftovers(lived) == [kept.name]
    assert kept.read_bytes() == before
    assert f"The old file is kept: {kept}" in caplog.text
    delete_batch(DuckDBFile(lived), "mine", "An Editor")
    DuckDBFile(lived).restore(kept)  # the old file migrates again
    assert look(lived, "select 1 from story where story = 'good-story'")


def test_unchanged_database_is_rebuilt_without_keeping_the_old_file(base: Path) -> None:
    age(base, "delete from promise")
    assert version(base) == shipped_version()
    assert answer(base, "promises")
    assert leftovers(base) == []


def test_migrated_database_answers_as_before_and_accepts_edits(lived: Path) -> None:
    asked = ("company_scores", "story_scores", "effort", "lessons", "agreement", "company_names")
    before = {question: answer(lived, question) for question in asked}
    changed = opened(lived, lambda connection: read_changelog(connection, "good-story"))
    assert {row["field"] for row in changed} == {"record", "status", "reviewer", "reply 1"}
    age(lived, version="schema_version")
    assert {question: answer(lived, question) for question in asked} == before
    assert opened(lived, lambda connection: read_changelog(connection, "good-story")) == changed
    assert [row["words"] for row in answer(lived, "story_replies", story="ao-laptop")] == ["We are sorry indeed."]
    assert record_reply(DuckDBFile(lived), "ao-laptop", "AO", "Once more.", "D", changed[0]["changed_at"].date()) == 3
    rename_company(DuckDBFile(lived), "AO World", "AO.com", "D")
    for batch in ("coding", "lessons", "nameless", "complaints", "rows", "table", "mine"):
        delete_batch(DuckDBFile(lived), batch, "An Editor")
    assert told(lived) == {story for (story,) in look(lived, "select story from story where batch = 'shipped'")}
    assert records(lived)["batch"] == []
    assert len(told(lived)) == len(before["story_scores"]) - 4  # of five imported stories one is an edited draft


@pytest.mark.parametrize("otherwise", [False, True])
def test_imported_files_are_still_known_after_migration(
    lived: Path, lived_in: tuple[Path, dict[str, Path]], otherwise: bool
) -> None:
    """The files have ids or none, are of our format or mapped; the fingerprints may come from another algorithm."""
    delete_batch(DuckDBFile(lived), "coding", "An Editor")  # an edit has changed this story since its import
    age(lived, *["update story set fingerprint = md5('x' || fingerprint)"] * otherwise)
    DuckDBFile(lived).migrate()
    for batch in ("table", "rows", "complaints", "nameless"):
        report = brought(lived, lived_in[1][batch])
        assert (report.batch, report.faults) == (None, ()), batch
        assert report.known >= 1


def test_build_keeps_imported_stories(lived: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = records(lived)
    monkeypatch.setenv("CXDATA_DATABASE", str(lived))
    result = CliRunner().invoke(main, ["build"], catch_exceptions=False)
    assert result.exit_code == 0
    assert "among them 7 stories in 5 batches that were imported. Drafts are not" in result.stdout
    assert records(lived) == before
    assert leftovers(lived) == []  # a file of this version loses nothing, so no old file is kept


def test_build_refuses_to_replace_an_unreadable_file(base: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    base.write_bytes(base.read_bytes()[:5_000])
    before = base.read_bytes()
    monkeypatch.setenv("CXDATA_DATABASE", str(base))
    result = CliRunner().invoke(main, ["build"], catch_exceptions=False)
    assert (
        result.exit_code,
        "cannot be read" in result.stderr and "may contain imported stories" in result.stderr,
    ) == (1, True)
    assert base.read_bytes() == before


def test_restore_migrates_a_backup_of_an_older_version(lived: Path, tmp_path: Path) -> None:
    before = records(lived)
    DuckDBFile(lived).back_up(tmp_path / "kept.backup")
    age(tmp_path / "kept.backup", "alter table story drop column fingerprint", version="schema_version")
    delete_batch(DuckDBFile(lived), "mine", "An Editor")
    DuckDBFile(lived).restore(tmp_path / "kept.backup")
    assert records(lived) == before


def test_plan_copies_every_record_table_and_rebuilds_the_others() -> None:
    """A new table needs an entry in the plan, or a rule that rebuilds it."""
    assert {carried.table for carried in PLAN} == set(RECORDS)
    with duckdb.connect() as connection:
        connection.execute((SQL / "schema.sql").read_text("utf-8"))
        tables = list_columns(connection)
    assert {table for table in tables if not is_rebuilt(table)} == set(RECORDS)
    for carried in PLAN:
        assert set(carried.key) <= {column.name for column in tables[carried.table]}
