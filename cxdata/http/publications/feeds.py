"""The addresses of feeds: /feed.atom, which is /feed too, and /feed.json. The query is a scope as of a board pack."""

from functools import partial

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from cxdata.errors import CxdataError
from cxdata.export.follow.feeds import FORMS
from cxdata.export.follow.findings import list_findings
from cxdata.export.pack.scope import Scope, parse_scope
from cxdata.http.base_path import normalise_base, public_base
from cxdata.http.chart_routes import ChartRoutes, read_query
from cxdata.http.render_queue import BusyError, RenderedFile
from cxdata.http.responses import (
    CACHING,
    CORS,
    EXACT,
    FILE_CSP,
    UnknownAddress,
    error_response,
    hash_identity,
    matches_etag,
)
from cxdata.store import data_version
from cxdata.text.suggestions import format_choices


def feed_routes(charts: ChartRoutes, base: str = "") -> list[Route]:
    """Return the routes of feeds below a base path; `charts` has the database and the queue."""

    async def answer(request: Request) -> Response:
        form = request.path_params.get("form", "atom")
        try:
            if form not in FORMS:
                raise UnknownAddress(f"format {format_choices(form, FORMS, 'a feed')}")
            scope = parse_scope(read_query(request))
            address = public_base(request, base)
            tag = hash_identity("feed", form, scope.query(), address, data_version(charts.connect()))
            headers = {"Content-Type": FORMS[form].media_type, "ETag": tag, "Cache-Control": CACHING} | EXACT | CORS
            if matches_etag(tag, request.headers.get("if-none-match", "")):
                return Response(status_code=304, headers=headers | {"Vary": "Accept-Encoding"})
            file = await charts.get_quickly(tag, partial(_render, charts, scope, form, address))
        except (CxdataError, BusyError, TimeoutError) as error:
            return error_response(error)
        headers |= {"Content-Length": str(len(file.content)), "Content-Security-Policy": FILE_CSP}
        return Response(b"" if request.method == "HEAD" else file.content, headers=headers)

    base = normalise_base(base)
    return [Route(f"{base}/feed", answer), Route(f"{base}/feed.{{form}}", answer)]


def _render(charts: ChartRoutes, scope: Scope, form: str, base: str) -> RenderedFile:
    return RenderedFile(FORMS[form].write(list_findings(charts.connect(), scope), base), "")
