"""A killed import leaves a complete database without half a batch, and a repeat completes it."""

import os
import random
import signal
import time
from pathlib import Path

import pytest

from cxdata.editing.batches import delete_batch
from cxdata.ingest import run_import
from cxdata.store.duckdb_file import DuckDBFile
from cxdata.store.file_swap import DRAFT
from tests.fixtures.databases import Write, everything, told
from tests.fixtures.processes.killable import import_story, kill_group, start_process


@pytest.mark.skipif(not hasattr(os, "killpg"), reason="there are no process groups to kill")
def test_import_killed_at_any_moment_is_complete_or_absent(base: Path, write: Write, tmp_path: Path) -> None:
    """Kill 16 imports (SIGKILL, with their worker), each at another moment of the time that one takes."""
    story, done, before = write("one"), tmp_path / "done", everything(base)
    drawing = random.Random(5)
    whole = 60.0
    for _ in range(2):  # the first one reads its modules from the disk, and takes far longer than those to be killed
        timed = start_process(import_story, base, story, done)
        started = time.monotonic()
        timed.join()
        whole = min(whole, time.monotonic() - started)
        assert done.exists()
        delete_batch(DuckDBFile(base), "killed", "An Editor")
    killed_before_the_end = 0
    for turn in range(16):
        done.unlink(missing_ok=True)
        importing = start_process(import_story, base, story, done)
        time.sleep(whole * 1.3 * (turn + drawing.random()) / 16)
        kill_group(importing)
        assert importing.exitcode in (0, -signal.SIGKILL)  # it ended by itself or by the signal, not by an error
        killed_before_the_end += not done.exists()
        there = "one" in told(base)
        assert there or not done.exists()
        if there:
            delete_batch(DuckDBFile(base), "killed", "An Editor")
        assert everything(base) == before
    assert killed_before_the_end > 0
    assert run_import(DuckDBFile(base), [story], by="me").added == ("one",)  # a repeat completes it
    assert not list(base.parent.glob(f"{DRAFT}*"))


def test_worker_ends_when_its_parent_is_killed(base: Path, write: Write, tmp_path: Path) -> None:
    """The test kills the importing process only; its worker ends by itself and frees the lock."""
    importing = start_process(import_story, base, write("one"), tmp_path / "done")
    time.sleep(0.3)
    importing.kill()
    importing.join()
    with DuckDBFile(base).transaction(timeout=20) as connection:  # the lock is free again
        connection.execute("select 1")
