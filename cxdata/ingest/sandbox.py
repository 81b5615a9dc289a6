"""Import in a process of its own: what an untrusted file does to it, it does to nobody else."""

import contextlib
import json
import logging
import os
import shutil
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, Literal

from cxdata.errors import DatabaseError
from cxdata.ingest.inspection import FileInspection, inspection_from_plain
from cxdata.ingest.limits import COMMAND_LINE, UPLOAD
from cxdata.ingest.report import FaultRow, ImportReport, OnFault, report_from_plain
from cxdata.ingest.request import ImportRequest, to_plain
from cxdata.resources import ROOT
from cxdata.store.engine import Engine

log = logging.getLogger("cxdata")

# how Python, DuckDB, Arrow, C++ and the system say it
NO_MEMORY = (
    "MemoryError",
    "Out of Memory",
    "bad_alloc",
    "malloc",
    "bad allocation",
    "annot allocate",
    "start new thread",
)

Progress = Callable[[str, int, int], None]


def run_import(
    engine: Engine,
    files: Sequence[Path],
    *,
    by: str,
    batch: str | None = None,
    mapping: str | None = None,
    columns: Mapping[str, str] | None = None,
    order: Literal["day first", "month first"] | None = None,
    status: Literal["draft", "reviewed", "published"] | None = None,
    on_fault: OnFault = "stop",
    dry_run: bool = False,
    upload: bool = False,
    progress: Progress | None = None,
    keep: Path | None = None,
) -> ImportReport:
    """Bring the stories of these files into the database as one batch: all of them, or the good ones if `on_fault` is
    'skip', or none.

    A story that is there already, word for word, is passed over: the same files again add nothing. `batch` names it,
    else the day and a hash of the files do. Faults are told in the report, and with them nothing is changed; all of
    them and the rows as they came are written into `keep`. Raises DatabaseError where the database cannot be changed.
    """
    limits = UPLOAD if upload else COMMAND_LINE
    with tempfile.TemporaryDirectory(prefix="cxdata-intake-") as folder:
        job = ImportRequest(
            str(engine.address), tuple(str(file.absolute()) for file in files), folder, by, batch, mapping, columns,
            order, status, on_fault, dry_run, upload=upload,
        )  # fmt: skip
        report = _run(job, progress or _ignore_progress, limits.seconds)
        return replace(report, file_names=_kept(report, keep))


def inspect_files(engine: Engine, files: Sequence[Path], upload: bool = False) -> list[FileInspection]:
    """What these files are, their columns, first rows and likely meaning; nothing is brought in."""
    limits = UPLOAD if upload else COMMAND_LINE
    with tempfile.TemporaryDirectory(prefix="cxdata-intake-") as folder:
        names = tuple(str(file.absolute()) for file in files)
        job = ImportRequest(str(engine.address), names, folder, "", look=True, upload=upload)
        last, why = _run_worker(job, _ignore_progress, limits.seconds)
        if "looks" in last:
            return [inspection_from_plain(each) for each in last["looks"]]
        return [FileInspection(file.name, fault=why) for file in files]


def _run(job: ImportRequest, progress: Progress, seconds: int) -> ImportReport:
    """The report of a worker, or one that says how it ended."""
    last, why = _run_worker(job, progress, seconds)
    if "report" in last:
        return report_from_plain(last["report"])
    if "error" in last:
        raise DatabaseError(str(last["error"]))
    names = ", ".join(Path(file).name for file in job.files)
    fault = FaultRow(names, None, None, None, None, why)
    return ImportReport(None, faults=(fault,), fault_count=1, fault_kinds=1, dry_run=job.dry_run)


def _run_worker(job: ImportRequest, progress: Progress, seconds: int) -> tuple[dict[str, Any], str]:
    """The last that a worker said, and, where it came to no end, why."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "MPLBACKEND": "agg"}
    worker = subprocess.Popen(
        [sys.executable, "-P", "-m", "cxdata.ingest.worker"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
        env=environment,
    )
    too_long = threading.Timer(seconds, worker.kill)
    too_long.start()
    last: dict[str, Any] = {}
    try:
        assert worker.stdin is not None
        assert worker.stdout is not None
        assert worker.stderr is not None
        worker.stdin.write(json.dumps(to_plain(job)) + "\n")
        worker.stdin.flush()
        complaint: list[str] = []
        reader = threading.Thread(target=lambda: complaint.append(worker.stderr.read()), daemon=True)  # type: ignore[union-attr]
        reader.start()
        for line in worker.stdout:
            with contextlib.suppress(ValueError):  # half a line, of one that was ended while it spoke
                last = json.loads(line)
            if "doing" in last:
                progress(last["doing"], last["done"], last["total"])
        worker.wait()
        reader.join(1)
    except BaseException:
        worker.kill()
        raise
    finally:
        timed_out = not too_long.is_alive()
        too_long.cancel()
        worker.wait()
        for pipe in (worker.stdin, worker.stdout, worker.stderr):
            if pipe:
                pipe.close()
    if {"report", "error", "looks"} & set(last):
        return last, ""
    return last, f"took longer than {seconds:,} s" if timed_out else _reason(worker.returncode, complaint)


def _reason(code: int, complaint: list[str]) -> str:
    told = "".join(complaint)
    if any(words in told for words in NO_MEMORY):
        return "takes more memory than it may"
    log.error("the process that reads files ended with %s:\n%s", code, told)
    return f"cannot be read: its reader ended with {code}; the log of the server says more"


def _kept(report: ImportReport, keep: Path | None) -> dict[str, str]:
    if keep is None or not report.file_names:
        return {}
    keep.mkdir(parents=True, exist_ok=True)
    return {what: shutil.move(path, str(keep / Path(path).name)) for what, path in report.file_names.items()}


def _ignore_progress(_doing: str, _done: int, _total: int) -> None:
    """Progress that nobody looks at."""
