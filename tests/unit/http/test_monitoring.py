"""Health, figures and ids of requests, attacked."""

import asyncio
import logging
import time

import duckdb
import pytest
from pydantic import SecretStr
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import Route

from cxdata.errors import Conflict, CxdataError, DatabaseError, OutOfMemory, SettingsError
from cxdata.http.gate.gate import Gate
from cxdata.http.gate.visitors import Visitors
from cxdata.http.monitoring import health
from cxdata.http.monitoring.health import health_routes
from cxdata.http.monitoring.metrics import Metrics, metrics_routes
from cxdata.http.monitoring.requests import RequestWatch
from cxdata.observability.request_id import current_id
from cxdata.settings import get_settings
from tests.fixtures.chart_server import Answer, ask_app, run

TOKEN = "geheim-und-lang-genug-für-alle"


Client = tuple[str, int]
STRANGER = ("10.0.0.9", 5000)
PROXIED = ("203.0.113.7", 0)  # uvicorn gives the client that a trusted proxy names the port 0


def ask(app: Starlette, address: str, method: str = "GET", client: Client = STRANGER, **headers: str) -> Answer:
    async def from_client(scope: dict, receive: object, send: object) -> None:  # type: ignore[type-arg]
        await app(scope | {"client": client}, receive, send)  # type: ignore[arg-type]

    return run(ask_app(from_client, address, method, **headers))


# Health


def test_live_asks_no_database() -> None:
    def fail() -> duckdb.DuckDBPyConnection:
        raise AssertionError

    assert ask(Starlette(routes=health_routes(fail)), "/livez").status == 200


def test_ready_has_the_version_of_the_records(database: duckdb.DuckDBPyConnection) -> None:
    for address in ("/readyz", "/healthz"):
        found = ask(Starlette(routes=health_routes(lambda: database)), address)
        assert (found.status, '"data_version":"' in found.text) == (200, True)
        assert found.headers["cache-control"] == "no-store"


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (DatabaseError("/srv/secret/stories.duckdb cannot be opened"), "cannot be read"),
        (OutOfMemory("/srv/secret"), "more memory"),
        (Conflict("/srv/secret is of another version"), "another version"),
    ],
)
def test_ready_says_what_is_wrong_without_places(
    error: CxdataError, words: str, caplog: pytest.LogCaptureFixture
) -> None:
    def fail() -> duckdb.DuckDBPyConnection:
        raise error

    found = ask(Starlette(routes=health_routes(fail)), "/readyz")
    assert (found.status, words in found.text, "/srv" in found.text) == (503, True, False)


def test_ready_gives_up_on_a_database_that_hangs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(health, "PATIENCE", 0.1)
    started = time.perf_counter()

    def hang() -> duckdb.DuckDBPyConnection:
        time.sleep(1)
        raise DatabaseError("late")

    found = ask(Starlette(routes=health_routes(hang)), "/readyz")
    assert (found.status, "did not answer" in found.text) == (503, True)
    assert time.perf_counter() - started < 5


# Figures


@pytest.fixture
def metered() -> tuple[Starlette, Metrics]:
    """An app with figures and a route of two words, and a route that fails."""
    metrics = Metrics()

    async def answer(_: Request) -> PlainTextResponse:
        return PlainTextResponse(current_id())

    async def fail(_: Request) -> PlainTextResponse:
        raise ZeroDivisionError

    routes = [Route("/cx/chart/{path:path}", answer, methods=["GET"]), Route("/cx/bug", fail)]
    routes += metrics_routes(SecretStr(TOKEN), "/cx", metrics)
    return Starlette(routes=routes, middleware=[Middleware(RequestWatch, base="cx", metrics=metrics)]), metrics


@pytest.mark.parametrize(
    "given",
    [
        None, "", "Bearer", "Bearer ", f"Bearer {TOKEN[:-1]}", f"Bearer {TOKEN}x", TOKEN,
        f"bearer {TOKEN}", f"Basic {TOKEN}",
        f"Bearer {TOKEN.replace('ü', 'u')}", f"Bearer  {TOKEN}", "Bearer \u00fc\u20ac", "Bearer " + "x" * 100_000,
    ],
)  # fmt: skip
def test_figures_need_the_whole_token(metered: tuple[Starlette, Metrics], given: str | None) -> None:
    headers = {} if given is None else {"authorization": given}
    found = ask(metered[0], "/cx/metrics", **headers)
    assert (found.status, found.text) == (401, "Unauthorized\n")


def test_figures_are_open_to_a_token_beyond_ascii(metered: tuple[Starlette, Metrics]) -> None:
    found = ask(metered[0], "/cx/metrics", authorization=f"Bearer {TOKEN}")
    assert found.status == 200
    assert "process_resident_memory_bytes" in found.text
    assert "cxdata_workers_resident_memory_bytes" in found.text


def test_without_a_token_there_is_no_address() -> None:
    assert metrics_routes(None) == []


