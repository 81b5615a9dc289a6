"""Replies of companies: recorded, shown escaped beside their story, withdrawn but kept in the changelog."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from pathlib import Path

import duckdb
import pytest

from cxdata.editing.changelog import read_changelog
from cxdata.editing.replies import record_reply, withdraw_reply
from cxdata.editing.review import sign_off
from cxdata.errors import Conflict, CxdataError, NotFound, StoryError
from cxdata.store.duckdb_file import DuckDBFile
from pages.ui.story import replies
from tests.fixtures.databases import answer, bring, opened
from tests.fixtures.pages import open_page, page_text
from tests.fixtures.stories import make_story

DAY = date(2026, 11, 1)


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory, database_of: Callable[..., duckdb.DuckDBPyConnection]) -> Path:
    """A database of a published story and a draft; shared."""
    path = tmp_path_factory.mktemp("replies") / "stories.duckdb"
    database_of(make_story("read"), path=str(path)).close()
    return bring(path, make_story("one", status="draft", summary="one"))


def test_replies_of_a_published_story_are_ordered_by_date(base: Path) -> None:
    url = "https://acme.example/reply"
    assert record_reply(DuckDBFile(base), "read", "Acme, press office", "We\nare sorry.", "Editor D", DAY, url) == 1
    assert record_reply(DuckDBFile(base), "read", "Acme", "Before that.", "Editor D", date(2026, 10, 1)) == 2
    found = answer(base, "story_replies", story="read")
    assert [(row["reply"], row["author"], row["url"]) for row in found] == [
        (2, "Acme", None),
        (1, "Acme, press office", url),
    ]
    assert record_reply(DuckDBFile(base), "one", "Acme", "Of a draft.", "Editor D", DAY) == 1
    with pytest.raises(CxdataError, match="story 'one'"):
        answer(base, "story_replies", story="one")


def test_withdrawn_reply_stays_in_the_changelog_and_keeps_its_number(base: Path) -> None:
    sign_off(DuckDBFile(base), ["one"], "published", "Reader B")
    record_reply(DuckDBFile(base), "read", "Acme", "We are sorry.", "Editor D", DAY)
    withdraw_reply(DuckDBFile(base), "read", 1, "Editor E")
    assert answer(base, "story_replies", story="read") == []
    first, second = opened(base, lambda connection: read_changelog(connection, "read"))
    assert (first["field"], first["before"], first["changed_by"]) == ("reply 1", None, "Editor D")
    assert '"words": "We are sorry."' in first["after"]
    assert (second["before"], second["after"], second["changed_by"]) == (first["after"], None, "Editor E")
    assert record_reply(DuckDBFile(base), "read", "Acme", "We are sorry.", "Editor D", DAY) == 2
    with pytest.raises(NotFound, match=r"reply '1'.*Story 'read' has: 2"):
        withdraw_reply(DuckDBFile(base), "read", 1, "Editor E")


def test_invalid_reply_reports_every_fault_and_changes_nothing(base: Path) -> None:
    before = base.read_bytes()
    with pytest.raises(StoryError) as caught:
        record_reply(
            DuckDBFile(base), "read", "", "\a" * 4001, "B", date.today() + timedelta(days=2), "javascript:alert(1)"
        )
    assert [fault.finding.partition(" '")[0] for fault in caught.value.faults] == [
        "author is empty",
        f"replied_on {date.today() + timedelta(days=2)!r} is in the future",
        "words",
        "url",
    ]
    with pytest.raises(StoryError, match="has characters that cannot be shown"):
        record_reply(DuckDBFile(base), "read", "Acme", "\a", "B", DAY)
    with pytest.raises(NotFound, match=r"story 'raed' is unknown\. Did you mean read\?"):
        record_reply(DuckDBFile(base), "raed", "Acme", "Words.", "B", DAY)
    assert base.read_bytes() == before
    record_reply(DuckDBFile(base), "read", "Acme", "Words.", "B", DAY)
    with pytest.raises(Conflict, match=r"already has this reply\. It is number 1"):
        record_reply(DuckDBFile(base), "read", "Acme", "Words.", "B", DAY)


def test_reply_text_is_escaped_on_the_page(monkeypatch: pytest.MonkeyPatch) -> None:
    shown: list[str] = []
    told = {"author": "<b>Acme</b>", "words": "<script>\n\nSorry.", "url": "https://x.example/?a=1&b=2"}
    rows = {"read": ({"reply": 1, "replied_on": DAY} | told,), "one": ()}
    monkeypatch.setattr(replies, "rows", lambda _, story: rows[story])
    monkeypatch.setattr(replies.st, "html", shown.append)
    replies.show_replies("one")
    assert shown == []
    replies.show_replies("read")
    assert "What the company says" in shown[0]
    assert "<p>&lt;script&gt;</p><p>Sorry.</p>" in shown[0]
    assert "&lt;b&gt;Acme&lt;/b&gt; · 2026-11-01 · <a href=" in shown[0]


def test_story_page_shows_its_reply_and_its_reviewer(base: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    sign_off(DuckDBFile(base), ["one"], "published", "Reader <B>", datetime(2026, 11, 23))
    record_reply(DuckDBFile(base), "one", "Acme", "We are sorry.", "Editor D", DAY)
    monkeypatch.setenv("CXDATA_DATABASE", str(base))
    words = page_text(open_page("stories", story="one"))
    assert words.count("What the company says") == 1
    assert "<p>We are sorry.</p>" in words
    assert "Read by Reader &lt;B&gt; on 2026-11-23." in words
    assert "What the company says" not in page_text(open_page("stories", story="read"))
