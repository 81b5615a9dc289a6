"""The render queue: how many requests render, wait and are refused, and which files it caches."""

import asyncio

import duckdb
import pytest

from cxdata.http.render_queue import RenderedFile, RenderQueue
from tests.fixtures.chart_server import Answer, ChartServer, ask_app, run

EFFORT = "/chart/effort.svg"


@pytest.fixture
def server(database: duckdb.DuckDBPyConnection, monkeypatch: pytest.MonkeyPatch) -> ChartServer:
    return ChartServer(database, monkeypatch)


def test_queue_renders_2_lets_48_wait_and_refuses_30_of_80_requests(
    database: duckdb.DuckDBPyConnection, monkeypatch: pytest.MonkeyPatch
) -> None:
    server = ChartServer(database, monkeypatch, wait_limit=120)  # no request times out on a busy machine

    async def eighty() -> list[Answer]:
        server.gate.clear()
        tasks = [asyncio.create_task(ask_app(server.app, f"{EFFORT}?preset={400 + n}x300")) for n in range(80)]
        while sum(task.done() for task in tasks) < 80 - 50 or server.at_once < 2:
            await asyncio.sleep(0.01)
        assert server.render_count == 2
        server.gate.set()
        return await asyncio.gather(*tasks)

    answers = run(asyncio.wait_for(eighty(), 120))
    assert sorted(answer.status for answer in answers) == [200] * 50 + [503] * 30
    assert server.most_at_once == 2
    refused = next(answer for answer in answers if answer.status == 503)
    assert int(refused.headers["retry-after"]) > 0
    assert refused.text == "the server is making many files at the moment. Try again in a few seconds.\n"
    assert server.ask(f"{EFFORT}?preset=479x300").status == 200


def test_requests_for_one_file_share_one_render(server: ChartServer) -> None:
    async def many() -> list[Answer]:
        return await asyncio.gather(*(ask_app(server.app, EFFORT) for _ in range(30)))

    answers = run(many())
    assert {answer.status for answer in answers} == {200}
    assert len({answer.content for answer in answers}) == 1
    assert server.render_count == 1


def test_slow_render_times_out_and_serves_the_next_request(
    database: duckdb.DuckDBPyConnection, monkeypatch: pytest.MonkeyPatch
) -> None:
    server = ChartServer(database, monkeypatch, wait_limit=0.05)

    async def twice() -> tuple[Answer, Answer]:
        server.gate.clear()
        first = await ask_app(server.app, EFFORT)
        server.gate.set()
        while (second := await ask_app(server.app, EFFORT)).status == 504:
            await asyncio.sleep(0.05)
        return first, second

    first, second = run(asyncio.wait_for(twice(), 60))
    assert (first.status, second.status, server.render_count) == (504, 200, 1)
    assert "retry-after" in first.headers


def test_cache_evicts_the_least_recently_used_file_over_budget() -> None:
    made: list[str] = []

    async def keep() -> None:
        store = RenderQueue(budget=100)

        async def get(tag: str, size: int) -> None:
            await store.get(tag, lambda: made.append(tag) or RenderedFile(b"x" * size, ""))  # type: ignore[func-returns-value]

        for tag in ("a", "b", "c", "d"):
            await get(tag, 25)  # 4 x 25 = 100
        await get("a", 25)  # cached, and now the most recently used
        await get("e", 25)  # evicts b
        await get("a", 25)
        await get("b", 25)
        await get("large", 26)  # over a quarter of the budget: never cached
        await get("large", 26)

    run(keep())
    assert made == ["a", "b", "c", "d", "e", "b", "large", "large"]


def test_failed_render_is_retried() -> None:
    async def twice() -> RenderedFile:
        store = RenderQueue()

        def fail() -> RenderedFile:
            raise ValueError("no luck")

        with pytest.raises(ValueError, match="no luck"):
            await store.get("tag", fail)
        return await store.get("tag", lambda: RenderedFile(b"made", ""))

    assert run(twice()).content == b"made"
