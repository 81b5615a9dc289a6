"""An open page changes nothing after its user loses the permission to edit."""

import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path

import duckdb
import pytest

from cxdata.editing.drafts import list_drafts, save_draft
from cxdata.editing.replies import record_reply
from cxdata.store.duckdb_file import DuckDBFile
from pages.ui import permissions
from tests.fixtures.databases import bring
from tests.fixtures.pages import AppTest, open_page
from tests.fixtures.stories import make_story

DRAFT = {"status": "draft", "reviewer": None, "reviewed_on": None}
SAID = "this dashboard is read-only for you. Nothing was changed"


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory, database_of: Callable[..., duckdb.DuckDBPyConnection]) -> Path:
    path = tmp_path_factory.mktemp("rights") / "stories.duckdb"
    names = ("Equifax", "EQUIFAX, INC.")
    database_of(*(make_story(f"shipped-{n}", company=name) for n, name in enumerate(names)), path=str(path)).close()
    bring(path, make_story("one", summary="Invented.", **DRAFT), make_story("read", summary="Invented: read."))
    record_reply(DuckDBFile(path), "read", "Acme", "Invented: first.", "Editor D", date(2026, 11, 1))
    return path


@pytest.fixture
def path(built: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A database with a draft of Reader B, who may edit from this machine."""
    copy = Path(shutil.copy(built, tmp_path))
    save_draft(DuckDBFile(copy), "d" * 32, "Reader B", {"edits": None, "story": {"title": "Invented"}})
    for name, value in {"DATABASE": str(copy), "EDITING": "local", "EDITOR": "Reader B"}.items():
        monkeypatch.setenv(f"CXDATA_{name}", value)
    monkeypatch.setattr(permissions, "_holds_local_key", lambda: True)
    return copy


def standing(path: Path) -> tuple[object, ...]:
    return path.read_bytes(), list_drafts(DuckDBFile(path)).kept


def open_part(part: str, **address: str) -> AppTest:
    app = open_page("add", part=part, **address)
    assert not app.exception
    return app


def fill(app: AppTest, told: dict[str, str]) -> None:
    for name, value in told.items():
        kinds = (app.text_input, app.text_area, app.selectbox)
        next(each for kind in kinds for each in kind if each.key == name).set_value(value).run()
    assert not app.exception


ACTIONS = [
    ("review", "batch-published", {}),
    ("review", "story-reviewed", {}),
    ("review", "published-draft", {"published-story": "read"}),
    ("batches", "undo-mine", {}),
    ("batches", "draft-mine", {}),
    ("companies", "merge-EQUIFAX, INC.-Equifax", {}),
    ("companies", "rename", {"rename-old": "Equifax", "rename-new": "Invented Agency"}),
    ("review", "reply-record", {"reply-story": "read", "reply-author": "Acme", "reply-words": "Invented: sorry."}),
    ("review", "reply-back-1", {"reply-story": "read"}),
    ("write", "drop-", {}),
    ("write", "take-", {}),
]


@pytest.mark.parametrize(("part", "key", "told"), ACTIONS)
def test_open_page_changes_nothing_after_permission_is_withdrawn(
    path: Path, monkeypatch: pytest.MonkeyPatch, part: str, key: str, told: dict[str, str]
) -> None:
    app = open_part(part)
    fill(app, told)
    before = standing(path)
    (button,) = [each for each in app.button if str(each.key).startswith(key)]
    monkeypatch.delenv("CXDATA_EDITING")
    button.click().run()
    assert not app.exception
    assert standing(path) == before
    assert "read-only" in app.info[0].value
    assert [each.label for each in app.button] == []
    if part != "write":  # the form shows its own message
        assert SAID in app.error[0].value.replace("\\", "")


@pytest.mark.parametrize(("part", "key", "told"), [each for each in ACTIONS if each[1] != "take-"])
def test_same_buttons_change_the_database_with_permission(
    path: Path, part: str, key: str, told: dict[str, str]
) -> None:
    app = open_part(part)
    fill(app, told)
    before = standing(path)
    (button,) = [each for each in app.button if str(each.key).startswith(key)]
    button.click().run()
    assert not app.exception
    assert not app.error
    assert standing(path) != before


def test_form_keeps_no_draft_after_permission_is_withdrawn(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    app = open_part("write", edit="read")
    assert "It is published. When you save it, it becomes a draft again." in app.info[0].value
    before = standing(path)
    title = next(each for each in app.text_input if each.label == "Title of the story")
    monkeypatch.delenv("CXDATA_EDITING")
    title.set_value("Invented otherwise").run()
    assert not app.exception
    assert standing(path) == before
    assert "Title of the story" not in [each.label for each in app.text_input]


def test_form_saves_no_story_after_permission_is_withdrawn(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    app = open_part("write", edit="read")
    next(each for each in app.text_input if each.label == "Title of the story").set_value("Invented otherwise").run()
    before = standing(path)
    monkeypatch.delenv("CXDATA_EDITING")
    next(each for each in app.button if each.label == "Save to the database").click().run()
    assert not app.exception
    assert standing(path) == before


def test_edited_story_needs_a_review_by_somebody_else(path: Path) -> None:
    app = open_part("write", edit="read")
    title = next(each for each in app.text_input if each.label == "Title of the story")
    title.set_value("Invented otherwise").run()
    save = next(each for each in app.button if each.label == "Save to the database")
    save.click().run()
    assert not app.exception
    assert "is on no page until somebody else publishes it" in app.success[0].value
    app = open_part("review")
    assert "2 stories of this batch count on no page yet" in " ".join(each.value for each in app.caption)
    app.selectbox("review-story").set_value("read").run()
    assert [each.value for each in app.code] == [
        '- title = "The tale of read"\n+ title = "Invented otherwise"',
    ]
    buttons = {each.key: each for each in app.button}
    assert buttons["story-published"].disabled
    buttons["batch-published"].click().run()
    assert "read: edited by Reader B. Somebody else has to read it" in app.error[0].value.replace("\\", "")


@pytest.mark.parametrize(
    ("story", "why"), [("shipped-0", "comes with the program. Edit it in its file"), ("nobody", "The database has")]
)
def test_form_names_a_story_that_cannot_be_edited(path: Path, story: str, why: str) -> None:
    app = open_part("write", edit=story)
    assert why in app.error[0].value.replace("\\", "")
    assert [each.label for each in app.button] == ["Write a new story instead"]
    app.button[0].click().run()
    assert not app.error
    assert [each.label for each in app.text_input if each.label == "Title of the story"]