def test_a_short_token_is_refused_and_not_repeated(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CXDATA_METRICS_TOKEN", "hunter2")
    with pytest.raises(SettingsError) as error:
        get_settings()
    assert "CXDATA_METRICS_TOKEN" in str(error.value)
    assert "hunter2" not in str(error.value)


def test_token_is_never_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CXDATA_METRICS_TOKEN", TOKEN)
    assert TOKEN not in f"{get_settings()!r} {get_settings()}"


def test_unknown_addresses_and_methods_are_one_label_each(metered: tuple[Starlette, Metrics]) -> None:
    app, metrics = metered
    for number in range(50):
        ask(app, f"/{number}/nothing", f"GET{number}")
        ask(app, f"/cx/chart/{number}.png?search=Ann+Reader", client=("10.0.0.9", number + 1))
    text = metrics.write().decode()
    lines = [line for line in text.splitlines() if line.startswith("cxdata_requests_total{")]
    assert sorted(lines) == [
        'cxdata_requests_total{method="GET",route="/chart/{path:path}",status="200"} 50.0',
        'cxdata_requests_total{method="unknown",route="unknown",status="404"} 50.0',
    ]
    assert "Ann" not in text


def test_request_with_a_forged_name_is_counted_by_its_route() -> None:
    metrics = Metrics()
    visitors = Visitors(lambda _: {}, {"X-Forwarded-Email": "email"}, lambda _: False, lambda _: False)

    async def answer(request: Request) -> PlainTextResponse:
        return PlainTextResponse(str("x-forwarded-email" in request.headers))

    gate = Middleware(Gate, visitors=visitors, providers=list, farewell=b"", ends_run=bool)
    app = Starlette(routes=[Route("/chart", answer)], middleware=[Middleware(RequestWatch, metrics=metrics), gate])
    assert ask(app, "/chart", x_forwarded_email="ann@example.org").text == "False"
    assert 'cxdata_requests_total{method="GET",route="/chart",status="200"} 1.0' in metrics.write().decode()


def test_a_failed_request_is_counted_as_one(metered: tuple[Starlette, Metrics]) -> None:
    app, metrics = metered
    with pytest.raises(ZeroDivisionError):
        ask(app, "/cx/bug")
    assert 'cxdata_requests_total{method="GET",route="/bug",status="500"} 1.0' in metrics.write().decode()


def test_lanes_say_how_many_wait() -> None:
    metrics = Metrics()
    waiting = [3]
    metrics.watch_lane("pictures", lambda: waiting[0])
    assert 'cxdata_pictures_waiting{lane="pictures"} 3.0' in metrics.write().decode()


# Ids


@pytest.fixture
def behind_proxy() -> Starlette:
    async def answer(_: Request) -> PlainTextResponse:
        await asyncio.sleep(0)
        return PlainTextResponse(current_id())

    watch = Middleware(RequestWatch, ids="proxy", metrics=Metrics())
    return Starlette(routes=[Route("/", answer)], middleware=[watch])


def test_every_request_has_an_id_of_its_own(metered: tuple[Starlette, Metrics]) -> None:
    found = [ask(metered[0], "/cx/chart/a.png", x_request_id="forged-by-a-client") for _ in range(2)]
    ids = [each.headers["x-request-id"] for each in found]
    assert ids == [each.text for each in found]
    assert len({*ids, "forged-by-a-client"}) == 3


def test_id_of_the_proxy_goes_through(behind_proxy: Starlette) -> None:
    found = ask(behind_proxy, "/", client=PROXIED, x_request_id="a1b2c3d4e5f60718")
    assert (found.text, found.headers["x-request-id"]) == ("a1b2c3d4e5f60718", "a1b2c3d4e5f60718")


def test_id_of_a_client_that_goes_past_the_proxy_is_dropped(behind_proxy: Starlette) -> None:
    found = ask(behind_proxy, "/", client=("203.0.113.7", 40123), x_request_id="a1b2c3d4e5f60718")
    assert found.text != "a1b2c3d4e5f60718"


@pytest.mark.parametrize(
    "given", ["short", "x" * 65, "with blank in it", 'abcdefgh","level":"x', "abcdefgh\nforged", "ïdentität-1"]
)
def test_ids_that_could_forge_are_dropped(behind_proxy: Starlette, given: str) -> None:
    found = ask(behind_proxy, "/", client=PROXIED, x_request_id=given)
    assert found.text == found.headers["x-request-id"]
    assert len(found.text) == 16


def test_line_of_a_request_holds_its_route_and_no_words_of_a_reader(
    metered: tuple[Starlette, Metrics], caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(logging.getLogger("cxdata"), "propagate", True)
    with caplog.at_level(logging.INFO, "cxdata"):
        ask(metered[0], "/cx/chart/Ann.png?search=Ann", authorization="Bearer Ann")
        ask(metered[0], "/cx/metrics", authorization=f"Bearer {TOKEN}")
    (record,) = caplog.records
    assert (record.route, record.method, record.status) == ("/chart/{path:path}", "GET", 200)
    assert "Ann" not in str(vars(record))
