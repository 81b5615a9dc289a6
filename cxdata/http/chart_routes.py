"""Live addresses beside the pages: /chart/<name>.<format>, /embed/<name> for an iframe, and /chart, which lists them.

An address says a view in the names of `read_view`. Who has the file already is told so without anything being drawn.
"""

from collections.abc import Callable
from functools import cache, partial

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from cxdata.charts import CHARTS
from cxdata.charts.kit.theme import THEMES
from cxdata.errors import CxdataError
from cxdata.export.formats import FORMATS, check_format, file_name, make_file, publish_view
from cxdata.export.picture.presets import PRESETS
from cxdata.export.view import SCALES, View, parse_view
from cxdata.export.web.embed_page import render_embed
from cxdata.http.limits import QUERY_BYTES
from cxdata.http.render_queue import BusyError, RenderedFile, RenderQueue
from cxdata.http.responses import (
    CACHING,
    CORS,
    EMBED,
    TooLongError,
    UnknownAddress,
    error_response,
    headers_of,
    headers_of_made,
    headers_of_same,
    make_etag,
    matches_etag,
)
from cxdata.http.security_headers import page_csp
from cxdata.questions.ask import find_question
from cxdata.store import data_version
from cxdata.store.engine import Connection
from cxdata.text.suggestions import format_choices

Connect = Callable[[], Connection]


class ChartRoutes:
    """The answers, over one database and one store of files."""

    def __init__(self, connect: Connect, renderings: RenderQueue | None = None) -> None:
        self._connect = connect
        self._renderings = renderings or RenderQueue()

    def routes(self, base: str = "") -> list[Route]:
        """The addresses below the path that the dashboard is mounted at."""
        base = f"/{base.strip('/')}".rstrip("/")
        return [
            Route(f"{base}/chart", self.charts),
            Route(f"{base}/chart/{{asked:path}}", self.chart),
            Route(f"{base}/embed/{{asked:path}}", self.embed),
        ]

    async def charts(self, _: Request) -> Response:
        """What there is to ask for."""
        return JSONResponse(_list_addresses(), headers={"Cache-Control": CACHING} | CORS)

    async def chart(self, request: Request) -> Response:
        """A view as a file."""
        name, dot, form = request.path_params["asked"].rpartition(".")
        return await self._answer(request, name, form) if dot else await self._answer(request, form, "")

    async def embed(self, request: Request) -> Response:
        """A view as a page for an iframe."""
        return await self._answer(request, request.path_params["asked"], EMBED)

    async def _answer(self, request: Request, name: str, form: str) -> Response:
        try:
            view = _read(request, name, form)
            tag = make_etag(view, form, data_version(self._connect()))
            if matches_etag(tag, request.headers.get("if-none-match", "")):
                return Response(status_code=304, headers=headers_of_same(form, tag))
            made = await self._renderings.get(tag, partial(_make, self._connect, view, form))
        except (CxdataError, BusyError, TimeoutError) as error:
            return error_response(error)
        content = b"" if request.method == "HEAD" else made.content
        return Response(content, headers=headers_of(form, tag) | headers_of_made(made))


def _read(request: Request, name: str, form: str) -> View:
    if len(request.scope["query_string"]) > QUERY_BYTES:
        raise TooLongError(
            f"the choices take {len(request.scope['query_string']):,} bytes; {QUERY_BYTES:,} are the most"
        )
    if not form:
        raise UnknownAddress(f"an address ends in a format, such as chart/effort.png; there are: {', '.join(FORMATS)}")
    if form != EMBED and form not in FORMATS:
        raise UnknownAddress(f"format {format_choices(form, FORMATS, 'an address such as chart/effort.png')}")
    asked: dict[str, list[str]] = {}
    for key, value in request.query_params.multi_items():
        asked.setdefault(key, []).append(value)
    view = parse_view(name, asked)
    if form != EMBED:
        check_format(view, form)
    return view


def _make(connect: Connect, view: View, form: str) -> RenderedFile:
    """The file; called in a thread."""
    published = publish_view(connect(), view)
    if form == EMBED:
        page = render_embed(published, view)
        return RenderedFile(page.encode(), "", page_csp(page, "img-src 'self'", "font-src 'self'"))
    content = make_file(published, view, form)
    policy = page_csp(content.decode(), "img-src data:", "font-src data:") if form == "html" else None
    return RenderedFile(content, file_name(published, view, form), policy)


@cache
def _list_addresses() -> dict[str, object]:
    return {
        "address": "chart/{chart}.{format}?{choices}",
        "embed": "embed/{chart}?{choices}",
        "formats": {form.name: {"media_type": form.media_type, "use": form.use} for form in FORMATS.values()},
        "presets": {preset.name: [preset.width, preset.height] for preset in PRESETS.values()},
        "looks": list(THEMES),
        "scales": list(SCALES),
        "charts": {
            name: {
                "question": find_question(chart.CHART.question).question,
                "choices": list(find_question(chart.CHART.question).parameters),
                "needs": list(find_question(chart.CHART.question).needs),
            }
            for name, chart in CHARTS.items()
        },
    }
