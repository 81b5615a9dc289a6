"""Migration with several processes, with readers, and with a process killed at any moment."""

import random
import subprocess
import sys
import time
from pathlib import Path

import duckdb
import pytest

from cxdata.errors import Conflict
from cxdata.resources import ROOT
from cxdata.store import data_version
from cxdata.store.duckdb_file import DuckDBFile
from cxdata.store.file_swap import DRAFT, replace_file
from cxdata.store.migrate.migration import migrate_file, previous_file_name
from pages.ui import cache
from tests.fixtures.databases import open_database, opened, version
from tests.fixtures.legacy_databases import age, copied, records
from tests.fixtures.processes.killable import migrate, start_process

OPEN = """
import sys
from pathlib import Path
from cxdata.store import data_version
from cxdata.store.duckdb_file import DuckDBFile
print("begun", flush=True)
sys.stdin.readline()
engine = DuckDBFile(Path(sys.argv[1]))
engine.migrate()
print(data_version(engine.read()), flush=True)
"""


@pytest.fixture
def old(lived: Path) -> Path:
    """A database of an older version with imports and edits."""
    age(lived, "alter table story drop column fingerprint", version="schema_version")
    return lived


def opening(path: Path) -> subprocess.Popen[str]:
    """Start a process that opens the database after go_on()."""
    process = subprocess.Popen(
        [sys.executable, "-c", OPEN, str(path)],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert process.stdout
    assert process.stdout.readline() == "begun\n"
    return process


def go_on(process: subprocess.Popen[str]) -> None:
    assert process.stdin
    process.stdin.write("\n")
    process.stdin.flush()


def test_one_of_several_processes_migrates_and_all_read(old: Path) -> None:
    processes = [opening(old) for _ in range(3)]
    for process in processes:
        go_on(process)
    said = [process.communicate(timeout=120) for process in processes]
    assert [process.returncode for process in processes] == [0, 0, 0], said
    assert {out.strip() for out, _ in said} == {version(old)}
    assert sum(err.count("updating it") for _, err in said) == 1


def test_migration_reports_a_lock_held_past_its_timeout(old: Path) -> None:
    before = old.read_bytes()
    with (
        replace_file(old),
        pytest.raises(Conflict, match=r"another change is still running after 0\.2 s"),
    ):
        migrate_file(old, timeout=0.2)
    assert old.read_bytes() == before


def test_reader_of_the_old_file_keeps_reading_during_migration(old: Path) -> None:
    with duckdb.connect() as reader:
        reader.execute(f"attach '{old}' as old (read_only)")
        asked = "select (select count(*) from old.story), (select schema_version from old.build)"
        before = reader.execute(asked).fetchall()
        assert opened(old, lambda connection: connection.execute("from build").fetchone())[2] != before[0][1]
        assert reader.execute(asked).fetchall() == before


def test_running_dashboard_refuses_a_file_of_another_version(
    built: Path, old: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """After an update of the program two versions would otherwise migrate the file back and forth."""
    base = copied(built, tmp_path / "served")
    monkeypatch.setenv("CXDATA_DATABASE", str(base))
    cache.MIGRATED.clear()
    cache.get_connection()
    content = old.read_bytes()
    old.replace(base)
    with pytest.raises(Conflict, match="another version of this program has migrated"):
        cache.get_connection()
    assert base.read_bytes() == content
    cache.MIGRATED.clear()  # as after a restart
    assert version(base) == cache.version()


def test_migration_killed_at_any_moment_is_completed_by_the_next_opening(old: Path) -> None:
    """Kill 8 openings (SIGKILL), each at another moment of the time that one takes."""
    content = old.read_bytes()
    timed = start_process(migrate, old)
    started = time.monotonic()
    timed.join(timeout=120)
    whole = time.monotonic() - started
    assert timed.exitcode == 0
    expected, drawing, killed_before_the_end = records(old), random.Random(5), 0
    for turn in range(8):
        old.write_bytes(content)
        old.with_name(previous_file_name(old)).unlink(missing_ok=True)
        process = start_process(migrate, old)
        time.sleep(whole * 1.1 * (turn + drawing.random()) / 8)
        process.kill()
        process.join()
        if old.read_bytes() == content:
            killed_before_the_end += 1
        with open_database(old) as connection:
            assert data_version(connection)
        assert records(old) == expected
        # one killed after it has put the new file in place leaves its folder to the next change
        with DuckDBFile(old).transaction():
            pass
        assert not list(old.parent.glob(f"{DRAFT}*"))
        assert {path.name for path in old.parent.iterdir()} == {old.name, f"{old.name}.lock", previous_file_name(old)}
    assert killed_before_the_end > 2


def test_databases_of_one_folder_keep_each_others_drafts(tmp_path: Path) -> None:
    """A change of a second database with a similar name does not remove the draft of the first."""
    names = ("stories.duckdb", "stories.duckdb-2", "stories.duckdb-12345678", "other.duckdb")
    first, *others = (tmp_path / name for name in names)
    with replace_file(first) as draft:
        draft.write_bytes(b"first")
        for other in others:
            with replace_file(other) as its_draft:
                its_draft.write_bytes(b"other")
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir() if path.suffix != ".lock"} == {
        name: b"first" if name == first.name else b"other" for name in names
    }


@pytest.mark.parametrize("name", ["stories.duckdb", "st[o]ries*.duckdb"])
def test_leftover_drafts_are_removed_or_ignored(tmp_path: Path, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A leftover may belong to root, or may still be open on Windows."""
    path = tmp_path / name
    leftover = tmp_path / f"{DRAFT}{name}-abcd_012"
    leftover.mkdir()
    (leftover / name).write_bytes(b"half")
    with monkeypatch.context() as patched:
        patched.setattr("shutil.rmtree", lambda *_, **__: None)
        with replace_file(path) as draft:
            draft.write_bytes(b"whole")
    assert path.read_bytes() == b"whole"
    assert leftover.exists()
    with replace_file(path) as draft:
        draft.write_bytes(b"another")
    assert sorted(each.name for each in tmp_path.iterdir()) == sorted([name, f"{name}.lock"])
