"""The address of the audit log as a file. The gate lets administrators alone have it."""

from collections.abc import Callable

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from cxdata.access.audit_log import list_events, write_csv
from cxdata.errors import CxdataError
from cxdata.http.base_path import normalise_base
from cxdata.http.responses import error_response
from cxdata.store.engine import Engine

ADDRESS = "/audit-log.csv"
FILTERS = ("who", "action", "since", "until")


def audit_log_route(get_engine: Callable[[], Engine], base: str = "") -> Route:
    """Return the route of the file below a base path; its query takes the filters of `list_events`."""

    def answer(request: Request) -> Response:
        who, action, since, until = (request.query_params.get(name) or None for name in FILTERS)
        try:
            text = write_csv(list_events(get_engine(), who, action, since, until))
        except CxdataError as error:
            return error_response(error)
        headers = {"Cache-Control": "no-store", "Content-Disposition": 'attachment; filename="audit-log.csv"'}
        return PlainTextResponse(text, headers=headers, media_type="text/csv")

    return Route(f"{normalise_base(base)}{ADDRESS}", answer)
