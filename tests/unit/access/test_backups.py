"""The records of access are backed up while they are written, and a restore takes nothing of them back."""

import sqlite3
import threading
from contextlib import closing
from pathlib import Path

import pytest

from cxdata.access.audit_log import list_events, record_at_once
from cxdata.access.backups import add_records, check_records, copy_records
from cxdata.access.identity import Identity
from cxdata.access.public_views import close_view, list_views, open_view
from cxdata.access.records import FILE, FOLDER, forget_names, open_records
from cxdata.access.roles import Action
from cxdata.access.sign_ins import end_sign_in, is_ended
from cxdata.access.signing_keys import get_signing_key, list_signing_keys
from cxdata.errors import DatabaseError
from cxdata.store.duckdb_file import DuckDBFile
from cxdata.store.engine import Engine

ANN = Identity("ann@example.org", True, "first")


@pytest.fixture
def engine(tmp_path: Path) -> DuckDBFile:
    return DuckDBFile(tmp_path / "stories.duckdb")


@pytest.fixture
def elsewhere(tmp_path: Path) -> DuckDBFile:
    """The database of another machine."""
    (tmp_path / "elsewhere").mkdir()
    return DuckDBFile(tmp_path / "elsewhere" / "stories.duckdb")


def back_up(engine: Engine, path: Path) -> DuckDBFile:
    backup = DuckDBFile(path)
    copy_records(engine, backup)
    check_records(backup)
    return backup


def test_restored_keys_keep_signatures_valid(engine: DuckDBFile, elsewhere: DuckDBFile, tmp_path: Path) -> None:
    key = get_signing_key(engine)
    assert get_signing_key(engine) == key
    assert list_signing_keys(elsewhere) == []
    own = get_signing_key(elsewhere)
    assert own != key
    add_records(elsewhere, back_up(engine, tmp_path / "kept"))
    assert set(list_signing_keys(elsewhere)) == {key, own}


def test_backup_of_an_earlier_version_has_no_keys(engine: DuckDBFile, elsewhere: DuckDBFile, tmp_path: Path) -> None:
    record_at_once(engine, "Ed", Action.IMPORT, "one")
    backup = back_up(engine, tmp_path / "kept")
    with closing(sqlite3.connect(backup.companion_folder(FOLDER) / FILE)) as records, records:
        records.execute("drop table signing_key")
    assert add_records(elsewhere, backup) == 1
    assert list_signing_keys(elsewhere) == []


def subjects(engine: Engine) -> list[str]:
    return [event.subject for event in list_events(engine)]


def test_another_machine_gets_everything(engine: DuckDBFile, elsewhere: DuckDBFile, tmp_path: Path) -> None:
    for subject in ("one", "two", "two"):  # alike, and all three of them
        record_at_once(engine, "Ed", Action.IMPORT, subject)
    view = open_view(engine, "effort", "companies=AO.com", "Ed")
    end_sign_in(engine, ANN)
    backup = back_up(engine, tmp_path / "kept")
    with open_records(engine) as records:
        records.execute("update event set at = '2026-11-01 00:00:00' where subject = 'one'")
    earlier = back_up(engine, tmp_path / "earlier")
    record_at_once(elsewhere, "root", Action.RESTORE)
    with open_records(elsewhere) as records:
        records.execute("update event set at = '2026-11-02 00:00:00'")
    assert add_records(elsewhere, backup) == 4
    assert subjects(elsewhere) == ["effort → companies=AO.com", "two", "two", "one", ""]
    assert list_views(elsewhere) == [view]
    assert is_ended(elsewhere, ANN)
    assert add_records(elsewhere, backup) == 0
    assert add_records(elsewhere, earlier) == 1, "another time is another event"
    assert subjects(elsewhere)[-1] == "one", "the latest comes first"


