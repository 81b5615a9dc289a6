"""Bundles: a lane and a process of their own, few for each client, with a ceiling of memory."""

import asyncio
import threading
from pathlib import Path
from typing import Any

import duckdb
import pytest
from starlette.applications import Starlette

from cxdata.errors import Invalid, Unavailable
from cxdata.export.view import View, parse_view
from cxdata.http import bundle_worker
from cxdata.http.bundle_worker import parse_memory, render_bundle
from cxdata.http.chart_routes import ChartRoutes
from cxdata.http.limits import BUNDLES_OF_CLIENT
from cxdata.http.render_queue import RenderedFile
from tests.fixtures.chart_server import ask_app, run


def test_client_waits_for_few_bundles_and_pictures_wait_for_none(database: duckdb.DuckDBPyConnection) -> None:
    gate = threading.Event()

    def render(view: View) -> RenderedFile:
        assert gate.wait(60)
        return RenderedFile(b"packed", f"{view.chart}.zip")

    app = Starlette(routes=ChartRoutes(lambda: database, render_bundle=render).routes())

    async def ask() -> tuple[int, bool, list[int]]:
        bundles = [asyncio.create_task(ask_app(app, f"/chart/effort.zip?preset={900 + n}x500")) for n in range(20)]
        embed: Any = await ask_app(app, "/embed/effort")
        is_waiting = sum(not each.done() for each in bundles) == BUNDLES_OF_CLIENT
        gate.set()
        statuses = [(await each).status for each in bundles]
        again: Any = await ask_app(app, "/chart/effort.zip?preset=950x500")
        return embed.status, is_waiting, [*statuses, again.status]

    status, is_waiting, bundles = run(ask())
    assert (status, is_waiting) == (200, True)
    assert (bundles.count(200), bundles.count(503)) == (BUNDLES_OF_CLIENT + 1, 20 - BUNDLES_OF_CLIENT)
    assert bundles[-1] == 200, "a client may ask again"


@pytest.fixture
def own(built: Path, monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    """Settings of a process that makes bundles."""
    monkeypatch.setenv("CXDATA_DATABASE", str(built))
    monkeypatch.setattr(bundle_worker, "BUNDLE_SECONDS", 600)  # the process gives way to others, and tests are many
    return monkeypatch


def test_process_makes_a_bundle_and_tells_what_is_wrong(own: pytest.MonkeyPatch) -> None:
    made = render_bundle(parse_view("effort", {}))
    assert made.content.startswith(b"PK")
    assert made.file_name.endswith(".zip")
    with pytest.raises(Invalid, match=r"companies 'zzzz' is unknown\. The database has"):
        render_bundle(parse_view("effort", {"companies": ["zzzz"]}))


def test_process_ends_at_its_ceiling_of_memory(own: pytest.MonkeyPatch) -> None:
    own.setenv("CXDATA_BUNDLE_MEMORY", "150MB")
    with pytest.raises(Unavailable, match=r"more memory than 150MB\. CXDATA_BUNDLE_MEMORY sets this limit"):
        render_bundle(parse_view("effort", {}))


@pytest.mark.parametrize(
    ("text", "size"), [("1GB", 2**30), ("1.5 GiB", 3 * 2**29), ("900MB", 900 * 2**20), ("1KB", 1024)]
)
def test_memory_is_read_in_its_units(text: str, size: int) -> None:
    assert parse_memory(text) == size
