"""Every change of the database is in the audit log, with its author and outcome, and an erased story is not."""

import re
import sqlite3
import subprocess
import sys
from collections.abc import Iterable
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from cxdata.access.audit_log import list_events
from cxdata.access.public_views import list_views, open_view
from cxdata.access.records import FILE
from cxdata.cli.root import main
from cxdata.editing.annotations import record_annotation
from cxdata.editing.batches import delete_batch
from cxdata.editing.companies import rename_company
from cxdata.editing.erasure import erase_story
from cxdata.editing.replies import record_reply
from cxdata.editing.review import move_to_draft, note_seen, sign_off
from cxdata.editing.stories import create_story, update_story
from cxdata.errors import Conflict, Refused
from cxdata.ingest import run_import
from cxdata.resources import ROOT
from cxdata.store.duckdb_file import DuckDBFile
from cxdata.store.records.story_reader import read_story
from tests.fixtures.databases import Write, bring, look, opened
from tests.fixtures.stories import make_story

DRAFT = {"status": "draft", "reviewer": None, "reviewed_on": None}


def lines(path: Path) -> list[tuple[str, ...]]:
    """Return the events, the first one first, without their times."""
    events = reversed(list_events(DuckDBFile(path)))
    return [(event.who, event.action, event.subject, event.detail, event.outcome) for event in events]


def test_changes_are_recorded_with_author_and_outcome(base: Path, write: Write) -> None:
    engine = DuckDBFile(base)
    run_import(engine, [write("one")], by="ann@example.org", batch="mine", status="draft")
    with pytest.raises(Refused):
        sign_off(engine, "one", "published", opened(base, lambda connection: read_story(connection, "one")).coder)
    sign_off(engine, ["one"], "published", "Rev")
    move_to_draft(engine, "mine", "Ed")
    record_reply(engine, "one", "Acme", "Secret words.", "Ed", date(2026, 11, 1))
    record_annotation(engine, "Secret note.", date(2026, 11, 1), "Ed")
    create_story(engine, make_story("by-me"), "Ed")
    company = opened(base, lambda connection: read_story(connection, "one")).company.name
    rename_company(engine, company, "Kettles & Co", "Ed")
    delete_batch(engine, "mine", "Ed")
    coder = lines(base)[1][0]
    assert lines(base) == [
        ("ann@example.org", "import", "", "mine: 1 story", "done"),
        (coder, "sign off", "one → published", "Refused", "refused"),
        ("Rev", "sign off", "one → published", "1 story", "done"),
        ("Ed", "move back to draft", "mine", "1 story", "done"),
        ("Ed", "record a reply", "one", "", "done"),
        ("Ed", "add a dated note", "", "note 1", "done"),
        ("Ed", "write a story", "by-me", "", "done"),
        ("Ed", "change a company", f"{company} → Kettles & Co", "", "done"),
        ("Ed", "delete a batch", "mine", "1 story", "done"),
    ]
    assert b"Secret" not in (engine.companion_folder("access") / FILE).read_bytes()


def test_erased_story_is_in_no_byte_of_the_log(base: Path) -> None:
    engine = DuckDBFile(base)
    create_story(engine, make_story("private-story", title="Private title"), "Ed")
    sign_off(engine, "private-story", "reviewed", "Rev")
    open_view(engine, "timeline", "story=private-story", "Ed")
    kept = open_view(engine, "timeline", "story=ao-laptop", "Ed")
    erase_story(engine, "private-story", "Ada")
    assert lines(base) == [
        ("Ed", "write a story", "an erased story", "", "done"),
        ("Rev", "sign off", "an erased story", "", "done"),
        ("Ed", "make a view public", "an erased story", "", "done"),
        ("Ed", "make a view public", "timeline → story=ao-laptop", "", "done"),
        ("Ada", "erase a story", "", "", "done"),
    ]
    assert list_views(engine) == [kept]
    for file in engine.companion_folder("access").iterdir():
        assert re.search(b"(?i)private", file.read_bytes()) is None


