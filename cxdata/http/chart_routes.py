"""Addresses of charts: /chart/<name>.<format> for a file, /embed/<name> for an iframe, and /chart for their list.

The query of an address is a view as `parse_view` reads it; words of a writer need the studio's signature. A request
whose ETag matches draws nothing.
"""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from functools import cache, partial

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from cxdata.charts import CHARTS
from cxdata.charts.kit.theme import THEMES
from cxdata.errors import CxdataError
from cxdata.export.formats import FORMATS, check_format, file_name, make_file, publish_view
from cxdata.export.origin.signature import check_signature
from cxdata.export.picture.presets import PRESETS
from cxdata.export.view import SCALES, View, parse_view
from cxdata.export.web.embed_page import render_embed
from cxdata.http.base_path import normalise_base
from cxdata.http.limits import BUNDLE_SECONDS, BUNDLES_OF_CLIENT, BUNDLES_WAITING, QUERY_BYTES
from cxdata.http.render_queue import BusyError, RenderedFile, RenderQueue
from cxdata.http.responses import (
    CACHING,
    CORS,
    EMBED,
    TooLongError,
    UnknownAddress,
    error_response,
    headers_of,
    headers_of_rendered,
    headers_of_unmodified,
    make_etag,
    matches_etag,
)
from cxdata.http.security_headers import page_csp
from cxdata.questions.ask import find_question
from cxdata.store import data_version
from cxdata.store.engine import Connection
from cxdata.text.suggestions import format_choices

Connect = Callable[[], Connection]
RenderBundle = Callable[[View], RenderedFile]
RenderPicture = Callable[[View, str, Callable[[], RenderedFile]], RenderedFile]
BUNDLE = "zip"


class ChartRoutes:
    """The routes, over one database, a queue of renders and a slower one of bundles.

    `render_picture` and `render_bundle` make a file elsewhere than in this process. `has_memory` says whether there is
    room for a bundle. Words of a writer are shown if one of `signing_keys` signed them.
    """

    def __init__(
        self,
        connect: Connect,
        queue: RenderQueue | None = None,
        render_bundle: RenderBundle | None = None,
        render_picture: RenderPicture | None = None,
        has_memory: Callable[[], bool] = lambda: True,
        signing_keys: Callable[[], Sequence[bytes]] = list,
    ) -> None:
        self.connect = connect
        self._queue = queue or RenderQueue()
        self._bundles = RenderQueue(1, BUNDLES_WAITING, BUNDLE_SECONDS)
        self._render_bundle = render_bundle
        self._render_picture = render_picture
        self._has_memory = has_memory
        self._signing_keys = signing_keys
        self._clients: Counter[str] = Counter()

    @property
    def lanes(self) -> dict[str, RenderQueue]:
        """The queues, by what they make."""
        return {"pictures": self._queue, "bundles": self._bundles}

    def routes(self, base: str = "") -> list[Route]:
        """Return the routes below the base path of the dashboard."""
        base = normalise_base(base)
        return [
            Route(f"{base}/chart", self.list_charts),
            Route(f"{base}/chart/{{path:path}}", self.respond_file),
            Route(f"{base}/embed/{{path:path}}", self.respond_embed),
        ]

    async def list_charts(self, _: Request) -> Response:
        """List the addresses and their choices."""
        return JSONResponse(_list_addresses(), headers={"Cache-Control": CACHING} | CORS)

    async def respond_file(self, request: Request) -> Response:
        """Answer with a view as a file."""
        name, dot, form = request.path_params["path"].rpartition(".")
        return await self._respond(request, name, form) if dot else await self._respond(request, form, "")

    async def respond_embed(self, request: Request) -> Response:
        """Answer with a view as a page for an iframe."""
        return await self._respond(request, request.path_params["path"], EMBED)

    async def _respond(self, request: Request, name: str, form: str) -> Response:
        try:
            view = _read(request, name, form)
            check_signature(view, self._signing_keys)
        except CxdataError as error:
            return error_response(error)
        return await self.respond_view(request, view, form)

    async def respond_view(
        self,
        request: Request,
        view: View,
        form: str,
        own_headers: Mapping[str, str] | None = None,
        render: Callable[[], RenderedFile] | None = None,
        kind: str = "",
    ) -> Response:
        """Answer with a view in a form.

        `own_headers` replace those of the form. `render` makes another file than that of the form; `kind` names it.
        """
        own = dict(own_headers or {})
        try:
            tag = make_etag(view, f"{form} {kind}".strip(), data_version(self.connect()))
            if matches_etag(tag, request.headers.get("if-none-match", "")):
                return Response(status_code=304, headers=headers_of_unmodified(form, tag) | own)
            if form == BUNDLE:
                own_view = partial(render_view, self.connect, view, BUNDLE)
                bundle = partial(self._render_bundle, view) if self._render_bundle else own_view
                file = await self.get_slowly(request, tag, bundle)
            else:
                here = partial(render_view, self.connect, view, form)
                elsewhere = self._render_picture and partial(self._render_picture, view, form, here)
                file = await self._queue.get(tag, render or elsewhere or here)
        except (CxdataError, BusyError, TimeoutError) as error:
            return error_response(error)
        content = b"" if request.method == "HEAD" else file.content
        return Response(content, headers=headers_of(form, tag) | headers_of_rendered(file) | own)

    async def get_quickly(self, tag: str, render: Callable[[], RenderedFile]) -> RenderedFile:
        """Return a file from the queue of pictures. Raises BusyError and TimeoutError."""
        return await self._queue.get(tag, render)

    async def get_slowly(self, request: Request, tag: str, render: Callable[[], RenderedFile]) -> RenderedFile:
        """Return a file that takes seconds, from the queue of bundles.

        Raises BusyError if this client waits for several already, or memory is short.
        """
        client = request.client.host if request.client else ""
        if self._clients[client] >= BUNDLES_OF_CLIENT or not self._has_memory():
            raise BusyError
        self._clients[client] += 1
        try:
            return await self._bundles.get(tag, render)
        finally:
            self._clients[client] -= 1
            self._clients += Counter()  # forgets clients that wait for nothing


def read_query(request: Request) -> dict[str, list[str]]:
    """Return the names and values of an address. Raises TooLongError."""
    if len(request.scope["query_string"]) > QUERY_BYTES:
        raise TooLongError(
            f"the choices take {len(request.scope['query_string']):,} bytes. At most {QUERY_BYTES:,} are possible."
        )
    choices: dict[str, list[str]] = {}
    for key, value in request.query_params.multi_items():
        choices.setdefault(key, []).append(value)
    return choices


def _read(request: Request, name: str, form: str) -> View:
    choices = read_query(request)
    if not form:
        raise UnknownAddress(
            f"an address ends in a format, such as chart/effort.png. The formats are: {', '.join(FORMATS)}"
        )
    if form != EMBED and form not in FORMATS:
        raise UnknownAddress(f"format {format_choices(form, FORMATS, 'the dashboard')}")
    view = parse_view(name, choices)
    if form != EMBED:
        check_format(view, form)
    return view


def render_view(connect: Connect, view: View, form: str) -> RenderedFile:
    """Render the file; runs in a thread."""
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
