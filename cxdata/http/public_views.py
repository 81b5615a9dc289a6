"""The addresses of public views: /public/<token> for an iframe, and with .png, .svg or .csv behind it for a file.

A view is looked up at every request, so that it is closed at once. Its address takes no choice of data: only the size
and look of its picture, which its own page asks for.
"""

from collections.abc import Callable, Mapping
from functools import partial
from urllib.parse import parse_qs, urlencode

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from cxdata.access.public_views import PublicView, find_view
from cxdata.errors import CxdataError
from cxdata.export.formats import publish_view
from cxdata.export.view import View, format_query, parse_view
from cxdata.export.web.embed_page import render_embed
from cxdata.http.base_path import normalise_base
from cxdata.http.chart_routes import ChartRoutes
from cxdata.http.render_queue import RenderedFile
from cxdata.http.responses import EMBED, UnknownAddress, error_response
from cxdata.http.security_headers import page_csp
from cxdata.store.engine import Engine

ADDRESS = "/public/"
FORMS = ("png", "svg", "csv")
STYLES = ("preset", "look", "plain", "transparent")  # what the page asks of its picture
WORDS = ("headline", "subtitle", "byline", "notes")  # the page has them as text
REVALIDATED = {"Cache-Control": "public, no-cache"}
"""Anybody may keep a copy, and must ask before showing it: a closed view is gone at once."""


def public_view_route(charts: ChartRoutes, get_engine: Callable[[], Engine], base: str = "") -> Route:
    """Return the route of public views below a base path; `charts` renders them."""

    async def answer(request: Request) -> Response:
        token, _, form = request.path_params["path"].partition(".")
        try:
            if form and form not in FORMS:
                raise UnknownAddress(f"a public view has the formats {', '.join(FORMS)}")
            public = find_view(get_engine(), token)
            view = _restyle(public, dict(request.query_params)) if form == "svg" else parse_public(public)
        except CxdataError as error:
            return error_response(error)
        if form:
            return await charts.respond_view(request, view, form, REVALIDATED)
        page = partial(_render_page, charts, view, token)
        return await charts.respond_view(request, view, EMBED, REVALIDATED, page, token)

    return Route(f"{normalise_base(base)}{ADDRESS}{{path:path}}", answer)


def parse_public(public: PublicView) -> View:
    """Return the view that was made public. Raises the errors of `parse_view`."""
    return parse_view(public.chart, parse_qs(public.query))


def _restyle(public: PublicView, asked: Mapping[str, str]) -> View:
    """Return the view in the size and look that its page asks for; anything else that is asked is refused."""
    if not asked:
        return parse_public(public)
    if unknown := set(asked) - set(STYLES):
        raise UnknownAddress(f"a public view takes no {sorted(unknown)[0]!r}")
    kept = {name: value for name, value in parse_qs(public.query).items() if name not in (*STYLES, *WORDS, "scale")}
    return parse_view(public.chart, kept | {name: [value] for name, value in asked.items()})


def _write_style(view: View) -> str:
    return urlencode({name: value for name, value in format_query(view).items() if name in STYLES})


def _render_page(charts: ChartRoutes, view: View, token: str) -> RenderedFile:
    """Render the page for an iframe, whose picture has a public address too."""
    published = publish_view(charts.connect(), view)
    page = render_embed(published, view, lambda styled: f"{token}.svg?{_write_style(styled)}", has_studio=False)
    return RenderedFile(page.encode(), "", page_csp(page, "img-src 'self'", "font-src 'self'"))
