"""Accounts in the customer's own words, on the story page and in review. All stories here are invented."""

from pathlib import Path

import pytest

from cxdata.editing.review import sign_off
from cxdata.store.duckdb_file import DuckDBFile
from pages.ui import permissions
from pages.ui.story.story_view import LONG, account_html
from tests.fixtures.databases import answer
from tests.fixtures.imports import brought, table, told_rows
from tests.fixtures.pages import open_page, page_text
from tests.fixtures.stories import make_story

WORDS = "Invented: it came <b>late</b>.\nAnd then not at all."
SHOWN = "<p>Invented: it came &lt;b&gt;late&lt;/b&gt;.</p><p>And then not at all.</p>"
HEADING = "In the customer’s own words"


@pytest.fixture
def told(base: Path, tmp_path: Path) -> Path:
    """A draft with an account, beside the shipped stories without accounts."""
    (row,) = told_rows(make_story("told", title="Invented: late", company="Acme", summary="Invented."))
    draft = row | {"status": "draft", "reviewer": None, "reviewed_on": None, "account": WORDS}
    assert brought(base, table(tmp_path / "told.csv", [draft])).faults == ()
    return base


def test_story_page_shows_its_account(told: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    sign_off(DuckDBFile(told), "told", "published", "Reader <B>")
    assert answer(told, "story_account", story="told") == [{"words": WORDS, "story_count": 1}]
    assert answer(told, "story_account", story="ao-laptop") == []
    monkeypatch.setenv("CXDATA_DATABASE", str(told))
    assert SHOWN in page_text(open_page("stories", story="told"))
    assert HEADING not in page_text(open_page("stories", story="ao-laptop"))


def test_review_page_shows_the_account_of_a_draft(told: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in {"DATABASE": str(told), "EDITING": "local", "EDITOR": "Reader B"}.items():
        monkeypatch.setenv(f"CXDATA_{name}", value)
    monkeypatch.setattr(permissions, "_holds_local_key", lambda: True)
    app = open_page("add", part="review")
    assert not app.exception
    assert SHOWN in page_text(app)


def test_long_account_is_collapsed(told: Path) -> None:
    html = account_html("Invented. " * LONG)
    assert f"<details><summary>All {LONG:,} words</summary>" in html
    assert "<details>" not in account_html(WORDS)
    assert account_html(None) == account_html("") == ""
