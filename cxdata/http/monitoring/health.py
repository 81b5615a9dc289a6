"""The addresses of health checks: /livez and /readyz. They are public, and say nothing about people or places."""

import logging
from collections.abc import Callable
from functools import partial

import anyio
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from cxdata.errors import Conflict, CxdataError, OutOfMemory
from cxdata.http.base_path import normalise_base
from cxdata.store import data_version
from cxdata.store.engine import Connection

LIVE = "/livez"
READY = ("/readyz", "/healthz")  # the second is the older name
PATIENCE = 5.0  # s that a check waits for the database
CHECKS_AT_ONCE = 2  # a slow database must not use up the threads that answer readers
UNCACHED = {"Cache-Control": "no-store"}

# the first match counts; an error's own text may name places of the server, so only the log has it
REASONS: dict[type[Exception], str] = {
    OutOfMemory: "The database needs more memory than it may use.",
    Conflict: "The database is of another version of this program.",
    TimeoutError: f"The database did not answer within {PATIENCE:g} seconds.",
    CxdataError: "The database cannot be read.",
}

log = logging.getLogger("cxdata.health")


def health_routes(get_connection: Callable[[], Connection], base: str = "") -> list[Route]:
    """Return the routes of /livez, which asks the process alone, and of /readyz, which asks the database too.

    /readyz answers 503, with the reason in a sentence, where the database cannot be read or is of another version.
    `base` is the base path of the dashboard.
    """
    limiter: list[anyio.CapacityLimiter] = []

    async def live(_: Request) -> Response:
        return JSONResponse({"status": "ok"}, headers=UNCACHED)

    async def ready(_: Request) -> Response:
        if not limiter:  # it belongs to the event loop, which runs by now
            limiter.append(anyio.CapacityLimiter(CHECKS_AT_ONCE))
        try:
            with anyio.fail_after(PATIENCE):
                version = await anyio.to_thread.run_sync(
                    partial(_read_version, get_connection), limiter=limiter[0], abandon_on_cancel=True
                )
        except (CxdataError, TimeoutError) as error:
            log.error("not ready: %s", error or type(error).__name__)
            reason = next(words for cause, words in REASONS.items() if isinstance(error, cause))
            return JSONResponse({"status": "unavailable", "reason": reason}, 503, UNCACHED)
        return JSONResponse({"status": "ok", "data_version": version}, headers=UNCACHED)

    base = normalise_base(base)
    return [Route(f"{base}{LIVE}", live), *(Route(f"{base}{address}", ready) for address in READY)]


def _read_version(get_connection: Callable[[], Connection]) -> str:
    """Return the version of the records. Raises CxdataError; opening refuses a database of another version."""
    return data_version(get_connection())
