"""Two edits from one version of a story: the second is refused, shows both versions and loses nothing."""

from pathlib import Path

import pytest

from cxdata.editing.drafts import list_drafts
from cxdata.editing.review import sign_off
from cxdata.editing.stories import StoryChanged, hash_story, update_story
from cxdata.store.duckdb_file import DuckDBFile
from cxdata.store.records.story_reader import read_story
from cxdata.stories import Story
from pages.ui import permissions
from tests.fixtures.databases import bring, look, opened
from tests.fixtures.pages import AppTest, open_page, page_text
from tests.fixtures.stories import make_story
from tests.fixtures.story_form import fill, press, widget


@pytest.fixture
def path(base: Path) -> Path:
    return bring(base, make_story("mine", summary="As it was."))


def present(path: Path) -> Story:
    return opened(path, lambda connection: read_story(connection, "mine"))


def edited(story: Story, **told: str) -> Story:
    return story.model_copy(update=told)


def test_second_of_two_edits_from_one_version_is_refused(path: Path) -> None:
    engine, before = DuckDBFile(path), present(path)
    update_story(engine, "mine", edited(before, title="Ann's title"), "Ann", hash_story(before))
    with pytest.raises(StoryChanged, match="was changed after you began to edit it") as refused:
        update_story(engine, "mine", edited(before, summary="Bob's summary."), "Bob", hash_story(before))
    assert refused.value.present == present(path)
    assert (present(path).title, present(path).summary) == ("Ann's title", "As it was.")
    update_story(engine, "mine", edited(present(path), summary="Bob's."), "Bob", hash_story(present(path)))
    assert (present(path).title, present(path).summary) == ("Ann's title", "Bob's.")


def test_sign_off_meanwhile_is_no_other_version(path: Path) -> None:
    before = present(path)
    sign_off(DuckDBFile(path), "mine", "draft", "Reader B")
    update_story(DuckDBFile(path), "mine", edited(before, title="Ann's title"), "Ann", hash_story(before))
    assert present(path).title == "Ann's title"


def open_editor(name: str, monkeypatch: pytest.MonkeyPatch) -> AppTest:
    monkeypatch.setenv("CXDATA_EDITOR", name)
    return open_page("add", part="write", edit="mine")


def test_form_shows_both_versions_and_keeps_what_was_typed(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CXDATA_DATABASE", str(path))
    monkeypatch.setenv("CXDATA_EDITING", "local")
    monkeypatch.setattr(permissions, "_holds_local_key", lambda: True)  # AppTest comes from nowhere
    first, second = open_editor("Ann", monkeypatch), open_editor("Bob", monkeypatch)
    monkeypatch.setenv("CXDATA_EDITOR", "Ann")
    press(fill(first, Title_of_the_story="Ann's title"), "Save to the database")
    monkeypatch.setenv("CXDATA_EDITOR", "Bob")
    press(fill(second, Summary_of_the_story="Bob's summary."), "Save to the database")
    assert (present(path).title, present(path).summary) == ("Ann's title", "As it was.")
    assert "Somebody else changed this story while you edited it" in page_text(second)
    (difference, theirs, own) = [each.value for each in second.code]
    assert "Ann's title" in difference
    assert "Bob's summary." in difference
    assert ("Ann's title" in theirs, "Ann's title" in own) == (True, False)
    assert widget(second, "Summary of the story").value == "Bob's summary."
    kept = [draft.content["story"]["summary"] for draft in list_drafts(DuckDBFile(path)).kept]
    assert kept == ["Bob's summary."]
    press(second, "Keep my version")
    press(second, "Save to the database")
    assert (present(path).title, present(path).summary) == ("The tale of mine", "Bob's summary.")
    assert look(path, "select count(*) from history where after like '%Ann''s title%'") == [(1,)]
