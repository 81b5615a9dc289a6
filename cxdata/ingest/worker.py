"""The process that reads untrusted files: `python -m cxdata.ingest.worker`, with the request on its standard input.

Its memory, time and disk are limited. It writes progress and the outcome to standard output, a line of JSON each, and
ends with the process that started it.
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
from cxdata.ingest.pipeline import NOTHING_IMPORTED, run_pipeline
from cxdata.ingest.report import FaultRow, ImportReport, report_to_plain
from cxdata.ingest.request import ImportRequest, request_from_plain
from cxdata.store.file_swap import translate_full_disk

_output: TextIO = sys.stdout
INTERVAL = 0.2  # s between two lines of progress


def main() -> None:
    """Answer the request on the first line of standard input."""
    global _output  # noqa: PLW0603 - a process has one
    # libraries print too: their text goes to standard error
    _output = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)
    request = request_from_plain(json.loads(sys.stdin.readline()))
    threading.Thread(target=_exit_with_parent, daemon=True).start()
    apply_limits(UPLOAD if request.upload else COMMAND_LINE)
    message: dict[str, object]
    try:
        with translate_full_disk(Path(request.folder), NOTHING_IMPORTED):
            message = (
                {"inspections": inspections_to_plain(inspect(request))}
                if request.inspect_only
                else {"report": report_to_plain(run_pipeline(request, _Progress()))}
            )
    except StoryError as error:
        message = _refusal(request, *((fault.place, fault.finding) for fault in error.faults))
    except CxdataError as error:
        is_full = isinstance(error, OutOfMemory) or isinstance(error.__context__, MemoryError)
        message = _too_large(request) if is_full else {"error": str(error)}
    except MemoryError:
        message = _too_large(request)
    _send(message)
    # closing DuckDB takes time, and nothing is left to do
    os._exit(0)


def _refusal(request: ImportRequest, *problems: tuple[str, str]) -> dict[str, object]:
    faults = tuple(FaultRow(place, None, None, None, None, problem) for place, problem in problems)
    report = ImportReport(
        None, faults=faults[:200], fault_count=len(faults), fault_kinds=len(faults), dry_run=request.dry_run
    )
    return {"report": report_to_plain(report)}


def _too_large(request: ImportRequest) -> dict[str, object]:
    names = ", ".join(Path(file).name for file in request.files)
    return _refusal(request, (names, "needs more memory than an import may use. Split it and import the parts"))


def apply_limits(limits: Limits) -> None:
    """Limit this process, where the system can."""
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
        if now - self._last > INTERVAL or not total:
            self._last = now
            _send({"doing": doing, "done": done, "total": total})


def _send(message: dict[str, object]) -> None:
    print(json.dumps(message, default=str), file=_output, flush=True)


def _exit_with_parent() -> None:
    """End when the starting process closes its end of standard input: then nobody waits for the outcome."""
    sys.stdin.read()
    os._exit(1)


if __name__ == "__main__":
    main()
