"""The ETag and the headers of a response, and the response to an error."""

import hashlib
import json
import logging
from collections.abc import Mapping
from functools import cache
from importlib.metadata import version
from typing import NamedTuple
from urllib.parse import quote

from starlette.middleware.gzip import DEFAULT_EXCLUDED_CONTENT_TYPES
from starlette.responses import PlainTextResponse, Response

from cxdata.errors import Conflict, Invalid, NotFound, Refused, Unavailable
from cxdata.export.formats import FORMATS
from cxdata.export.view import View, format_query
from cxdata.http.limits import FRESH_SECONDS, RETRY_SECONDS, STALE_SECONDS
from cxdata.http.render_queue import BusyError, RenderedFile
from cxdata.http.security_headers import page_csp
from cxdata.resources import PACKAGE, SQL
from cxdata.version import __version__

log = logging.getLogger("cxdata")

EMBED = "embed"  # the page for an iframe, beside the formats
CACHING = f"public, max-age={FRESH_SECONDS}, stale-while-revalidate={STALE_SECONDS}"
SHARED = ("png", "svg", "json", "csv")  # pages and sheets of other sites may fetch these
CORS = {"Access-Control-Allow-Origin": "*"}
FILE_CSP = page_csp("", "img-src data:", "font-src data:")  # of an SVG, and of the words of an error in a frame
EXACT = {"X-Content-Type-Options": "nosniff"}
# another release of these libraries may draw the same view differently
DRAWN_WITH = ("altair", "vl-convert-python", "pillow", "fonttools", "python-pptx", "typst")


class UnknownAddress(NotFound):
    """No chart or format has this address."""


class TooLongError(Invalid):
    """The choices are longer than an address may carry."""


def make_etag(view: View, form: str, data: str) -> str:
    """Return the ETag: a hash of view, format, version of the records and code.

    It is weak, because the server may compress the file.
    """
    return hash_identity(form, view.chart, sorted(format_query(view).items()), data)


def hash_identity(*parts: object) -> str:
    """Return the ETag of a file that these parts, which JSON can write, and the code of this release decide."""
    identity = json.dumps([*parts, _hash_code()])
    return f'W/"{hashlib.sha256(identity.encode()).hexdigest()[:32]}"'


def matches_etag(tag: str, header: str) -> bool:
    """Return whether an If-None-Match header names this tag; '*' matches none, because the file may not exist."""
    return tag.removeprefix("W/") in {each.strip().removeprefix("W/") for each in header.split(",")}


@cache
def _hash_code() -> str:
    """Return a hash of everything except the records that a picture depends on, so that a release changes the tag."""
    digest = hashlib.sha256(" ".join([__version__, *(version(library) for library in DRAWN_WITH)]).encode())
    paths = [path for kind in ("*.py", "*.ttf", "*.typ") for path in PACKAGE.rglob(kind)]
    for path in sorted([*paths, *SQL.rglob("*.sql")]):
        digest.update(path.read_bytes())
    return digest.hexdigest()


def headers_of(form: str, tag: str) -> dict[str, str]:
    """Return the headers that a file and its 'not modified' share."""
    media = "text/html; charset=utf-8" if form == EMBED else FORMATS[form].media_type
    headers = {"Content-Type": media, "ETag": tag, "Cache-Control": CACHING} | EXACT
    return headers | (CORS if form in SHARED else {})


def headers_of_unmodified(form: str, tag: str) -> dict[str, str]:
    """Return the headers of 'not modified'; the server adds Vary only to bodies that it may compress."""
    headers = headers_of(form, tag)
    is_compressed = headers["Content-Type"] not in DEFAULT_EXCLUDED_CONTENT_TYPES
    return headers | ({"Vary": "Accept-Encoding"} if is_compressed else {})


def headers_of_rendered(file: RenderedFile) -> dict[str, str]:
    """Return the headers that depend on the rendered file."""
    headers = {"Content-Length": str(len(file.content)), "Content-Security-Policy": file.policy or FILE_CSP}
    if file.file_name:
        plain = "".join(mark if mark.isascii() and mark not in '"\\%' else "_" for mark in file.file_name)
        encoded = quote(file.file_name, safe="")
        headers["Content-Disposition"] = f"inline; filename=\"{plain}\"; filename*=UTF-8''{encoded}"
    return headers


class Reply(NamedTuple):
    """How an address answers an error."""

    status: int
    words: str = ""
    """What it says; '' for the error's own text."""
    retry: str = ""
    """When to ask again: a key of RETRY_SECONDS."""


UNREADABLE = Reply(503, "the stories cannot be read at the moment", "unavailable")
# the first match counts: special cases come before their cause
REPLIES: Mapping[type[Exception], Reply] = {
    BusyError: Reply(503, "the server is making many files at the moment. Try again in a few seconds.", "busy"),
    TimeoutError: Reply(504, "this takes longer than usual. Try again in a few seconds.", "slow"),
    TooLongError: Reply(414),
    NotFound: Reply(404),
    Invalid: Reply(400),
    Refused: Reply(403),
    Conflict: UNREADABLE,
    Unavailable: UNREADABLE,
}


def error_response(error: Exception) -> Response:
    """Return the error as a status and words for the author of the address; only a server's fault is logged."""
    reply = next((reply for cause, reply in REPLIES.items() if isinstance(error, cause)), UNREADABLE)
    if reply is UNREADABLE:
        log.error("a request could not be answered", exc_info=error)
    retry = {"Retry-After": str(RETRY_SECONDS[reply.retry])} if reply.retry else {}
    headers = {"Cache-Control": "no-store", "Content-Security-Policy": FILE_CSP} | EXACT | CORS | retry
    return PlainTextResponse((reply.words or str(error)) + "\n", reply.status, headers)
