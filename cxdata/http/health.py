"""The address of a health check."""

from collections.abc import Callable

from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route

from cxdata.store import data_version
from cxdata.store.engine import Connection


def health_route(get_connection: Callable[[], Connection]) -> Route:
    """Return the route of /healthz: the process is up, has opened its database, and has records of this version."""

    async def answer(_: Request) -> JSONResponse:
        return JSONResponse(
            {"status": "ok", "data_version": data_version(get_connection())}, headers={"Cache-Control": "no-store"}
        )

    return Route("/healthz", answer)
