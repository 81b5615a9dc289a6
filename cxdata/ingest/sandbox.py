"""Import in a process of its own, so that an untrusted file can harm no other."""

import contextlib
import json
import logging
import os
import shutil
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from cxdata.access.performing import performs
from cxdata.access.roles import Action
from cxdata.errors import DatabaseError, Unavailable
from cxdata.ingest.inspection import FileInspection, inspection_from_plain
from cxdata.ingest.limits import COMMAND_LINE, UPLOAD, lacks_memory
from cxdata.ingest.mapping.changes import UNCHANGED, MappingChanges
from cxdata.ingest.pipeline import NOTHING_IMPORTED
from cxdata.ingest.readers.base import Progress
from cxdata.ingest.reading import FOUND_OUT, ReadOptions
from cxdata.ingest.report import FaultRow, ImportReport, OnFault, report_from_plain
from cxdata.ingest.request import ImportRequest, Status, request_to_plain
from cxdata.ingest.values.days import DayReading
from cxdata.resources import module_path
from cxdata.store.engine import Engine
from cxdata.store.file_swap import translate_full_disk
from cxdata.text.formatting import format_count

log = logging.getLogger("cxdata")


def _describe_import(report: ImportReport) -> str:
    return f"{report.batch or 'nothing'}: {format_count(report.stories, 'story')}"


@performs(Action.IMPORT, tell=_describe_import)
def run_import(
    engine: Engine,
    files: Sequence[Path],
    *,
    by: str,
    batch: str | None = None,
    mapping: str | None = None,
    columns: Mapping[str, str] | None = None,
    order: DayReading | None = None,
    leave_days: bool = False,
    changes: MappingChanges = UNCHANGED,
    status: Status | None = None,
    on_fault: OnFault = "stop",
    dry_run: bool = False,
    redact: bool = False,
    reading: ReadOptions = FOUND_OUT,
    upload: bool = False,
    progress: Progress | None = None,
    keep: Path | None = None,
) -> ImportReport:
    """Import the stories of these files as one batch: all of them, none, or the valid ones if `on_fault` is 'skip'.

    A story that the database has already, with the same words, is skipped. `batch` names the batch, else the day and a
    hash of the files do. `order` and `leave_days` are choices about days, `changes` those about the
    mapping, and `reading` those about files. With `redact` personal data in texts is replaced. `keep` is the folder for
    the faults and the
    faulty rows. Raises DatabaseError where the database cannot be changed.
    """
    limits = UPLOAD if upload else COMMAND_LINE
    with temporary_folder("cxdata-intake-") as folder:
        request = ImportRequest(
            str(engine.address), tuple(str(file.absolute()) for file in files), str(folder), by, batch, mapping,
            columns, order, leave_days, changes, status, on_fault, dry_run, redact=redact, reading=reading,
            upload=upload,
        )  # fmt: skip
        report = _import(request, progress or _ignore_progress, limits.seconds)
        return replace(report, file_names=_move_files(report, keep))


def inspect_files(
    engine: Engine, files: Sequence[Path], upload: bool = False, reading: ReadOptions = FOUND_OUT
) -> list[FileInspection]:
    """Return the format, columns, first rows and likely meaning of these files; nothing is imported.

    Raises Unavailable where the disk of the temporary folder is full.
    """
    limits = UPLOAD if upload else COMMAND_LINE
    with temporary_folder("cxdata-intake-") as folder:
        names = tuple(str(file.absolute()) for file in files)
        request = ImportRequest(
            str(engine.address), names, str(folder), "", inspect_only=True, reading=reading, upload=upload
        )
        last, why = _run_worker(request, _ignore_progress, limits.seconds)
        if "error" in last:
            raise Unavailable(str(last["error"]))
        if "inspections" in last:
            return [inspection_from_plain(each) for each in last["inspections"]]
        return [FileInspection(file.name, fault=why) for file in files]


@contextlib.contextmanager
def temporary_folder(prefix: str, what: str = NOTHING_IMPORTED) -> Iterator[Path]:
    """Make a folder for files of an import, and delete it at the end. Raises Unavailable where its disk is full."""
    with translate_full_disk(Path(tempfile.gettempdir()), what), tempfile.TemporaryDirectory(prefix=prefix) as folder:
        yield Path(folder)


def _import(request: ImportRequest, progress: Progress, seconds: int) -> ImportReport:
    """Return the report of a worker, or one with the reason of its end."""
    last, why = _run_worker(request, progress, seconds)
    if "report" in last:
        return report_from_plain(last["report"])
    if "error" in last:
        raise DatabaseError(str(last["error"]))
    names = ", ".join(Path(file).name for file in request.files)
    fault = FaultRow(names, None, None, None, None, why)
    return ImportReport(None, faults=(fault,), fault_count=1, fault_kinds=1, dry_run=request.dry_run)


def _run_worker(request: ImportRequest, progress: Progress, seconds: int) -> tuple[dict[str, Any], str]:
    """Return the last message of a worker, and why it ended without an outcome."""
    environment = {**os.environ, "PYTHONPATH": module_path(), "MPLBACKEND": "agg"}
    worker = subprocess.Popen(
        [sys.executable, "-P", "-m", "cxdata.ingest.worker"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
        env=environment,
    )
    timer = threading.Timer(seconds, worker.kill)
    timer.start()
    last: dict[str, Any] = {}
    try:
        assert worker.stdin is not None
        assert worker.stdout is not None
        assert worker.stderr is not None
        worker.stdin.write(json.dumps(request_to_plain(request)) + "\n")
        worker.stdin.flush()
        errors: list[str] = []
        reader = threading.Thread(target=lambda: errors.append(worker.stderr.read()), daemon=True)  # type: ignore[union-attr]
        reader.start()
        for line in worker.stdout:
            with contextlib.suppress(ValueError):  # half a line, of a process that was ended
                last = json.loads(line)
            if "doing" in last:
                progress(last["doing"], last["done"], last["total"])
        worker.wait()
        reader.join(1)
    except BaseException:
        worker.kill()
        raise
    finally:
        timed_out = not timer.is_alive()
        timer.cancel()
        worker.wait()
        for pipe in (worker.stdin, worker.stdout, worker.stderr):
            if pipe:
                pipe.close()
    text = "".join(errors)
    if {"report", "error", "inspections"} & set(last):
        if text.strip():
            log.warning("the process that reads files says:\n%s", text)
        return last, ""
    return last, f"took longer than {seconds:,} s" if timed_out else _describe_end(worker.returncode, text)


def _describe_end(code: int, text: str) -> str:
    if lacks_memory(text):
        return "needs more memory than an import may use"
    log.error("the process that reads files ended with %s:\n%s", code, text)
    return f"cannot be read: its reader ended with {code}. See the log of the server"


def _move_files(report: ImportReport, keep: Path | None) -> dict[str, str]:
    if keep is None or not report.file_names:
        return {}
    # a dry run and a refused import have changed nothing; only what is in a batch is in the database
    done = f"batch {report.batch} is imported" if report.batch and not report.dry_run else NOTHING_IMPORTED
    with translate_full_disk(keep, f"{done}, and the rows with faults cannot be kept"):
        keep.mkdir(parents=True, exist_ok=True)
        return {what: shutil.move(path, str(keep / Path(path).name)) for what, path in report.file_names.items()}


def _ignore_progress(_doing: str, _done: int, _total: int) -> None:
    """Report progress to nobody."""
