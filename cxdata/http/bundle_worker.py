"""The process that makes one bundle: `python -m cxdata.http.bundle_worker`, with the request on its standard input.

A bundle holds pictures of every size, and a process that has drawn them keeps the memory. This one ends with its
bundle, has a ceiling of memory, and gives way to the server, which answers readers meanwhile.
"""

import json
import math
import os
import subprocess
import sys
import threading
import time

from cxdata import errors
from cxdata.errors import CxdataError, Unavailable
from cxdata.export.formats import file_name, make_file, publish_view
from cxdata.export.view import View, format_query, parse_view
from cxdata.http.limits import BUNDLE_SECONDS
from cxdata.http.monitoring.memory import own_memory
from cxdata.http.render_queue import RenderedFile
from cxdata.resources import module_path
from cxdata.settings import get_settings
from cxdata.store import open_engine
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
    request = json.dumps({"chart": view.chart, "choices": format_query(view)})
    environment = {**os.environ, "PYTHONPATH": module_path()}
    try:
        done = subprocess.run(
            [sys.executable, "-P", "-m", "cxdata.http.bundle_worker"],
            input=request.encode(),
            capture_output=True,
            env=environment,
            timeout=BUNDLE_SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise Unavailable(f"a bundle of {view.chart} took longer than {BUNDLE_SECONDS:g} s") from None
    head, separator, content = done.stdout.partition(b"\n")
    if done.returncode or not separator:
        words = truncate(done.stderr.decode("utf-8", "replace").strip(), 2000)
        raise Unavailable(f"the process for a bundle of {view.chart} ended with {done.returncode}: {words}")
    answer = json.loads(head)
    if "error" in answer:
        raise getattr(errors, answer["cause"])(answer["error"])
    return RenderedFile(content, answer["file_name"])


def main() -> None:
    """Answer the request on standard input: a line of JSON, then the bytes of the bundle."""
    request = json.loads(sys.stdin.buffer.read())
    limit_process(get_settings().bundle_memory)
    try:
        view = parse_view(request["chart"], request["choices"])
        published = publish_view(open_engine(get_settings()).read(), view)
        content = make_file(published, view, FORM)
        head: dict[str, str] = {"file_name": file_name(published, view, FORM)}
    except CxdataError as error:
        head, content = describe_error(error), b""
    sys.stdout.buffer.write(json.dumps(head).encode() + b"\n" + content)
    sys.stdout.buffer.flush()
    os._exit(0)  # closing the libraries takes time, and nothing is left to do


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
    sys.stderr.write(f"the bundle takes more memory than {memory}. CXDATA_BUNDLE_MEMORY sets this limit.")
    sys.stderr.flush()
    os._exit(1)


def parse_memory(text: str) -> int:
    """Return the bytes of a setting such as '1.5GB' or '900MiB'; a unit is a power of 1,024."""
    number = text.rstrip("iBKMGT ")
    unit = text[len(number) :].strip()[0]
    return int(float(number) * 2 ** UNITS[unit])


if __name__ == "__main__":
    main()
