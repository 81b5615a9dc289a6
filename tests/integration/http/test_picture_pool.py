"""The pool of processes for pictures: the same bytes, errors by their cause, and processes that are replaced."""

import os
import signal
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from cxdata.errors import Invalid, Unavailable
from cxdata.export.view import parse_view
from cxdata.http.chart_routes import render_view
from cxdata.http.monitoring.memory import has_room, memory_of_children
from cxdata.http.pictures.pool import PicturePool
from cxdata.http.render_queue import RenderedFile
from cxdata.observability.timing import listen, stop_listening
from cxdata.store.connection import open_file

pytestmark = pytest.mark.slow


def unwanted() -> RenderedFile:
    """Make a picture in this process."""
    raise AssertionError


@pytest.fixture
def pool(built: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[PicturePool]:
    monkeypatch.setenv("CXDATA_DATABASE", str(built))
    pool = PicturePool("600MB", seconds=120)
    yield pool
    pool.close()


HERE = RenderedFile(b"made here", "")


def number(pool: PicturePool) -> int:
    """Return the process that is idle, once it is ready."""
    pool.warm_up()
    for _ in range(1200):
        if pool._idle:
            break
        time.sleep(0.1)
    (worker,) = pool._idle
    return worker._process.pid


def test_pictures_are_those_of_this_process_and_come_from_one_process(pool: PicturePool, built: Path) -> None:
    connection = open_file(built)
    seen: list[str] = []
    listener = lambda name, _: seen.append(name)  # noqa: E731 - the same object is taken off again
    numbers = set()
    assert pool.render(parse_view("effort", {}), "csv", lambda: HERE) is HERE, "nobody waits for a start"
    number(pool)
    for form in ("csv", "embed", "svg"):
        view = parse_view("effort", {"companies": ["Argos"]})
        own = render_view(lambda: connection, view, form)
        listen(listener)
        try:
            made = pool.render(view, form, unwanted)
        finally:
            stop_listening(listener)
        assert (made.file_name, made.policy, len(made.content)) == (own.file_name, own.policy, len(own.content))
        if form != "svg":  # whose ids change from drawing to drawing
            assert made.content == own.content
        numbers.add(number(pool))
    assert len(numbers) == 1
    assert "effort" in seen, "questions of the process are counted here"
    connection.close()

    with pytest.raises(Invalid, match=r"companies 'zzzz' is unknown\. The database has"):
        pool.render(parse_view("effort", {"companies": ["zzzz"]}), "csv", unwanted)
    assert number(pool) in numbers, "an error costs no process"

    os.kill(number(pool), signal.SIGKILL)  # as the system does that is short of memory
    assert pool.render(view, "csv", lambda: HERE) is HERE
    pool._memory = 1
    before = number(pool)
    assert before not in numbers
    assert pool.render(view, "csv", unwanted).content
    assert number(pool) != before, "it held more than it may"
    with pytest.raises(ProcessLookupError):
        os.kill(before, 0)

    pool._seconds = 0
    with pytest.raises(Unavailable, match="took more than 0 s"):
        pool.render(view, "csv", unwanted)
    assert pool._idle == []


def test_ceiling_of_the_server_ends_idle_processes_first(pool: PicturePool) -> None:
    asked: list[int] = []
    assert has_room(None, lambda: asked.append(1))
    assert has_room(2**50, lambda: asked.append(1))
    assert asked == []
    number(pool)
    assert not has_room(1, pool.release)
    assert pool._idle == []
    assert memory_of_children() >= 0