def test_commands_record_and_retain(base: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CXDATA_DATABASE", str(base))
    monkeypatch.setenv("CXDATA_KEEP_LOG_MONTHS", "12")

    def run(*words: str) -> str:
        found = CliRunner().invoke(main, words, catch_exceptions=False)
        assert found.exit_code == 0
        return found.output

    run("backup", str(tmp_path / "copy.duckdb"))
    run("restore", str(tmp_path / "copy.duckdb"))
    assert [(action, subject) for _, action, subject, _, _ in lines(base)] == [
        ("back up the database", "copy.duckdb"),
        ("restore the database", "copy.duckdb"),
    ]
    with sqlite3.connect(DuckDBFile(base).companion_folder("access") / FILE) as connection:
        connection.execute("update event set at = datetime('now', '-2 years') where event = 1")
    connection.close()
    assert run("retain") == "1 entry of the audit log deleted\n"
    assert run("retain", "--months", "6").startswith("0 entries of the audit log deleted\nNo customer's own words had")
    assert [action for _, action, *_ in lines(base)] == ["restore the database", "delete old words"]


def test_backup_script_and_restore_carry_the_log(base: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """deploy/backup.sh as the timer runs it, and a restore of what it has written, on a machine without a database."""
    monkeypatch.setenv("CXDATA_DATABASE", str(base))
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    create_story(DuckDBFile(base), make_story("by-me"), "Ed")
    program = tmp_path / "cxdata"
    program.write_text(f'#!/bin/sh\nexec {sys.executable} -m cxdata "$@"\n')
    program.chmod(0o755)
    backups = tmp_path / "backups"
    backups.mkdir()
    for _ in range(2):  # the second of a day takes the place of the first
        subprocess.run([ROOT / "deploy" / "backup.sh", program, backups, "14"], check=True)
    (file,) = backups.glob("*.duckdb")
    new = tmp_path / "new" / "stories.duckdb"
    monkeypatch.setenv("CXDATA_DATABASE", str(new))
    assert "3 entries of its audit log added" in restore(file).output
    # times are kept to the second, and a restore may share one with the backup before it
    assert sorted(action for _, action, *_ in lines(new)) == [
        "back up the database",
        "back up the database",
        "restore the database",
        "write a story",
    ]
    log = DuckDBFile(file).companion_folder("access") / FILE
    log.write_bytes(b"no log")
    before = new.read_bytes()
    assert f"{log} cannot be restored. Nothing was changed" in restore(file).stderr
    assert new.read_bytes() == before


def restore(file: Path) -> Result:
    return CliRunner().invoke(main, ["restore", str(file)], catch_exceptions=False)


def test_erasure_names_the_log_of_a_backup(base: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CXDATA_DATABASE", str(base))
    engine = DuckDBFile(base)
    create_story(engine, make_story("private-story"), "Ed")
    file = tmp_path / "kept.duckdb"
    CliRunner().invoke(main, ["backup", str(file)], catch_exceptions=False)
    erasure = erase_story(engine, "private-story", "Ada")
    assert erasure.holding == (file, DuckDBFile(file).companion_folder("access") / FILE)
    assert erasure.uncertain == ()


def test_sign_off_of_an_old_list_names_what_changed(base: Path) -> None:
    bring(base, make_story("one", **DRAFT), make_story("two", **DRAFT))
    engine = DuckDBFile(base)

    def see(names: str | Iterable[str]) -> object:
        return opened(base, lambda connection: note_seen(connection, names))

    seen, seen_batch = see("one"), see("mine")
    story = opened(base, lambda connection: read_story(connection, "one"))
    update_story(engine, "one", story.model_copy(update={"title": "Another"}), "Ann")
    for name, before in (("one", seen), ("mine", seen_batch)):
        with pytest.raises(Conflict, match=r"Ann changed the text of one at 2\d{3}-\d\d-\d\d \d\d:\d\d UTC\. Nothing"):
            sign_off(engine, name, "published", "Rev", seen=before)
    assert look(base, "select distinct status from story where batch = 'mine'") == [("draft",)]
    sign_off(engine, "two", "reviewed", "Rev", seen=see("two"))
    with pytest.raises(Conflict, match=r"Rev changed the status of two at .*; Ann changed the text of one"):
        sign_off(engine, "mine", "published", "Second", seen=seen_batch)
    erase_story(engine, "two", "Ada")
    with pytest.raises(Conflict, match="there were 2 stories, and now there are 1"):
        sign_off(engine, "mine", "published", "Second", seen=seen_batch)
    assert sign_off(engine, "mine", "published", "Second", seen=see("mine")) == ("one",)
