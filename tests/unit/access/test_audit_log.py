"""The audit log: everything that is done is in it, also what fails, and nothing that a story says."""

import csv
import io
import sqlite3
from pathlib import Path

import pytest

from cxdata.access.audit_log import (
    Event,
    list_events,
    list_people,
    prune,
    record,
    record_at_once,
    record_once_a_day,
    write_csv,
)
from cxdata.access.performing import performs
from cxdata.access.records import FILE, forget_names
from cxdata.access.roles import Action
from cxdata.errors import NotFound, Refused, Unavailable
from cxdata.store.duckdb_file import DuckDBFile
from cxdata.store.engine import Engine


@pytest.fixture
def engine(tmp_path: Path) -> DuckDBFile:
    return DuckDBFile(tmp_path / "stories.duckdb")


def endings(engine: Engine) -> list[tuple[str, str, str, str]]:
    return [(event.who, event.subject, event.detail, event.outcome) for event in list_events(engine)]


@performs(Action.IMPORT, "story", tell=lambda result: f"{result} rows")
def change(engine: Engine, story: str, by: str, error: BaseException | None = None, dry_run: bool = False) -> int:
    if error:
        raise error
    return 3


def test_each_outcome_is_recorded(engine: DuckDBFile) -> None:
    assert change(engine, "one", "ann@example.org") == 3
    mistakes = (Refused("of a secret title"), NotFound("x"), Unavailable("disk"), ZeroDivisionError("x"))
    for error in (*mistakes, KeyboardInterrupt()):
        with pytest.raises(type(error)):
            change(engine, "two", by="bob@example.org", error=error)
    assert endings(engine) == [
        ("bob@example.org", "two", "KeyboardInterrupt", "failed"),
        ("bob@example.org", "two", "ZeroDivisionError", "failed"),
        ("bob@example.org", "two", "Unavailable", "failed"),
        ("bob@example.org", "two", "NotFound", "refused"),
        ("bob@example.org", "two", "Refused", "refused"),
        ("ann@example.org", "one", "3 rows", "done"),
    ]
    assert list_people(engine) == ["ann@example.org", "bob@example.org"]


def test_dry_run_changes_nothing_and_is_not_recorded(engine: DuckDBFile) -> None:
    change(engine, "one", "ann@example.org", dry_run=True)
    assert endings(engine) == []
    assert not engine.companion_folder("access").exists(), "reading writes no file"


def test_process_that_dies_leaves_its_beginning(engine: DuckDBFile) -> None:
    entry = record(engine, "ann@example.org", Action.ERASE)
    entry.__enter__()
    assert endings(engine) == [("ann@example.org", "", "", "begun")]


def test_nothing_is_done_without_a_record(engine: DuckDBFile, monkeypatch: pytest.MonkeyPatch) -> None:
    engine.companion_folder("access").write_text("a file where the folder should be")
    done = []
    with pytest.raises(Unavailable), record(engine, "ann@example.org", Action.ERASE):
        done.append(1)
    assert done == []
    record_at_once(engine, "ann@example.org", Action.SIGN_IN)  # a sign-in goes on


def test_filters_choose_events(engine: DuckDBFile) -> None:
    for who, action in (("ann", Action.IMPORT), ("bob", Action.ERASE), ("ann", Action.ERASE)):
        record_at_once(engine, who, action)
    today = list_events(engine)[0].at[:10]
    assert [event.action for event in list_events(engine, who="ann")] == ["erase a story", "import"]
    assert [event.who for event in list_events(engine, action=Action.ERASE.words)] == ["ann", "bob"]
    assert len(list_events(engine, since=today, until=today)) == 3
    assert list_events(engine, since="9999-01-01") == []
    assert list_events(engine, until="2000-01-01") == []
    assert len(list_events(engine, most=2)) == 2
    assert list_events(engine, who="' or 1=1 --") == []


def test_person_whom_a_proxy_names_is_recorded_once_a_day(engine: DuckDBFile) -> None:
    for _ in range(3):
        record_once_a_day(engine, "ann", Action.SIGN_IN, "a reader")
    record_once_a_day(engine, "bob", Action.SIGN_IN)
    assert [event.who for event in list_events(engine)] == ["bob", "ann"]


def test_erased_story_leaves_that_something_was_done(engine: DuckDBFile) -> None:
    change(engine, "private-story", "ann@example.org")
    change(engine, "another", "ann@example.org")
    record_at_once(engine, "ann@example.org", Action.IMPORT, "batch", "by-hand-private-story: 1 story")
    forget_names(engine, ["Private-Story"])
    assert endings(engine) == [
        ("ann@example.org", "an erased story", "", "done"),
        ("ann@example.org", "another", "3 rows", "done"),
        ("ann@example.org", "an erased story", "", "done"),
    ]
    for file in engine.companion_folder("access").iterdir():
        assert b"private-story" not in file.read_bytes()


def test_old_events_are_deleted_with_their_bytes(engine: DuckDBFile) -> None:
    change(engine, "one", "gone@example.org")
    file = engine.companion_folder("access") / FILE
    with sqlite3.connect(file) as connection:
        connection.execute("update event set at = datetime('now', '-13 months')")
    connection.close()
    change(engine, "two", "ann@example.org")
    assert prune(engine, 12) == 1
    assert list_people(engine) == ["ann@example.org"]
    assert b"gone@example.org" not in file.read_bytes()


def test_file_is_for_its_owner_alone(engine: DuckDBFile) -> None:
    change(engine, "one", "ann@example.org")
    folder = engine.companion_folder("access")
    assert (folder.stat().st_mode & 0o777, (folder / FILE).stat().st_mode & 0o777) == (0o700, 0o600)


def test_csv_holds_no_formula() -> None:
    hostile = Event("2026-11-28", '=HYPERLINK("http://evil")', "import", "@SUM(A1)", 'a"b,\nc', "done")
    rows = list(csv.reader(io.StringIO(write_csv([hostile]))))
    assert rows[0] == ["at", "who", "action", "subject", "detail", "outcome"]
    assert rows[1] == ["2026-11-28", '\'=HYPERLINK("http://evil")', "import", "'@SUM(A1)", 'a"b,\nc', "done"]
