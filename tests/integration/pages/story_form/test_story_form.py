"""The story form: input, preview, order of encounters, edits and faults."""

from collections import Counter
from pathlib import Path
from typing import Any

import pytest
import streamlit as st

from cxdata.codebook.codes import load_codebook
from cxdata.editing.drafts import list_drafts
from cxdata.editing.stories import UNREAD
from cxdata.errors import FieldPath
from cxdata.resources import STORIES
from cxdata.store.records.story_reader import read_story
from cxdata.stories import Encounter, Story, parse_story
from cxdata.stories.records import Company, EffortEvent, Promise, Record, Sign, Source
from pages.add.story_form.content import NEW
from pages.add.story_form.drafts import Form, delete_own_draft
from pages.add.story_form.fields import name_place
from pages.add.story_form.record import existing_names
from pages.add.story_form.sections import story_section
from pages.ui import cache
from tests.fixtures.pages import AppTest, page_text
from tests.fixtures.story_form import (
    KINDS,
    WHOSE,
    fill,
    no_drafts,
    open_form,
    press,
    shipped,
    todo,
    widget,
    write_invented_story,
)

__all__ = ["no_drafts", "shipped"]  # fixtures

NAMES = sorted(path.stem for path in STORIES.glob("*.toml"))


def test_filled_in_form_saves_a_draft_story(shipped: Path) -> None:
    app = write_invented_story(open_form())
    assert todo(app) == []
    driver = load_codebook()["drivers"]["repeat_contact"]
    points = driver.hassle_points * 2 + 30 / 5  # type: ignore[attr-defined] # twice, and half an hour
    assert f"Effort: {points:g} points" in page_text(app)
    assert "One customer’s feeling rose from −3" in page_text(app)
    press(app, "Save to the database")
    told: Story = app.session_state["told"]
    assert (told.story, told.status, told.coder) == (
        "invented-kettles-an-invented-kettle-comes-cold",
        "draft",
        "Editor A",
    )
    assert told.company.model_dump() == {
        "name": "Invented Kettles",
        "sector": "Retail",
        "country": "GB",
        "aliases": ("Kettles", "Invented"),
    }
    assert (told.source.id, told.source.published) == ("nobody-an-invented-page", "2018")
    assert (told.happened_on, told.happened_basis, told.verdict, told.ces) == ("2017-12", "told", "shame", 3)
    first, second = told.encounters
    assert (first.feeling, first.emotions, first.started_by) == (-3, ("anger", "worry"), "company")
    assert [(event.driver, event.times, event.minutes) for event in first.effort] == [("repeat_contact", 2, 30.0)]
    assert (second.touchpoint, second.effort, second.demand, second.stage) == ("product", (), None, None)
    assert (told.promises, told.signs, told.notes) == ((), (), None)


def test_downloaded_story_file_reads_back_equal(monkeypatch: pytest.MonkeyPatch) -> None:
    offered: list[tuple[str, str]] = []
    monkeypatch.setattr(st, "download_button", lambda _, file, name, *__, **___: offered.append((file, name)))
    app = open_form()
    assert offered[-1] == ("", "story.toml")
    write_invented_story(app)
    press(app, "Save to the database")
    file, name = offered[-1]
    assert name == "invented-kettles-an-invented-kettle-comes-cold.toml"
    assert parse_story(file.encode(), load_codebook(), name) == app.session_state["told"]


def test_form_reports_a_story_too_long_for_a_file() -> None:
    app = press(open_form(edits="ao-laptop"), "Edit step 1")
    long = "\N{RABBIT}" * 4000  # 16 kB each
    form = app.session_state["story-form Editor A ao-laptop"]
    for encounter in form.content["encounters"]:
        encounter["summary"] = long
        encounter["effort"] = [{"key": f"e{n}", "driver": "worry", "evidence": long} for n in range(2)]
    widget(app, "What happened").set_value(long)
    press(app, "Add a promise")
    press(app, f"Remove promise {len(form.content['promises'])}")
    assert any("at most 256,000 bytes" in fault for fault in todo(app))
    assert any("too large to save" in warning.value for warning in app.warning)
    assert widget(app, "Save to the database").disabled