def test_restore_takes_nothing_back(engine: DuckDBFile, tmp_path: Path) -> None:
    record_at_once(engine, "Ed", Action.WRITE_STORY, "private-story")
    shut = open_view(engine, "effort", "", "Ed")
    open_view(engine, "timeline", "story=private-story", "Ed")
    backup = back_up(engine, tmp_path / "kept")
    close_view(engine, shut.token, "Ed")
    forget_names(engine, ["private-story"])
    end_sign_in(engine, ANN)
    again = open_view(engine, "effort", "", "Ed")
    record_at_once(engine, "Ada", Action.ERASE)
    before = list_events(engine)
    assert add_records(engine, backup) == 0
    assert list_events(engine) == before
    assert list_views(engine) == [again]
    assert is_ended(engine, ANN)
    assert b"private-story" not in (engine.companion_folder("access") / FILE).read_bytes()


def test_backups_of_two_days_are_added_once(engine: DuckDBFile, elsewhere: DuckDBFile, tmp_path: Path) -> None:
    record_at_once(engine, "Ed", Action.IMPORT, "one")
    view = open_view(engine, "effort", "", "Ed")
    first = back_up(engine, tmp_path / "first")
    record_at_once(engine, "Ed", Action.IMPORT, "two")
    close_view(engine, view.token, "Ed")
    second = back_up(engine, tmp_path / "second")
    assert (add_records(elsewhere, first), list_views(elsewhere)) == (2, [view])
    assert (add_records(elsewhere, second), list_views(elsewhere)) == (2, []), "closed on the second day"
    assert (add_records(elsewhere, first), list_views(elsewhere)) == (0, []), "and it stays closed"
    assert list_events(elsewhere) == list_events(engine)


def test_copy_is_whole_while_others_write(engine: DuckDBFile, tmp_path: Path) -> None:
    stop = threading.Event()

    def write() -> None:
        while not stop.is_set():
            with open_records(engine) as records:  # two rows that belong together
                for half in ("left", "right"):
                    records.execute(
                        "insert into event (at, who, action, subject, outcome) values ('x', 'Ed', 'y', ?, 'done')",
                        (half,),
                    )

    record_at_once(engine, "Ed", Action.IMPORT)
    writer = threading.Thread(target=write)
    writer.start()
    try:
        counts = []
        for number in range(4):
            copy = back_up(engine, tmp_path / f"copy-{number}").companion_folder("access") / FILE
            with closing(sqlite3.connect(copy)) as kept:
                counts.append(dict(kept.execute("select subject, count(*) from event group by subject")))
    finally:
        stop.set()
        writer.join()
    assert [each.get("left") for each in counts] == [each.get("right") for each in counts]
    assert len({each.get("left") for each in counts}) > 1, "they were written meanwhile"


def test_copy_is_for_its_owner_alone(engine: DuckDBFile, tmp_path: Path) -> None:
    record_at_once(engine, "Ed", Action.IMPORT)
    folder = back_up(engine, tmp_path / "kept").companion_folder("access")
    assert (folder.stat().st_mode & 0o777, (folder / FILE).stat().st_mode & 0o777) == (0o700, 0o600)
    assert [file.name for file in folder.iterdir()] == [FILE]


def test_nothing_recorded_is_nothing_to_copy(engine: DuckDBFile, elsewhere: DuckDBFile, tmp_path: Path) -> None:
    backup = DuckDBFile(tmp_path / "kept")
    assert copy_records(engine, backup) is None
    check_records(backup)
    assert add_records(elsewhere, backup) == 0


@pytest.mark.parametrize("how", ["garbage", "cut", "foreign"])
def test_damaged_log_is_refused(engine: DuckDBFile, tmp_path: Path, how: str) -> None:
    with open_records(engine) as records:  # several pages of the file
        rows = [(f"{number}" * 50,) for number in range(100)]
        records.executemany(
            "insert into event (at, who, action, subject, outcome) values ('x', 'Ed', 'y', ?, '')", rows
        )
    backup = back_up(engine, tmp_path / "kept")
    file = backup.companion_folder("access") / FILE
    if how == "foreign":
        file.unlink()
        with closing(sqlite3.connect(file)) as other:
            other.execute("create table letters (text)")
    else:
        content = file.read_bytes()
        file.write_bytes(b"no database" * 1000 if how == "garbage" else content[: len(content) // 2])
    with pytest.raises(DatabaseError, match="Nothing was changed"):
        check_records(backup)
