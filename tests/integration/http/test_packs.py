"""Board packs by address: made once for each version, in the lane of bundles, in a process of their own."""

from pathlib import Path

import duckdb
import pytest
from starlette.applications import Starlette

from cxdata.errors import Invalid
from cxdata.export.pack.scope import Scope, parse_scope
from cxdata.http import bundle_worker
from cxdata.http.bundle_worker import render_pack
from cxdata.http.chart_routes import ChartRoutes
from cxdata.http.publications.packs import pack_route
from cxdata.http.render_queue import RenderedFile
from tests.fixtures.chart_server import ask_app, run

QUERY = "left=AO.com&right=Argos"


def test_pack_is_made_once_and_not_sent_again(
    database: duckdb.DuckDBPyConnection, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[tuple[str, str, str]] = []

    def render(scope: Scope, form: str, base: str) -> RenderedFile:
        asked.append((scope.query(), form, base))
        return RenderedFile(b"packed", f"pack.{form}")

    app = Starlette(routes=[pack_route(ChartRoutes(lambda: database), render, "/cx")])
    first = run(ask_app(app, f"/cx/pack.pdf?{QUERY}", host="stories.example"))
    assert (first.status, first.content, first.headers["content-type"]) == (200, b"packed", "application/pdf")
    assert first.headers["content-disposition"].startswith('attachment; filename="pack.pdf"')
    again = run(ask_app(app, f"/cx/pack.pdf?{QUERY}", host="stories.example", if_none_match=first.headers["etag"]))
    assert (again.status, again.content) == (304, b"")
    assert asked == [(QUERY, "pdf", "http://stories.example/cx")]
    monkeypatch.setenv("CXDATA_PUBLIC_ADDRESS", "https://known.example/")
    other = run(ask_app(app, f"/cx/pack.pdf?{QUERY}", host="stories.example"))
    assert other.headers["etag"] != first.headers["etag"], "its links lead elsewhere"
    assert asked[-1][2] == "https://known.example"


@pytest.mark.parametrize(
    ("address", "status", "words"),
    [
        ("/pack.doc", 404, "A pack has: pptx, pdf"),
        ("/pack.pdf?compani=AO.com", 400, "Did you mean companies?"),
        (f"/pack.pdf?companies={'x' * 5000}", 414, "At most 4,096 are possible"),
    ],
)
def test_address_that_asks_for_no_pack_says_why(
    database: duckdb.DuckDBPyConnection, address: str, status: int, words: str
) -> None:
    app = Starlette(routes=[pack_route(ChartRoutes(lambda: database), lambda *_: RenderedFile(b"", ""))])
    found = run(ask_app(app, address, host="stories.example"))
    assert (found.status, words in found.text) == (status, True)


def test_process_makes_a_pack_and_tells_what_is_wrong(built: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CXDATA_DATABASE", str(built))
    monkeypatch.setattr(bundle_worker, "BUNDLE_SECONDS", 600)  # the process gives way to others, and tests are many
    made = render_pack(parse_scope({"companies": ["AO.com"]}), "pdf", "")
    assert made.content.startswith(b"%PDF-")
    assert made.file_name == "board-pack_ao-com_2026-11-21_1-customer-story.pdf"
    with pytest.raises(Invalid, match=r"companies 'AO\.con' is unknown\. Did you mean AO\.com\?"):
        render_pack(parse_scope({"companies": ["AO.con"]}), "pdf", "")