def test_empty_form_lists_every_required_field() -> None:
    app = open_form()
    for missing in (
        "Title of the story",
        "Job the customer wanted done",
        "Summary of the story",
        "Outcome",
        "The author’s own verdict",
        "Company",
        "Source",
    ):
        assert f"{missing} is missing" in todo(app)
    assert "encounters: there is none. At least one is needed" in todo(app)
    assert widget(app, "Save to the database").disabled
    press(app, "Add a step")
    press(app, "Add effort to step 1")
    for missing in ("Touchpoint", "In short", "What happened", "Who acted", "effort 1: Effort type"):
        assert f"step 1: {missing} is missing" in todo(app)


FAULTS = [
    ("Title of the story", "", "Title of the story is missing"),
    ("Summary of the story", "  ", "Summary of the story is missing"),
    ("Job the customer wanted done", None, "Job the customer wanted done is missing"),
    ("Outcome", None, "Outcome is missing"),
    ("The author’s own verdict", None, "The author’s own verdict is missing"),
    (
        "When it happened",
        "last year",
        "When it happened &#x27;last year&#x27; is not a date. Write YYYY, YYYY-MM or YYYY-MM-DD",
    ),
    ("When it happened", "", "When it happened and How this is known go together: give both or neither"),
    ("How this is known", None, "When it happened and How this is known go together: give both or neither"),
    ("Company", None, "Company is missing"),
    ("Company", NEW, "Company is missing"),
    ("Source", None, "Source is missing"),
    ("Touchpoint", None, "step 1: Touchpoint is missing"),
    ("In short", "", "step 1: In short is missing"),
    ("Who acted", None, "step 1: Who acted is missing"),
    ("Where in the source", "", "step 1: Where in the source is missing"),
    ("Claim", "", "promise 1: Claim is missing"),
    ("How it turned out", None, "promise 1: How it turned out is missing"),
]


@pytest.fixture(scope="module")
def edited(shipped: Path) -> AppTest:
    app = open_form("Editor of faults", edits="ao-laptop")
    return press(app, "Edit step 1")


@pytest.mark.parametrize(("label", "value", "fault"), FAULTS)
def test_fault_is_listed_until_it_is_fixed(edited: AppTest, label: str, value: Any, fault: str) -> None:
    before = widget(edited, label).value
    widget(edited, label).set_value(value).run()
    assert not edited.exception
    assert fault in todo(edited)
    assert widget(edited, "Save to the database").disabled
    widget(edited, label).set_value(before).run()
    assert todo(edited) == []


def test_id_is_proposed_editable_and_proposed_again_when_empty() -> None:
    app = open_form()
    fill(app, Company="AO.com", Title_of_the_story="An invented tale")
    assert widget(app, "Id of the story").value == "ao-com-an-invented-tale"
    fill(app, Id_of_the_story="my-own")
    fill(app, Title_of_the_story="An invented tale, told again")
    assert widget(app, "Id of the story").value == "my-own"
    fill(app, Id_of_the_story="My Own")
    assert any("lower-case words joined by hyphens" in fault for fault in todo(app))
    fill(app, Id_of_the_story="ao-laptop")
    assert any("is in the database. Choose another name" in fault for fault in todo(app))
    fill(app, Id_of_the_story="")
    assert widget(app, "Id of the story").value == "ao-com-an-invented-tale-told-again"


def test_encounters_can_be_moved_and_removed() -> None:
    app = open_form(edits="ao-laptop")

    def order() -> list[str]:
        return [
            each.value.strip("*") for each in app.markdown if each.value.startswith("**") and each.value[2].isdigit()
        ]

    first, second = order()[:2]
    press(app, "Move step 1 down")
    assert [each[2:] for each in order()[:2]] == [second[2:], first[2:]]
    press(app, "Move step 2 up")
    assert order()[:2] == [first, second]
    total = len(order())
    press(app, "Remove step 1")
    assert (len(order()), order()[0][2:]) == (total - 1, second[2:])


