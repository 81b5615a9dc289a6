"""Retention: old words are deleted or redacted, younger ones and codes stay, and the changelog says it."""

from datetime import datetime
from pathlib import Path

import pytest
from click.testing import CliRunner

from cxdata.cli.root import main
from cxdata.editing.retention import Action, retain_accounts
from cxdata.store.duckdb_file import DuckDBFile
from pages.method.privacy import describe_retention
from tests.fixtures.databases import answer, bring, look, version
from tests.fixtures.pages import open_page, page_text
from tests.fixtures.stories import make_story

NOW = datetime(2026, 11, 28)
ROWS = """
insert into account values ('old', 'Indigo words of ann@mail.example.'), ('plain', 'Indigo words.'),
    ('young', 'Young words of ann@mail.example.');
insert into passage values ('old', 1, 'worry', 0, 6, 'Indigo words', '', '', 'A Coder');
update batch set imported_at = '2024-11-27' where batch = 'before';
update batch set imported_at = '2024-11-28' where batch = 'since';
"""


@pytest.fixture
def path(base: Path) -> Path:
    bring(base, make_story("old"), make_story("plain"), batch="before")
    bring(base, make_story("young"), batch="since")
    with DuckDBFile(base).transaction() as connection:
        connection.execute(ROWS)
    return base


@pytest.mark.parametrize(
    ("action", "due", "left"),
    [
        ("delete", ("old", "plain"), ["young"]),
        ("redact", ("old",), ["old", "plain", "young"]),
    ],
)
def test_old_words_go_and_young_words_stay(path: Path, action: Action, due: tuple[str, ...], left: list[str]) -> None:
    before, scores = version(path), answer(path, "story_scores")
    assert retain_accounts(DuckDBFile(path), 24, action, "An Editor", NOW) == due
    words = dict(look(path, "from account order by all"))
    assert list(words) == left
    assert words["young"] == "Young words of ann@mail.example."
    if action == "redact":
        assert words["old"] == "Indigo words of [e-mail address removed]."
    assert look(path, "from passage") == []
    assert b"Indigo words of ann@" not in path.read_bytes()
    done = [(story, f"{action}{'d' if action == 'delete' else 'ed'} after 24 months") for story in due]
    assert look(path, "select story, after from history where field = 'account' order by all") == done
    assert answer(path, "story_scores") == scores, "codes stay"
    assert version(path) != before
    again = path.read_bytes()
    assert retain_accounts(DuckDBFile(path), 24, action, "An Editor", NOW) == ()
    assert path.read_bytes() == again, "nothing is due, and nothing is written"


def test_command_takes_the_settings(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CXDATA_DATABASE", str(path))

    def run(*options: str) -> tuple[int, str]:
        found = CliRunner().invoke(main, ["retain", "--by", "me", *options], catch_exceptions=False)
        return found.exit_code, found.output

    assert run()[0] == 2
    monkeypatch.setenv("CXDATA_KEEP_ACCOUNTS_MONTHS", "240")
    assert run() == (
        0,
        "No customer's own words had to be deleted. The limit is 240 months.\n",
    )
    assert run("--months", "1", "--action", "redact") == (
        0,
        "The customers' own words were redacted in 2 stories. They were imported more than 1 month ago.\n",
    )


def test_method_page_says_what_is_kept_and_how_to_ask_for_erasure(base: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CXDATA_DATABASE", str(base))
    assert "There is no time limit" in describe_retention()
    monkeypatch.setenv("CXDATA_KEEP_ACCOUNTS_MONTHS", "24")
    monkeypatch.setenv("CXDATA_OLD_ACCOUNTS", "redact")
    monkeypatch.setenv("CXDATA_CONTACT", "privacy@example.org")
    text = page_text(open_page("method"))
    assert "words are kept for 24 months. Then they are freed of e-mail addresses" in text
    assert 'href="mailto:privacy@example.org"' in text
