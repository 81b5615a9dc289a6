"""The addresses of board packs: /pack.pptx and /pack.pdf, whose query is the choices of the pack.

A pack takes seconds, so it is made in the lane of bundles, in a process of its own.
"""

from collections.abc import Callable
from functools import partial

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from cxdata.errors import CxdataError
from cxdata.export.pack.files import MEDIA
from cxdata.export.pack.scope import Scope, parse_scope
from cxdata.http.base_path import normalise_base, public_base
from cxdata.http.chart_routes import ChartRoutes, read_query
from cxdata.http.render_queue import BusyError, RenderedFile
from cxdata.http.responses import (
    CACHING,
    EXACT,
    UnknownAddress,
    error_response,
    hash_identity,
    headers_of_rendered,
    matches_etag,
)
from cxdata.settings import get_settings
from cxdata.store import data_version
from cxdata.text.suggestions import format_choices

RenderPack = Callable[[Scope, str, str], RenderedFile]


def pack_route(charts: ChartRoutes, render: RenderPack, base: str = "") -> Route:
    """Return the route of packs below a base path. `render` makes one from scope, format and address of links."""

    async def answer(request: Request) -> Response:
        form = request.path_params["form"]
        try:
            if form not in MEDIA:
                raise UnknownAddress(f"format {format_choices(form, MEDIA, 'a pack')}")
            scope = parse_scope(read_query(request))
            address = public_base(request, base)
            layouts = _stamp_template()
            tag = hash_identity("pack", form, scope.query(), address, layouts, data_version(charts.connect()))
            headers = {"Content-Type": MEDIA[form], "ETag": tag, "Cache-Control": CACHING} | EXACT
            if matches_etag(tag, request.headers.get("if-none-match", "")):
                return Response(status_code=304, headers=headers)
            file = await charts.get_slowly(request, tag, partial(render, scope, form, address))
        except (CxdataError, BusyError, TimeoutError) as error:
            return error_response(error)
        headers |= headers_of_rendered(file)
        headers["Content-Disposition"] = headers["Content-Disposition"].replace("inline", "attachment", 1)
        return Response(b"" if request.method == "HEAD" else file.content, headers=headers)

    return Route(f"{normalise_base(base)}/pack.{{form}}", answer)


def _stamp_template() -> list[float]:
    """Return what changes when the template of the settings is another file."""
    path = get_settings().pack_template
    try:
        found = path.stat() if path else None
    except OSError:
        found = None  # making the pack says why
    return [found.st_mtime, found.st_size] if found else []
