"""Feeds, read as a reader's program reads them: stable ids, honest times, and nothing of a draft."""

import json
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import parse_qs

import duckdb
import feedparser
import pytest

from cxdata.editing.review import move_to_draft
from cxdata.errors import QuestionError
from cxdata.export.follow.feeds import write_atom, write_json
from cxdata.export.follow.findings import Followed, list_findings
from cxdata.export.pack.scope import parse_scope
from cxdata.publish.charts import publish_chart
from cxdata.store.duckdb_file import DuckDBFile
from tests.fixtures.databases import bring
from tests.fixtures.stories import make_story, step

BASE = "https://stories.example.org"
SCOPES = ("", "companies=AO.com", "left=AO.com&right=Argos", "sectors=Online+retail")


def follow(connection: duckdb.DuckDBPyConnection, query: str) -> Followed:
    return list_findings(connection, parse_scope(parse_qs(query)))


@pytest.mark.parametrize("query", SCOPES)
def test_atom_has_what_the_rfc_asks_for(database: duckdb.DuckDBPyConnection, query: str) -> None:
    followed = follow(database, query)
    feed = feedparser.parse(write_atom(followed, BASE))
    assert (feed.bozo, feed.version) == (False, "atom10")
    assert feed.feed.id.startswith("urn:uuid:")
    assert feed.feed.title == f"{followed.title}: findings"
    assert feed.feed.author == "Hall of fame, hall of shame"
    links = {link.rel: link.href for link in feed.feed.links}
    assert links["self"].startswith(f"{BASE}/feed.atom?")
    assert "story_kind=customer_story" in links["self"], "the feed stays the same when another kind comes first"
    assert [entry.title for entry in feed.entries] == [finding.sentence for finding in followed.findings]
    assert len({entry.id for entry in feed.entries} | {feed.feed.id}) == len(feed.entries) + 1
    for entry in feed.entries:
        assert datetime.fromisoformat(entry.published) <= datetime.fromisoformat(entry.updated)
        assert entry.link.startswith(BASE)
        assert "stories chosen by hand, not a random sample" in entry.content[0].value


def test_json_feed_says_the_same(database: duckdb.DuckDBPyConnection) -> None:
    followed = follow(database, "companies=AO.com")
    feed = json.loads(write_json(followed, BASE))
    atom = feedparser.parse(write_atom(followed, BASE))
    assert feed["version"] == "https://jsonfeed.org/version/1.1"
    assert feed["feed_url"].startswith(f"{BASE}/feed.json?")
    assert [(item["id"], item["title"], item["url"]) for item in feed["items"]] == [
        (entry.id, entry.title, entry.link) for entry in atom.entries
    ]
    assert [item["date_modified"] for item in feed["items"]] == [entry.updated for entry in atom.entries]


def test_findings_are_those_of_the_dashboard(database: duckdb.DuckDBPyConnection) -> None:
    told = {finding.key: finding.sentence for finding in follow(database, "companies=AO.com").findings}
    assert told["verdict"] == "One customer’s experience of AO.com: −3.5."
    own = publish_chart(database, "what_to_fix", {"companies": ["AO.com"]})
    assert told["what_to_fix"].startswith(f"{own.headline}.")
    basis = {finding.key: finding.basis for finding in follow(database, "").findings}
    assert basis["fame_and_shame"] == "7 customer stories · 2011–2017", "one of the 8 states no feeling"
    assert basis["overview"] == "8 customer stories · 2011–2017"
    with pytest.raises(QuestionError, match=r"Did you mean AO\.com\?"):
        follow(database, "companies=AO.con")


def test_an_id_stays_and_its_time_is_that_of_the_change(base: Path) -> None:
    stories = [make_story(name, step(feeling), title=name) for name, feeling in (("good", 4), ("bad", -4))]
    engine = DuckDBFile(bring(base, *stories))
    with engine.read() as connection:
        before = follow(connection, "companies=Acme")
        other = follow(connection, "companies=AO.com")
    assert before.changed_at == datetime(2026, 11, 22, tzinfo=UTC), "when the batch came"
    assert before.news == "2 customer stories on 22 November 2026"
    move_to_draft(engine, "bad", by="E. Editor")
    with engine.read() as connection:
        after = follow(connection, "companies=Acme")
        assert follow(connection, "companies=AO.com").changed_at == other.changed_at, "nothing of AO.com changed"
    assert after.changed_at > before.changed_at, "a story was taken back"
    ids = [[entry.id for entry in feedparser.parse(write_atom(each, BASE)).entries] for each in (before, after)]
    assert ids[0] == ids[1]
    assert before.findings[0].sentence != after.findings[0].sentence


def test_drafts_and_empty_scopes_give_no_finding(
    database_of: Callable[..., duckdb.DuckDBPyConnection], database: duckdb.DuckDBPyConnection
) -> None:
    draft = make_story("draft", step(-5), title="evil", status="draft", reviewer=None, reviewed_on=None)
    shown = make_story("shown", step(3), title="fine & <good>", company="Acme & <Sons>")
    with database_of(shown, draft) as connection:
        written = write_atom(follow(connection, ""), BASE)
    assert b"evil" not in written
    assert feedparser.parse(written).bozo is False, "names with marks of XML"
    empty = feedparser.parse(write_atom(follow(database, "since=2030-01-01"), BASE))
    assert (empty.bozo, empty.entries) == (False, [])
    assert empty.feed.updated
