"""The process that reads untrusted files: `python -m cxdata.ingest.worker`, with the job on its standard input.

It may use so much memory, time and disk and no more. What it does is told on standard output, a line of JSON
each; it ends when whoever started it does.
"""

import contextlib
import json
import os
import sys
import threading
import time
from pathlib import Path
from typing import TextIO

from cxdata.errors import CxdataError, OutOfMemory, StoryError
from cxdata.ingest.inspection import inspect, inspections_to_plain
from cxdata.ingest.limits import COMMAND_LINE, UPLOAD, Limits
from cxdata.ingest.pipeline import run_pipeline
from cxdata.ingest.report import FaultRow, ImportReport
from cxdata.ingest.request import ImportRequest, to_plain

_voice: TextIO = sys.stdout
OFTEN = 0.2  # s between two lines of progress


def main() -> None:
    """Do the one job that stands on the first line of standard input."""
    global _voice  # noqa: PLW0603 - a process has one
    # what any library prints is no part of what is told here
    _voice = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)
    job = ImportRequest(**json.loads(sys.stdin.readline()))
    threading.Thread(target=_exit_with_parent, daemon=True).start()
    apply_limits(UPLOAD if job.upload else COMMAND_LINE)
    told: dict[str, object]
    try:
        told = (
            {"looks": inspections_to_plain(inspect(job))}
            if job.look
            else {"report": to_plain(run_pipeline(job, _Progress()))}
        )
    except StoryError as error:
        told = _refusal(job, *((fault.place, fault.problem) for fault in error.faults))
    except CxdataError as error:
        is_full = isinstance(error, OutOfMemory) or isinstance(error.__context__, MemoryError)
        told = _too_large(job) if is_full else {"error": str(error)}
    except MemoryError:
        told = _too_large(job)
    _send(told)
    # nothing is left to be done, and taking DuckDB apart takes time
    os._exit(0)


def _refusal(job: ImportRequest, *problems: tuple[str, str]) -> dict[str, object]:
    faults = tuple(FaultRow(place, None, None, None, None, problem) for place, problem in problems)
    told = ImportReport(
        None, faults=faults[:200], fault_count=len(faults), fault_kinds=len(faults), dry_run=job.dry_run
    )
    return {"report": to_plain(told)}


def _too_large(job: ImportRequest) -> dict[str, object]:
    names = ", ".join(Path(file).name for file in job.files)
    return _refusal(job, (names, "takes more memory than it may; give it in parts"))


def apply_limits(limits: Limits) -> None:
    """Hold this process to its limits, where the system can."""
    with contextlib.suppress(ImportError, ValueError, OSError):
        import resource  # noqa: PLC0415 - not on every system

        resource.setrlimit(resource.RLIMIT_DATA, (limits.memory, limits.memory))
        resource.setrlimit(resource.RLIMIT_CPU, (limits.seconds * 2, limits.seconds * 2))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


class _Progress:
    def __init__(self) -> None:
        self._last = 0.0

    def __call__(self, doing: str, done: int, total: int) -> None:
        now = time.monotonic()
        if now - self._last > OFTEN or not total:
            self._last = now
            _send({"doing": doing, "done": done, "total": total})


def _send(told: dict[str, object]) -> None:
    print(json.dumps(told, default=str), file=_voice, flush=True)


def _exit_with_parent() -> None:
    """Whoever started this process holds the other end of its input; without them nobody waits for the outcome."""
    sys.stdin.read()
    os._exit(1)


if __name__ == "__main__":
    main()