@pytest.mark.parametrize("name", NAMES)
def test_edit_without_changes_returns_the_same_story(name: str) -> None:
    app = open_form(edits=name)
    story = read_story(cache.get_connection(), name)
    for number in {1, len(story.encounters)}:
        press(app, f"Edit step {number}")
    press(app, "Save to the database")
    assert app.session_state["told"] == story.model_copy(update=UNREAD)  # an edit clears the review
    assert list_drafts(cache.get_engine()).kept == ()


def test_form_warns_that_a_new_company_exists() -> None:
    app = fill(open_form(), Company=NEW)
    fill(app, Name_of_the_company="ao")
    assert [warning.value.replace("\\", "") for warning in app.warning] == [
        "AO.com is there already. Choose it above if you mean it."
    ]


def test_entered_text_is_escaped() -> None:
    app = fill(open_form(), Company=NEW)
    fill(app, Name_of_the_company="<script>alert(1)</script>", Title_of_the_story="[x](javascript:alert)")
    press(app, "Add a step")
    fill(app, Touchpoint="phone", In_short="<b>$x$ :red[x]")
    assert "<script>" not in page_text(app)
    assert not any(":red[" in each.value for each in app.markdown)


def test_every_widget_has_a_unique_visible_label() -> None:
    """A screen reader reads one field at a time, so each label names its encounter, effort or promise."""
    app = open_form(edits="argos-laptop")
    press(app, "Edit step 2")
    for _ in range(2):
        press(app, "Add effort to step 2")
        press(app, "Add a promise")
    shown = [each for kind in KINDS for each in getattr(app, kind)]
    labels = [each.label.strip() for each in shown]
    assert "" not in labels
    assert [label for label, times in Counter(labels).items() if times > 1] == []
    assert {"Step 2: Touchpoint", "Effort 1: Effort type", "Effort 2: Effort type", "Promise 2: Claim"} <= set(labels)
    assert all(each.proto.label_visibility.value == 0 for each in shown if hasattr(each.proto, "label_visibility"))


def test_entered_values_follow_their_encounter() -> None:
    app = press(open_form(edits="argos-laptop"), "Edit step 1")
    fill(app, In_short="An invented first")
    press(app, "Move step 1 down")
    assert widget(app, "Step 2: In short").value == "An invented first"
    press(app, "Add a step")
    press(app, "Edit step 2")
    assert widget(app, "Step 2: In short").value == "An invented first"


def test_draft_of_another_editor_is_not_deleted() -> None:
    fill(open_form("Editor A"), Title_of_the_story="Invented by A")
    (kept,) = list_drafts(cache.get_engine()).kept
    form = Form("x", "Editor B", None, {}, "")
    delete_own_draft(form, kept.draft)
    assert [draft.draft for draft in list_drafts(cache.get_engine()).kept] == [kept.draft]


def test_every_field_of_a_story_is_named_by_the_label_of_its_widget() -> None:
    app = open_form(edits="argos-laptop")
    fill(app, Company=NEW, Source=NEW, Effort="part")
    press(app, "Edit step 1")
    press(app, "Add effort to step 1")
    press(app, "Add a promise")
    shown = {WHOSE.sub("", each.label) for kind in KINDS for each in getattr(app, kind)}
    content = app.session_state["story-form Editor A argos-laptop"].content
    section = story_section(existing_names(None), Form("x", "Editor A", None, {}, ""), is_new=True)
    records: list[tuple[FieldPath, type[Record]]] = [
        ((), Story),
        (("company",), Company),
        (("source",), Source),
        (("encounters", 0), Encounter),
        (("encounters", 0, "effort", 0), EffortEvent),
        (("promises", 0), Promise),
        (("signs", 0), Sign),
    ]
    unnamed = {
        (*(step for step in owner if isinstance(step, str)), name)
        for owner, record in records
        for name in record.model_fields
        if name_place(section, (*owner, name), content).rpartition(": ")[2] not in shown
    }
    # a list or a text without a widget of its own, and what the form fills in itself
    assert unnamed == {
        ("encounters",), ("promises",), ("signs",), ("encounters", "effort"), ("company", "aliases"), ("source", "id"),
        ("signs", "sign"), ("status",), ("coder",), ("coded_on",), ("reviewer",), ("reviewed_on",),
    }  # fmt: skip
