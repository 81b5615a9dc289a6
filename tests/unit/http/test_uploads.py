"""Uploads: refused without a permit, limited together, freed when a file is deleted or not taken."""

from typing import Any

import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from cxdata.http.uploads import UploadGate, UploadPermits
from tests.fixtures.chart_server import run

TAKEN: list[int] = []


async def take(request: Request) -> Response:
    """Take a file as Streamlit does, or refuse a name that begins with 'bad'."""
    body = await request.body()
    if request.path_params["file"].startswith("bad"):
        return Response(status_code=400)
    TAKEN.append(len(body))
    return Response(status_code=204)


@pytest.fixture
def permits() -> UploadPermits:
    TAKEN.clear()
    return UploadPermits()


def put(permits: UploadPermits, file: str, *chunks: int, announced: int | None = None, method: str = "PUT") -> int:
    """Send a file in chunks of so many bytes; return the status."""
    route = Route("/cx/_stcore/upload_file/{session}/{file}", take, methods=["PUT", "DELETE"])
    app = Starlette(routes=[route], middleware=[Middleware(UploadGate, base="/cx/", permits=permits)])
    scope: dict[str, Any] = {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "method": method,
        "path": f"/cx/_stcore/upload_file/mine/{file}",
        "query_string": b"",
        "headers": [] if announced is None else [(b"content-length", str(announced).encode())],
    }
    waiting = [{"type": "http.request", "body": b"x" * size, "more_body": True} for size in chunks]
    waiting.append({"type": "http.request", "body": b"", "more_body": False})
    statuses = []

    async def receive() -> dict[str, Any]:
        return waiting.pop(0)

    async def send(message: dict[str, Any]) -> None:
        statuses.append(message.get("status"))

    run(app(scope, receive, send))
    return int(statuses[0])


def test_session_without_a_permit_uploads_nothing(permits: UploadPermits) -> None:
    assert put(permits, "a", 10) == 403
    permits.permit("other", 100)
    assert put(permits, "a", 10) == 403
    permits.permit("mine", 100)
    permits.permit("mine", 0)
    assert put(permits, "a", 10) == 403
    assert TAKEN == []


@pytest.mark.parametrize("announced", [None, 60])
def test_files_of_a_session_are_limited_together(permits: UploadPermits, announced: int | None) -> None:
    permits.permit("mine", 100)
    assert put(permits, "a", 30, 30, announced=announced) == 204
    assert put(permits, "b", 30, 30, announced=announced) == 413  # 60 + 60
    assert put(permits, "c", 20, 20) == 204  # b was not kept
    assert put(permits, "a", 30, 30, announced=announced) == 204  # in place of a
    assert put(permits, "a", method="DELETE") == 204
    assert put(permits, "b", 30, 30, announced=announced) == 204  # 40 + 60


def test_file_that_is_not_taken_counts_for_nothing(permits: UploadPermits) -> None:
    permits.permit("mine", 100)
    for _ in range(3):
        assert put(permits, "bad", 60) == 400
    assert put(permits, "good", 100) == 204


def test_other_addresses_pass(permits: UploadPermits) -> None:
    assert put(permits, "a", 5, method="DELETE") == 204
