"""The address of a health check."""

import logging
from collections.abc import Callable

from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route

from cxdata.errors import CxdataError
from cxdata.http.base_path import normalise_base
from cxdata.store import data_version
from cxdata.store.engine import Connection

log = logging.getLogger("cxdata")


def health_route(get_connection: Callable[[], Connection], base: str = "") -> Route:
    """Return the route of /healthz: the process is up, has opened its database, and has records of this version.

    It answers 503 where the database cannot be read: the process is not ready, and its log says why.

    `base` is the base path of the dashboard.
    """

    async def answer(_: Request) -> JSONResponse:
        try:
            found, status = {"status": "ok", "data_version": data_version(get_connection())}, 200
        except CxdataError as error:
            log.error("the database cannot be read: %s", error)
            found, status = {"status": "unavailable"}, 503
        return JSONResponse(found, status, headers={"Cache-Control": "no-store"})

    return Route(f"{normalise_base(base)}/healthz", answer)
