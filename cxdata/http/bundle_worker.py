"""The process that makes one bundle or board pack: `python -m cxdata.http.bundle_worker`, the request on its input.

Both hold many pictures, and a process that has drawn them keeps the memory. This one ends with its file, has a ceiling
of memory, and gives way to the server, which answers readers meanwhile.
"""

import json
import math
import os
import subprocess
import sys
import threading
import time
from typing import Any

from cxdata import errors
from cxdata.errors import CxdataError, Unavailable
from cxdata.export.formats import file_name, make_file, publish_view
from cxdata.export.pack.scope import Scope, parse_scope
from cxdata.export.view import View, format_query, parse_view
from cxdata.http.limits import BUNDLE_SECONDS
from cxdata.http.monitoring.memory import own_memory
from cxdata.http.render_queue import RenderedFile
from cxdata.resources import module_path
from cxdata.settings import get_settings
from cxdata.store import open_engine
from cxdata.store.engine import Connection
from cxdata.text.formatting import truncate

CAUSES = ("NotFound", "Invalid", "Refused", "Conflict", "Unavailable")  # the families of errors, by name
POLITENESS = 10  # of 19: readers' requests come first
UNITS = {"K": 10, "M": 20, "G": 30, "T": 40}
FORM = "zip"
WATCHED_EVERY = 0.05  # s


def render_bundle(view: View) -> RenderedFile:
    """Make the bundle of a view in a process of its own; runs in a thread.

    Raises the error of the view by its cause, and Unavailable if the process ends without a bundle or takes too long.
    """
    return _run({"chart": view.chart, "choices": format_query(view)}, f"a bundle of {view.chart}")


def render_pack(scope: Scope, form: str, base: str) -> RenderedFile:
    """Make a board pack as `render_bundle` makes a bundle; `base` is the address that its links begin with."""
    choices = {name: list(value) if isinstance(value, tuple) else value for name, value in scope.choices.items()}
    return _run({"pack": choices, "form": form, "base": base}, "a board pack")


def _run(request: dict[str, Any], what: str) -> RenderedFile:
    environment = {**os.environ, "PYTHONPATH": module_path()}
    try:
        done = subprocess.run(
            [sys.executable, "-P", "-m", "cxdata.http.bundle_worker"],
            input=json.dumps(request).encode(),
            capture_output=True,
            env=environment,
            timeout=BUNDLE_SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise Unavailable(f"{what} took longer than {BUNDLE_SECONDS:g} s") from None
    head, separator, content = done.stdout.partition(b"\n")
    if done.returncode or not separator:
        words = truncate(done.stderr.decode("utf-8", "replace").strip(), 2000)
        raise Unavailable(f"the process for {what} ended with {done.returncode}: {words}")
    answer = json.loads(head)
    if "error" in answer:
        raise getattr(errors, answer["cause"])(answer["error"])
    return RenderedFile(content, answer["file_name"])


def main() -> None:
    """Answer the request on standard input: a line of JSON, then the bytes of the file."""
    request = json.loads(sys.stdin.buffer.read())
    limit_process(get_settings().bundle_memory)
    try:
        connection = open_engine(get_settings()).read()
        name, content = _make_pack(connection, request) if "pack" in request else _make_bundle(connection, request)
        head: dict[str, str] = {"file_name": name}
    except CxdataError as error:
        head, content = describe_error(error), b""
    sys.stdout.buffer.write(json.dumps(head).encode() + b"\n" + content)
    sys.stdout.buffer.flush()
    os._exit(0)  # closing the libraries takes time, and nothing is left to do


def _make_bundle(connection: Connection, request: dict[str, Any]) -> tuple[str, bytes]:
    view = parse_view(request["chart"], request["choices"])
    published = publish_view(connection, view)
    return file_name(published, view, FORM), make_file(published, view, FORM)


def _make_pack(connection: Connection, request: dict[str, Any]) -> tuple[str, bytes]:
    from cxdata.export.pack.files import make_pack  # noqa: PLC0415 - a bundle needs none of it

    template = get_settings().pack_template
    return make_pack(connection, parse_scope(request["pack"]), request["form"], request["base"], template)


def describe_error(error: CxdataError) -> dict[str, str]:
    """Return the cause and the words of an error, for another process to raise."""
    cause = next(name for name in CAUSES if isinstance(error, getattr(errors, name)))
    return {"cause": cause, "error": str(error)}


def limit_process(memory: str) -> None:
    """Give way to other processes, and end this one once it holds more memory, where the system can say so.

    Limits of the system do not serve: they count what the JavaScript engine reserves and never touches.
    """
    if hasattr(os, "nice"):
        os.nice(POLITENESS)
    if not math.isnan(own_memory()):
        threading.Thread(target=_watch_memory, args=(memory,), daemon=True).start()


def _watch_memory(memory: str) -> None:
    most = parse_memory(memory)
    while own_memory() <= most:
        time.sleep(WATCHED_EVERY)
    sys.stderr.write(f"the file takes more memory than {memory}. CXDATA_BUNDLE_MEMORY sets this limit.")
    sys.stderr.flush()
    os._exit(1)


def parse_memory(text: str) -> int:
    """Return the bytes of a setting such as '1.5GB' or '900MiB'; a unit is a power of 1,024."""
    number = text.rstrip("iBKMGT ")
    unit = text[len(number) :].strip()[0]
    return int(float(number) * 2 ** UNITS[unit])


if __name__ == "__main__":
    main()
