"""Erasing a story on the page: an editor can, a reader cannot, and the answer names what is left."""

from pathlib import Path

import pytest

from pages.ui import permissions
from tests.fixtures.databases import bring, look
from tests.fixtures.pages import open_page, page_text
from tests.fixtures.stories import make_story


@pytest.fixture
def path(base: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    bring(base, make_story("mine"), make_story("other"))
    monkeypatch.setenv("CXDATA_DATABASE", str(base))
    monkeypatch.setattr(permissions, "_holds_local_key", lambda: True)  # AppTest comes from nowhere
    return base


def test_editor_erases_a_story_on_the_page(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CXDATA_EDITING", "local")
    app = open_page("add", part="write", edit="mine")
    app.button(key="erase-story").click().run()
    assert not app.exception
    assert "The story is erased" in str([each.value for each in app.success])
    assert look(path, "select story from story where batch <> 'shipped'") == [("other",)]
    assert "You edit “" not in page_text(app), "the form is empty"


def test_editor_who_lost_the_right_erases_nothing(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CXDATA_EDITING", "local")
    app = open_page("add", part="write", edit="mine")
    monkeypatch.setenv("CXDATA_EDITING", "off")
    app.button(key="erase-story").click().run()
    assert "Nothing was changed" in page_text(app)
    assert len(look(path, "select story from story where batch <> 'shipped'")) == 2
