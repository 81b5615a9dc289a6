"""Feeds by address: their formats, their ETag, and what is refused."""

import json

import duckdb
import pytest
from starlette.applications import Starlette

from cxdata.http.chart_routes import ChartRoutes
from cxdata.http.publications.feeds import feed_routes
from tests.fixtures.chart_server import ask_app, run


@pytest.fixture
def app(database: duckdb.DuckDBPyConnection) -> Starlette:
    return Starlette(routes=feed_routes(ChartRoutes(lambda: database), "/cx"))


def test_feed_is_sent_once_for_each_version(app: Starlette) -> None:
    first = run(ask_app(app, "/cx/feed?companies=AO.com", host="stories.example"))
    assert (first.status, first.headers["content-type"]) == (200, "application/atom+xml; charset=utf-8")
    assert 'href="http://stories.example/cx/company?company=AO.com' in first.text
    named = run(ask_app(app, "/cx/feed.atom?companies=AO.com", host="stories.example"))
    assert (named.content, named.headers["etag"]) == (first.content, first.headers["etag"])
    again = run(ask_app(app, "/cx/feed?companies=AO.com", host="stories.example", if_none_match=first.headers["etag"]))
    assert (again.status, again.content) == (304, b"")
    other = run(ask_app(app, "/cx/feed.json?companies=AO.com", host="stories.example"))
    assert other.headers["content-type"] == "application/feed+json; charset=utf-8"
    assert json.loads(other.content)["items"][0]["url"].startswith("http://stories.example/cx/")
    assert other.headers["etag"] != first.headers["etag"]


@pytest.mark.parametrize(
    ("address", "status", "words"),
    [
        ("/cx/feed.rss", 404, "A feed has: atom, json"),
        ("/cx/feed?companies=AO.con", 400, "Did you mean AO.com?"),
        ("/cx/feed?left=AO.com", 400, "a comparison needs two companies"),
    ],
)
def test_address_that_asks_for_no_feed_says_why(app: Starlette, address: str, status: int, words: str) -> None:
    found = run(ask_app(app, address, host="stories.example"))
    assert (found.status, words in found.text) == (status, True)
