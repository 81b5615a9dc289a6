"""Many readers at once: how many files are made, who waits, who is sent away, and what is kept."""

import asyncio

import duckdb
import pytest

from cxdata.http.render_queue import RenderedFile, RenderQueue
from tests.fixtures.chart_server import Answer, Desk, ask_app, run

EFFORT = "/chart/effort.svg"


@pytest.fixture
def desk(database: duckdb.DuckDBPyConnection, monkeypatch: pytest.MonkeyPatch) -> Desk:
    return Desk(database, monkeypatch)


def test_of_eighty_at_once_two_are_made_48_wait_and_the_rest_are_asked_to_come_back(desk: Desk) -> None:
    async def eighty() -> list[Answer]:
        desk.gate.clear()
        tasks = [asyncio.create_task(ask_app(desk.app, f"{EFFORT}?headline=number+{n}")) for n in range(80)]
        while sum(task.done() for task in tasks) < 80 - 50 or desk.at_once < 2:
            await asyncio.sleep(0.01)
        assert desk.made == 2
        desk.gate.set()
        return await asyncio.gather(*tasks)

    answers = run(asyncio.wait_for(eighty(), 60))
    assert sorted(answer.status for answer in answers) == [200] * 50 + [503] * 30
    assert desk.most_at_once == 2
    refused = next(answer for answer in answers if answer.status == 503)
    assert int(refused.headers["retry-after"]) > 0
    assert refused.text == "many files are being made at the moment; ask again in a few seconds\n"
    assert desk.ask(f"{EFFORT}?headline=number+79").status == 200


def test_the_same_file_asked_for_by_many_at_once_is_made_once(desk: Desk) -> None:
    async def many() -> list[Answer]:
        return await asyncio.gather(*(ask_app(desk.app, EFFORT) for _ in range(30)))

    answers = run(many())
    assert {answer.status for answer in answers} == {200}
    assert len({answer.content for answer in answers}) == 1
    assert desk.made == 1


def test_a_file_that_takes_too_long_is_refused_and_there_for_who_asks_again(
    database: duckdb.DuckDBPyConnection, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = Desk(database, monkeypatch, wait_limit=0.05)

    async def twice() -> tuple[Answer, Answer]:
        desk.gate.clear()
        first = await ask_app(desk.app, EFFORT)
        desk.gate.set()
        while (second := await ask_app(desk.app, EFFORT)).status == 504:
            await asyncio.sleep(0.05)
        return first, second

    first, second = run(asyncio.wait_for(twice(), 60))
    assert (first.status, second.status, desk.made) == (504, 200, 1)
    assert "retry-after" in first.headers


def test_what_is_kept_stays_within_its_budget_and_the_longest_unused_goes_first() -> None:
    made: list[str] = []

    async def keep() -> None:
        store = RenderQueue(budget=100)

        async def get(tag: str, size: int) -> None:
            await store.get(tag, lambda: made.append(tag) or RenderedFile(b"x" * size, ""))  # type: ignore[func-returns-value]

        for tag in ("a", "b", "c", "d"):
            await get(tag, 25)  # 4 x 25 = 100
        await get("a", 25)  # kept, and now the latest
        await get("e", 25)  # b goes
        await get("a", 25)
        await get("b", 25)
        await get("large", 26)  # over a quarter: never kept
        await get("large", 26)

    run(keep())
    assert made == ["a", "b", "c", "d", "e", "b", "large", "large"]


def test_a_file_that_failed_is_tried_again() -> None:
    async def twice() -> RenderedFile:
        store = RenderQueue()

        def fail() -> RenderedFile:
            raise ValueError("no luck")

        with pytest.raises(ValueError, match="no luck"):
            await store.get("tag", fail)
        return await store.get("tag", lambda: RenderedFile(b"made", ""))

    assert run(twice()).content == b"made"
