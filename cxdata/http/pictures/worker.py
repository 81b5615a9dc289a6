"""A process that makes pictures, one after another: `python -m cxdata.http.pictures.worker`, started by the pool.

A request is a line of JSON on standard input. The answer is a line of JSON on standard output, then the bytes of the
file. The process ends when nobody has asked for a while, and with the process that has started it.
"""

import json
import os
import select
import sys
from collections.abc import Hashable
from contextlib import suppress
from functools import lru_cache
from typing import Any

from cxdata.errors import CxdataError
from cxdata.export.view import parse_view
from cxdata.http.bundle_worker import describe_error
from cxdata.http.chart_routes import render_view
from cxdata.http.limits import IDLE_SECONDS
from cxdata.http.monitoring.memory import own_memory
from cxdata.observability.request_id import use_id
from cxdata.observability.timing import listen
from cxdata.settings import get_settings
from cxdata.store import open_engine
from cxdata.store.engine import Connection

READY = b"ready\n"  # the first line of the output: requests are answered at once from here on
FIRST = {"chart": "effort", "choices": {}, "form": "svg", "id": ""}  # loads what the first reader would wait for


def main() -> None:
    """Answer requests until standard input ends, or nobody asks."""
    times: list[tuple[str, float]] = []
    listen(lambda name, seconds: times.append((name, seconds)))
    output = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what libraries print is no answer
    with suppress(CxdataError):
        _make(FIRST)
    output.write(READY)
    output.flush()
    while select.select([sys.stdin.buffer], [], [], IDLE_SECONDS)[0] and (line := sys.stdin.buffer.readline()):
        times.clear()
        head, content = _answer(json.loads(line))
        head |= {"size": len(content), "questions": times, "memory": own_memory()}
        output.write(json.dumps(head).encode() + b"\n" + content)
        output.flush()
    os._exit(0)  # closing the libraries takes time, and nothing is left to do


def _answer(request: dict[str, Any]) -> tuple[dict[str, Any], bytes]:
    try:
        return _make(request)
    except CxdataError as error:
        return describe_error(error), b""


def _make(request: dict[str, Any]) -> tuple[dict[str, Any], bytes]:
    engine = open_engine(get_settings())
    with use_id(request["id"]):
        view = parse_view(request["chart"], request["choices"])
        made = render_view(lambda: _open(engine.stamp()), view, request["form"])
    return {"file_name": made.file_name, "policy": made.policy}, made.content


@lru_cache(maxsize=1)
def _open(_stamp: Hashable) -> Connection:
    """Open the database; the stamp changes when another file takes its place."""
    return open_engine(get_settings()).read()


if __name__ == "__main__":
    main()
