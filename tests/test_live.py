"""The live addresses: what they answer, what they refuse and in which words, how little they do for it."""

import asyncio
import csv
import io
import threading
from collections.abc import Callable

import duckdb
import pytest
from asgi import Answer, ask_app
from making import make_story, step, work
from starlette.applications import Starlette

from cxdata.database import ask
from cxdata.export.formats import FORMATS
from pages.shared import live
from pages.shared.live import Live
from pages.shared.rendering import Made, Renderings

SHARED = {"png", "svg", "json", "csv"}
EFFORT = "/chart/effort.svg"


class Desk:
    """An app of the live addresses alone, and how many files it has made, and how many of them at once."""

    def __init__(self, connection: duckdb.DuckDBPyConnection, monkeypatch: pytest.MonkeyPatch, **bounds: float) -> None:
        self.app = Starlette(routes=Live(lambda: connection, Renderings(**bounds)).routes())  # type: ignore[arg-type]
        self.made = self.at_once = self.most_at_once = 0
        self.gate = threading.Event()
        self.gate.set()
        lock, make = threading.Lock(), live._make

        def counted(*told: object) -> Made:
            with lock:
                self.made += 1
                self.at_once += 1
                self.most_at_once = max(self.at_once, self.most_at_once)
            try:
                assert self.gate.wait(20)
                return make(*told)  # type: ignore[arg-type]
            finally:
                with lock:
                    self.at_once -= 1

        monkeypatch.setattr(live, "_make", counted)

    def ask(self, address: str, method: str = "GET", **headers: str) -> Answer:
        return asyncio.run(ask_app(self.app, address, method, **headers))


@pytest.fixture
def desk(database: duckdb.DuckDBPyConnection, monkeypatch: pytest.MonkeyPatch) -> Desk:
    return Desk(database, monkeypatch)


@pytest.mark.parametrize("form", list(FORMATS))
def test_every_format_comes_with_its_media_type_and_a_file_name(desk: Desk, form: str) -> None:
    found = desk.ask(f"/chart/effort.{form}?preset=300x300&scale=1")
    assert found.status == 200
    assert found.headers["content-type"] == FORMATS[form].media_type
    assert found.headers["x-content-type-options"] == "nosniff"
    assert found.headers["content-disposition"].startswith('inline; filename="')
    assert f'.{form}"' in found.headers["content-disposition"]
    assert len(found.content) == int(found.headers["content-length"]) > 100
    assert ("access-control-allow-origin" in found.headers) == (form in SHARED)


def test_who_has_the_file_is_told_so_and_nothing_is_drawn(desk: Desk) -> None:
    first = desk.ask(EFFORT)
    assert "max-age=300" in first.headers["cache-control"]
    tag = first.headers["etag"]
    for told in (tag, tag.removeprefix("W/"), f'"other", {tag}'):
        again = desk.ask(EFFORT, if_none_match=told)
        assert (again.status, again.content) == (304, b"")
        assert again.headers["etag"] == tag
        assert again.headers["cache-control"] == first.headers["cache-control"]
    assert desk.made == 1
    assert desk.ask(EFFORT, if_none_match='"other"').status == 200


def test_a_tag_is_known_before_the_file_is_made(desk: Desk, database: duckdb.DuckDBPyConnection) -> None:
    tag = desk.ask(EFFORT).headers["etag"]
    fresh = Starlette(routes=Live(lambda: database).routes())
    assert asyncio.run(ask_app(fresh, EFFORT, if_none_match=tag)).status == 304
    assert desk.made == 1


def test_a_tag_says_chart_choices_look_format_and_records(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, database_of: Callable[..., duckdb.DuckDBPyConnection]
) -> None:
    addresses = [
        "/chart/effort.svg",
        "/chart/signs.svg",
        "/embed/effort",
        "/chart/effort.svg?look=dark",
        "/chart/effort.svg?companies=Argos",
        "/chart/effort.svg?companies=Argos&companies=AO.com",
    ]
    tags = [desk.ask(address, "HEAD").headers["etag"] for address in addresses]
    other = Desk(database_of(make_story("tale", step(3, work("worry")))), monkeypatch)
    tags.append(other.ask(addresses[0], "HEAD").headers["etag"])
    assert len(set(tags)) == len(tags)
    same = desk.ask("/chart/effort.svg?preset=blog&look=light&scale=2", "HEAD").headers["etag"]
    assert same == tags[0]


