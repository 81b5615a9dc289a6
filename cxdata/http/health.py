"""The address of a health check."""

from collections.abc import Callable

from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route

from cxdata.http.base_path import normalise_base
from cxdata.store import data_version
from cxdata.store.engine import Connection


def health_route(get_connection: Callable[[], Connection], base: str = "") -> Route:
    """Return the route of /healthz: the process is up, has opened its database, and has records of this version.

    `base` is the base path of the dashboard.
    """

    async def answer(_: Request) -> JSONResponse:
        return JSONResponse(
            {"status": "ok", "data_version": data_version(get_connection())}, headers={"Cache-Control": "no-store"}
        )

    return Route(f"{normalise_base(base)}/healthz", answer)
