"""A killed import leaves a complete database without half a batch, and a repeat completes it."""

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from cxdata.editing.batches import delete_batch
from cxdata.ingest import run_import
from cxdata.resources import ROOT
from cxdata.store.duckdb_file import DuckDBFile
from cxdata.store.file_swap import DRAFT
from tests.fixtures.databases import Write, everything, told

IMPORT = """
import sys
from pathlib import Path
from cxdata.ingest import run_import
from cxdata.store.duckdb_file import DuckDBFile
print("begun", flush=True)
outcome = run_import(DuckDBFile(Path(sys.argv[1])), [Path(sys.argv[2])], by="me", batch="killed")
print("done", flush=True)
"""


def start_import(base: Path, story: Path) -> subprocess.Popen[str]:
    """Start a process that imports the story as the batch `killed`, in a process group of its own."""
    importing = subprocess.Popen(
        [sys.executable, "-c", IMPORT, str(base), str(story)],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    assert importing.stdout
    assert importing.stdout.readline() == "begun\n"
    return importing


@pytest.mark.skipif(not hasattr(os, "killpg"), reason="there are no process groups to kill")
def test_import_killed_at_any_moment_is_complete_or_absent(base: Path, write: Write) -> None:
    """Kill 30 imports (SIGKILL, with their worker), each at another moment of the time that one takes."""
    story, before = write("one"), everything(base)
    drawing = random.Random(5)
    timed = start_import(base, story)
    started = time.monotonic()
    assert timed.communicate() == ("done\n", None)
    whole = time.monotonic() - started
    delete_batch(DuckDBFile(base), "killed")
    killed_before_the_end = 0
    for turn in range(30):
        importing = start_import(base, story)
        time.sleep(whole * 1.3 * (turn + drawing.random()) / 30)
        os.killpg(importing.pid, signal.SIGKILL)
        acknowledged = "done" in importing.communicate()[0]
        assert importing.returncode in (0, -signal.SIGKILL)  # it ended by itself or by the signal, not by an error
        killed_before_the_end += not acknowledged
        there = "one" in told(base)
        assert there or not acknowledged
        if there:
            delete_batch(DuckDBFile(base), "killed")
        assert everything(base) == before
    assert killed_before_the_end > 0
    assert run_import(DuckDBFile(base), [story], by="me").added == ("one",)  # a repeat completes it
    assert not list(base.parent.glob(f"{DRAFT}*"))


def test_worker_ends_when_its_parent_is_killed(base: Path, write: Write) -> None:
    """The test kills the importing process only; its worker ends by itself and frees the lock."""
    importing = start_import(base, write("one"))
    time.sleep(0.3)
    importing.kill()
    importing.communicate()
    with DuckDBFile(base).transaction(timeout=20) as connection:  # the lock is free again
        connection.execute("select 1")