def test_a_file_is_made_once_and_the_kept_one_is_the_same_to_the_byte(desk: Desk) -> None:
    answers = [desk.ask("/chart/effort.png?preset=300x300&scale=1") for _ in range(3)]
    assert len({answer.content for answer in answers}) == 1
    assert desk.made == 1


def test_head_answers_as_get_does_without_the_file(desk: Desk) -> None:
    whole, head = desk.ask(EFFORT), desk.ask(EFFORT, "HEAD")
    assert head.headers == whole.headers
    assert (head.status, head.content) == (200, b"")


def test_several_values_of_a_choice_are_several_values(desk: Desk) -> None:
    text = desk.ask(f"{EFFORT}?companies=Argos&companies=AO.com&preset=square").text
    assert "Argos" in text
    assert "AO.com" in text
    assert "MemoryBits" not in text


def test_a_csv_is_the_rows_of_the_chart(desk: Desk, database: duckdb.DuckDBPyConnection) -> None:
    text = desk.ask("/chart/fame_and_shame.csv").content.decode("utf-8-sig")
    found = list(csv.DictReader(line for line in io.StringIO(text) if not line.startswith("#")))
    rows = ask(database, "fame_and_shame").to_pylist()
    assert [row["company"] for row in found] == [row["company"] for row in rows]
    assert [float(row["experience"]) for row in found] == [row["experience"] for row in rows]


@pytest.mark.parametrize(
    ("address", "status", "words"),
    [
        ("/chart/efort.svg", 404, "chart 'efort' (did you mean effort?); cxdata/charts has: "),
        ("/chart/effort.gif", 404, "format 'gif'; an address such as chart/effort.png has: png, svg"),
        ("/chart/effort", 404, "format ''; an address such as chart/effort.png has: png, svg"),
        ("/chart/", 404, "format ''"),
        ("/embed/efort", 404, "chart 'efort' (did you mean effort?)"),
        ("/chart/effort.svg?colour=red", 400, "choice 'colour'; the chart has: companies, "),
        ("/chart/effort.svg?companies=Nobody", 400, "companies 'Nobody'; the database has: AO.com, Amazon, "),
        ("/chart/effort.svg?since=soon", 400, "'soon' is not a date; write YYYY-MM-DD"),
        ("/chart/effort.svg?look=pink", 400, "look 'pink'; the studio has: light, dark"),
        ("/chart/effort.svg?preset=huge", 400, "preset 'huge'; the studio has: blog, "),
        ("/chart/journey.svg", 400, "journey: needs story: the database has: "),
        ("/embed/journey?story=nothing", 400, "story 'nothing'; the database has: "),
        ("/chart/effort.png?scale=9", 400, "scale '9'; the studio has: 1, 2, 3"),
        ("/chart/effort.png?preset=99999x99999", 400, "each side is 240 to 4000 px"),
        ("/chart/effort.png?preset=4000x4000&scale=3", 400, "12,000 x 12,000 pixels; 20,000,000 in all are the most"),
        ("/chart/effort.png?headline=" + "x" * 301, 400, "has 301 characters; 300 are the most"),
        (f"/chart/effort.png?headline={'x' * 5000}", 414, "the choices take 5,009 bytes; 4,096 are the most"),
        ("/chart/../../etc/passwd.png", 404, "chart '../../etc/passwd'"),
        ("/chart/effort\x00.png", 404, "chart 'effort\\x00'"),
        ("/chart/" + "x" * 3000 + ".png", 404, "…'"),
        ("/chart/éffört<script>.png", 404, "chart 'éffört<script>' (did you mean effort?)"),
        ("/chart/effort.png?companies=%FF%00%F0%9F%92%A9", 400, "; the database has: "),
    ],
)
def test_what_cannot_be_answered_is_refused_in_words(desk: Desk, address: str, status: int, words: str) -> None:
    found = desk.ask(address)
    assert (found.status, words in found.text) == (status, True), found.text
    assert found.headers["content-type"] == "text/plain; charset=utf-8"
    assert found.headers["cache-control"] == "no-store"
    assert "Traceback" not in found.text
    assert len(found.content) < 1000


def test_choices_that_no_story_matches_give_words_or_a_picture_that_says_so(desk: Desk) -> None:
    for address in ("/chart/effort.png", "/chart/effort.svg", "/embed/effort"):
        found = desk.ask(f"{address}?since=2099-01-01")
        assert found.status in (200, 400)
        if not address.endswith("png"):
            assert "o story matches these choices" in found.text


