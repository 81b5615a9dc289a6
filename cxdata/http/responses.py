"""What a live address says beside the file itself: its tag, its headers, and a refusal in words."""

import hashlib
import json
import logging
from functools import cache
from importlib.metadata import version
from urllib.parse import quote

from starlette.middleware.gzip import DEFAULT_EXCLUDED_CONTENT_TYPES
from starlette.responses import PlainTextResponse, Response

from cxdata import __version__
from cxdata.errors import ChartError, CxdataError, DatabaseError
from cxdata.export.formats import FORMATS
from cxdata.export.view import View, format_query
from cxdata.http.render_queue import BusyError, RenderedFile
from cxdata.resources import ROOT

log = logging.getLogger("cxdata")

EMBED = "embed"  # the page for an iframe, beside the formats
# The records change only when the database is built anew; a blog may show the old picture while it fetches the new.
CACHING = "public, max-age=300, stale-while-revalidate=86400"
SHARED = ("png", "svg", "json", "csv")  # what a page or a sheet elsewhere may fetch
CORS = {"Access-Control-Allow-Origin": "*"}
EXACT = {"X-Content-Type-Options": "nosniff"}
# libraries whose next release may draw the same view otherwise
DRAWN_WITH = ("altair", "vl-convert-python", "pillow", "fonttools")


class UnknownAddress(CxdataError):
    """An address that leads nowhere."""


class TooLongError(CxdataError):
    """More choices than an address may carry."""


def make_etag(view: View, form: str, data: str) -> str:
    """The ETag, a hash over view, records and code; weak, because the server may compress the file on its way."""
    told = json.dumps([form, view.chart, sorted(format_query(view).items()), data, _code()])
    return f'W/"{hashlib.sha256(told.encode()).hexdigest()[:32]}"'


def matches_etag(tag: str, told: str) -> bool:
    """Whether an If-None-Match names this tag. '*' is no tag: nobody knows yet whether there is a file."""
    return tag.removeprefix("W/") in {each.strip().removeprefix("W/") for each in told.split(",")}


@cache
def _code() -> str:
    """A hash over all that a picture comes from beside the records, so that a new release is not taken for the old."""
    digest = hashlib.sha256(" ".join([__version__, *(version(library) for library in DRAWN_WITH)]).encode())
    paths = [path for kind in ("*.py", "*.ttf") for path in (ROOT / "cxdata").rglob(kind)]
    for path in sorted([*paths, *(ROOT / "sql").rglob("*.sql")]):
        digest.update(path.read_bytes())
    return digest.hexdigest()


def headers_of(form: str, tag: str) -> dict[str, str]:
    """The headers of a file, and of the word that it has not changed."""
    media = "text/html; charset=utf-8" if form == EMBED else FORMATS[form].media_type
    told = {"Content-Type": media, "ETag": tag, "Cache-Control": CACHING} | EXACT
    return told | (CORS if form in SHARED else {})


def headers_of_same(form: str, tag: str) -> dict[str, str]:
    """The headers of 'not modified'. The server adds Vary to what it may compress, but not to an empty answer."""
    told = headers_of(form, tag)
    return told if told["Content-Type"] in DEFAULT_EXCLUDED_CONTENT_TYPES else told | {"Vary": "Accept-Encoding"}


def headers_of_made(made: RenderedFile) -> dict[str, str]:
    """What is known only once the file is made."""
    told = {"Content-Length": str(len(made.content))}
    if made.policy:
        told["Content-Security-Policy"] = made.policy
    if made.file_name:
        plain = "".join(mark if mark.isascii() and mark not in '"\\%' else "_" for mark in made.file_name)
        told["Content-Disposition"] = f"inline; filename=\"{plain}\"; filename*=UTF-8''{quote(made.file_name, safe='')}"
    return told


def error_response(error: Exception) -> Response:
    """The error as status and words for the person who wrote the address."""
    words, retry = str(error), None
    if isinstance(error, BusyError):
        status, words, retry = 503, "many files are being made at the moment; ask again in a few seconds", "5"
    elif isinstance(error, TimeoutError):
        status, words, retry = 504, "this takes longer than usual; ask again in a few seconds", "10"
    elif isinstance(error, DatabaseError):
        log.error("a live address could not be answered", exc_info=error)
        status, words, retry = 503, "the records cannot be read at the moment", "60"
    elif isinstance(error, TooLongError):
        status = 414
    else:
        status = 404 if isinstance(error, UnknownAddress | ChartError) else 400
    headers = {"Cache-Control": "no-store"} | EXACT | CORS | ({"Retry-After": retry} if retry else {})
    return PlainTextResponse(words + "\n", status, headers)