def test_of_forty_at_once_two_are_made_sixteen_wait_and_the_rest_are_asked_to_come_back(desk: Desk) -> None:
    async def forty() -> list[Answer]:
        desk.gate.clear()
        tasks = [asyncio.create_task(ask_app(desk.app, f"{EFFORT}?headline=number+{n}")) for n in range(40)]
        while sum(task.done() for task in tasks) < 40 - 18 or desk.at_once < 2:
            await asyncio.sleep(0.01)
        assert desk.made == 2
        desk.gate.set()
        return await asyncio.gather(*tasks)

    answers = asyncio.run(asyncio.wait_for(forty(), 60))
    assert sorted(answer.status for answer in answers) == [200] * 18 + [503] * 22
    assert desk.most_at_once == 2
    refused = next(answer for answer in answers if answer.status == 503)
    assert int(refused.headers["retry-after"]) > 0
    assert refused.text == "many files are being made at the moment; ask again in a few seconds\n"
    assert desk.ask(f"{EFFORT}?headline=number+39").status == 200


def test_the_same_file_asked_for_by_many_at_once_is_made_once(desk: Desk) -> None:
    async def many() -> list[Answer]:
        return await asyncio.gather(*(ask_app(desk.app, EFFORT) for _ in range(30)))

    answers = asyncio.run(many())
    assert {answer.status for answer in answers} == {200}
    assert len({answer.content for answer in answers}) == 1
    assert desk.made == 1


def test_a_file_that_takes_too_long_is_refused_and_there_for_who_asks_again(
    database: duckdb.DuckDBPyConnection, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = Desk(database, monkeypatch, patience=0.05)

    async def twice() -> tuple[Answer, Answer]:
        desk.gate.clear()
        first = await ask_app(desk.app, EFFORT)
        desk.gate.set()
        while (second := await ask_app(desk.app, EFFORT)).status == 504:
            await asyncio.sleep(0.05)
        return first, second

    first, second = asyncio.run(asyncio.wait_for(twice(), 60))
    assert (first.status, second.status, desk.made) == (504, 200, 1)
    assert "retry-after" in first.headers


def test_charts_are_listed_with_what_each_can_be_asked(desk: Desk) -> None:
    found = desk.ask("/chart")
    assert found.headers["content-type"] == "application/json"
    assert '"effort":' in found.text
    assert '"needs":["story"]' in found.text
    assert desk.made == 0


def test_addresses_stand_below_the_path_the_dashboard_is_mounted_at(database: duckdb.DuckDBPyConnection) -> None:
    for base in ("stories", "/stories/"):
        app = Starlette(routes=Live(lambda: database).routes(base))
        assert asyncio.run(ask_app(app, "/stories/chart")).status == 200
        assert asyncio.run(ask_app(app, "/chart")).status == 404


def test_other_methods_are_refused(desk: Desk) -> None:
    assert desk.ask(EFFORT, "POST").status == 405


def test_an_embedded_page_may_be_framed_by_anybody_and_loads_nothing_from_elsewhere(desk: Desk) -> None:
    found = desk.ask("/embed/effort?companies=Argos")
    policy = found.headers["content-security-policy"]
    assert found.headers["content-type"] == "text/html; charset=utf-8"
    assert policy.startswith("default-src 'none'; script-src 'sha256-")
    assert "frame-ancestors *" in policy
    assert "unsafe-inline" not in policy.split("script-src")[1].split(";")[0]
    assert "http" not in policy
    assert "content-disposition" not in found.headers


def test_what_is_kept_stays_within_its_budget_and_the_longest_unused_goes_first() -> None:
    made: list[str] = []

    async def keep() -> None:
        store = Renderings(budget=100)

        async def get(tag: str, size: int) -> None:
            await store.get(tag, lambda: made.append(tag) or Made(b"x" * size, ""))  # type: ignore[func-returns-value]

        for tag in ("a", "b", "c", "d"):
            await get(tag, 25)  # 4 x 25 = 100
        await get("a", 25)  # kept, and now the latest
        await get("e", 25)  # b goes
        await get("a", 25)
        await get("b", 25)
        await get("large", 26)  # over a quarter: never kept
        await get("large", 26)

    asyncio.run(keep())
    assert made == ["a", "b", "c", "d", "e", "b", "large", "large"]


def test_a_file_that_failed_is_tried_again() -> None:
    async def twice() -> Made:
        store = Renderings()

        def fail() -> Made:
            raise ValueError

        with pytest.raises(ValueError, match="^$"):
            await store.get("tag", fail)
        return await store.get("tag", lambda: Made(b"made", ""))

    assert asyncio.run(twice()).content == b"made"
