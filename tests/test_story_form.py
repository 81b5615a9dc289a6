"""The form to write one story, run by Streamlit's AppTest: filled in, moved about, kept, taken up again, edited."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest
from test_pages import forget, said

from cxdata.codebook import shipped_codebook
from cxdata.database import build
from cxdata.database.read_back import story_record
from cxdata.intake.drafts import drafts, save_draft
from cxdata.places import SHIPPED_STORIES
from cxdata.stories import Story, read_story
from pages.shared import data, story_form
from pages.shared.story_content import NEW

NAMES = sorted(path.stem for path in SHIPPED_STORIES.glob("*.toml"))


@pytest.fixture(scope="module")
def shipped(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The pages read the shipped stories."""
    file = tmp_path_factory.mktemp("form") / "shipped.duckdb"
    build(file)
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("CXDATA_DATABASE", str(file))
        forget()
        yield file
        forget()
        story_form._known.cache_clear()


@pytest.fixture(autouse=True)
def no_drafts(shipped: Path) -> None:
    for file in shipped.with_name("shipped.duckdb.drafts").glob("*"):
        file.unlink()


def page(editor: str, edits: str | None) -> None:
    import streamlit as st  # noqa: PLC0415 - AppTest runs the text of this function alone

    from cxdata.database.read_back import story_record  # noqa: PLC0415
    from pages.shared.data import database  # noqa: PLC0415
    from pages.shared.story_form import story_form, story_saved  # noqa: PLC0415

    story = story_record(database(), edits) if edits else None
    told = story_form(editor, story=story)
    if told is not None:
        st.session_state["told"] = told
    if st.button("It is saved"):
        story_saved(editor, story)


def open_form(editor: str = "Editor A", edits: str | None = None) -> AppTest:
    app = AppTest.from_function(page, default_timeout=60, kwargs={"editor": editor, "edits": edits}).run()
    assert not app.exception
    return app


KINDS = ("text_input", "text_area", "selectbox", "multiselect", "number_input", "button")


def widget(app: AppTest, label: str, place: int = 0) -> Any:
    found = [each for kind in KINDS for each in getattr(app, kind) if each.label == label]
    assert found, f"{label}; there are {[each.label for kind in KINDS for each in getattr(app, kind)]}"
    return found[place]


def fill(app: AppTest, **told: Any) -> AppTest:
    """Fill in by label, an underscore for a space; one rerun."""
    for label, value in told.items():
        widget(app, label.replace("__", ", ").replace("_", " ")).set_value(value)
    app.run()
    assert not app.exception
    return app


def press(app: AppTest, label: str, place: int = 0) -> AppTest:
    widget(app, label, place).click().run()
    assert not app.exception
    return app


def todo(app: AppTest) -> list[str]:
    html = next(each for each in said(app).split("<h2") if "Still to do" in each)
    return [item.partition("</li>")[0] for item in html.split("<li>")[1:]]


def write_invented_story(app: AppTest) -> AppTest:
    fill(app, Company=NEW)
    fill(
        app,
        Name_of_the_company="Invented Kettles",
        Sector="Retail",
        Country__two_letters="GB",
        Other_spellings__with_commas_between="Kettles, Invented, ",
        Job_the_customer_wanted_done="buy_a_gift",
        Title="An invented kettle comes cold",
        Summary="Invented for a test: a kettle comes late and works.",
        When_it_happened="2017-12",
        How_this_is_known="told",
        Outcome="resolved",
        Loyalty="loyal",
        Source=NEW,
    )
    widget(app, "The author’s own verdict").set_value("shame")
    fill(
        app,
        Customer_effort_score=3,
        Title_of_the_source="An invented page",
        Author="Nobody",
        Kind="blog post",
        Published_on="2018",
        Address="https://example.org/kettle",
    )
    press(app, "Add an encounter")
    fill(
        app,
        Touchpoint="delivery",
        In_short="The kettle comes late",
        What_happened="Invented: it comes a week late.",
        Feeling=-3,
        Emotions_named=["anger", "worry"],
        Who_made_the_move="company",
        Where_the_account_tells_it="first line",
    )
    press(app, "Add effort")
    fill(app, Driver="repeat_contact", Times=2, Minutes=30.0, Evidence="Invented: two calls.")
    press(app, "Add an encounter")
    return fill(
        app,
        Touchpoint="product",
        In_short="It works",
        What_happened="Invented: it works.",
        Feeling=2,
        Who_made_the_move="customer",
        Where_the_account_tells_it="last line",
    )


def test_a_whole_story_is_written_seen_and_given_back(shipped: Path) -> None:
    app = write_invented_story(open_form())
    assert todo(app) == []
    driver = shipped_codebook()["drivers"]["repeat_contact"]
    points = driver.points * 2 + driver.points_per_hour / 2  # type: ignore[attr-defined] # twice, and half an hour
    assert f"Effort: {points:g} points" in said(app)
    assert "Invented Kettles: feeling rises from −3" in said(app)
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


def test_a_whole_story_can_be_downloaded_as_a_file_that_reads_back(monkeypatch: pytest.MonkeyPatch) -> None:
    offered: list[tuple[str, str]] = []
    monkeypatch.setattr(st, "download_button", lambda _, file, name, *__, **___: offered.append((file, name)))
    app = open_form()
    assert offered[-1] == ("", "story.toml")
    write_invented_story(app)
    press(app, "Save to the database")
    file, name = offered[-1]
    assert name == "invented-kettles-an-invented-kettle-comes-cold.toml"
    assert read_story(file.encode(), shipped_codebook(), name) == app.session_state["told"]


def test_a_story_too_long_for_a_file_says_so() -> None:
    app = press(open_form(edits="ao-laptop"), "Edit encounter 1")
    long = "\N{RABBIT}" * 4000  # 16 kB each
    form = app.session_state["story-form Editor A ao-laptop"]
    for encounter in form.content["encounters"]:
        encounter["summary"] = long
        encounter["effort"] = [{"key": f"e{n}", "driver": "worry", "evidence": long} for n in range(2)]
    widget(app, "What happened").set_value(long)
    press(app, "Add a promise")
    press(app, f"Remove promise {len(form.content['promises'])}")
    assert any("larger than 256,000 bytes" in fault for fault in todo(app))
    assert any("are the most that are kept" in warning.value for warning in app.warning)
    assert widget(app, "Save to the database").disabled


def test_an_empty_form_names_all_that_a_story_needs() -> None:
    app = open_form()
    for missing in ("title", "job", "summary", "outcome", "verdict", "company", "source"):
        assert f"{missing} is missing" in todo(app)
    assert "encounters: there is none; at least one is needed" in todo(app)
    assert widget(app, "Save to the database").disabled
    press(app, "Add an encounter")
    press(app, "Add effort")
    for missing in ("touchpoint", "short", "summary", "started_by", "locator", "effort event 1: driver"):
        assert f"encounter 1: {missing} is missing" in todo(app)


FAULTS = [
    ("Title", "", "title is missing"),
    ("Summary", "  ", "summary is missing"),
    ("Job the customer wanted done", None, "job is missing"),
    ("Outcome", None, "outcome is missing"),
    ("The author’s own verdict", None, "verdict is missing"),
    (
        "When it happened",
        "last year",
        "happened_on &#x27;last year&#x27; is not a date; write YYYY, YYYY-MM or YYYY-MM-DD",
    ),
    ("When it happened", "", "happened_on and happened_basis (told, inferred) go together: give both or neither"),
    ("How this is known", None, "happened_on and happened_basis (told, inferred) go together: give both or neither"),
    ("Company", None, "company is missing"),
    ("Company", NEW, "company is missing"),
    ("Source", None, "source is missing"),
    ("Touchpoint", None, "encounter 1: touchpoint is missing"),
    ("In short", "", "encounter 1: short is missing"),
    ("Who made the move", None, "encounter 1: started_by is missing"),
    ("Where the account tells it", "", "encounter 1: locator is missing"),
    ("Claim", "", "promise 1: claim is missing"),
    ("What became of it", None, "promise 1: kept is missing"),
]


@pytest.fixture(scope="module")
def edited(shipped: Path) -> AppTest:
    app = open_form("Editor of faults", edits="ao-laptop")
    return press(app, "Edit encounter 1")


@pytest.mark.parametrize(("label", "value", "fault"), FAULTS)
def test_every_fault_is_named_and_goes_when_it_is_mended(edited: AppTest, label: str, value: Any, fault: str) -> None:
    before = widget(edited, label).value
    widget(edited, label).set_value(value).run()
    assert not edited.exception
    assert fault in todo(edited)
    assert widget(edited, "Save to the database").disabled
    widget(edited, label).set_value(before).run()
    assert todo(edited) == []


def test_an_id_is_offered_may_be_changed_and_comes_back_when_it_is_emptied() -> None:
    app = open_form()
    fill(app, Company="AO.com", Title="An invented tale")
    assert widget(app, "Id of the story").value == "ao-com-an-invented-tale"
    fill(app, Id_of_the_story="my-own")
    fill(app, Title="An invented tale, told again")
    assert widget(app, "Id of the story").value == "my-own"
    fill(app, Id_of_the_story="My Own")
    assert any("lower-case words joined by hyphens" in fault for fault in todo(app))
    fill(app, Id_of_the_story="ao-laptop")
    assert any("is in the database; call this one otherwise" in fault for fault in todo(app))
    fill(app, Id_of_the_story="")
    assert widget(app, "Id of the story").value == "ao-com-an-invented-tale-told-again"


def test_encounters_move_and_go() -> None:
    app = open_form(edits="ao-laptop")

    def order() -> list[str]:
        return [
            each.value.strip("*") for each in app.markdown if each.value.startswith("**") and each.value[2].isdigit()
        ]

    first, second = order()[:2]
    press(app, "Move 1 down")
    assert [each[2:] for each in order()[:2]] == [second[2:], first[2:]]
    press(app, "Move 2 up")
    assert order()[:2] == [first, second]
    total = len(order())
    press(app, "Remove 1")
    assert (len(order()), order()[0][2:]) == (total - 1, second[2:])


@pytest.mark.parametrize("name", NAMES)
def test_a_story_that_is_edited_and_left_as_it_is_comes_back_unchanged(name: str) -> None:
    app = open_form(edits=name)
    story = story_record(data.database(), name)
    for number in {1, len(story.encounters)}:
        press(app, f"Edit encounter {number}")
    press(app, "Save to the database")
    assert app.session_state["told"] == story
    assert drafts(Path(data.database_path())).kept == ()


def test_what_is_written_is_taken_up_again_after_a_reload(shipped: Path) -> None:
    written = write_invented_story(open_form())
    other = open_form("Editor B")
    assert not [box for box in other.selectbox if "draft" in box.label]
    again = open_form()
    assert "title is missing" in todo(again)
    assert "An invented kettle comes cold" in widget(again, "You have 1 draft").options[0]
    press(again, "Take it up")
    assert todo(again) == []
    press(again, "Save to the database")
    press(written, "Save to the database")
    assert again.session_state["told"] == written.session_state["told"]
    assert len(drafts(shipped).kept) == 1


def test_a_draft_goes_once_its_story_is_saved(shipped: Path) -> None:
    app = write_invented_story(open_form())
    press(app, "It is saved")
    app.run()
    assert drafts(shipped).kept == ()
    assert "title is missing" in todo(app)


def test_a_draft_can_be_dropped_and_a_form_begun_anew(shipped: Path) -> None:
    app = fill(open_form(), Title="An invented tale")
    press(app, "Begin anew")
    assert widget(app, "Title").value == ""
    press(app, "Drop it")
    assert drafts(shipped).kept == ()


def test_an_empty_form_keeps_no_draft(shipped: Path) -> None:
    open_form().run()
    assert drafts(shipped).kept == ()


ODD: list[dict[str, Any]] = [
    {"encounters": ["not a table"]},
    {"encounters": [{"touchpoint": "phone"}]},  # no key
    {"encounters": [{"key": "a", "effort": {"driver": "worry"}}]},
    {"encounters": [{"key": "a", "emotions": "worry"}]},
    {"encounters": [{"key": "a", "feeling": "bad"}]},
    {"promises": None},
    {"signs": [{"sign": ["a list"]}]},
    {"company": "Acme"},
    {"company_choice": ["a list"]},
    {"title": 7},
]


@pytest.mark.parametrize("odd", ODD, ids=str)
def test_damaged_drafts_are_told_of_and_keep_nobody_from_writing(shipped: Path, odd: dict[str, Any]) -> None:
    save_draft(shipped, "0" * 16, "Editor A", {"edits": None, "story": odd})
    (shipped.with_name("shipped.duckdb.drafts") / "broken0000.json").write_text("{")
    app = open_form()
    assert any("broken0000" in warning.value for warning in app.warning)
    press(app, "Take it up")
    assert any("is damaged and cannot be taken up" in warning.value for warning in app.warning)
    fill(app, Title="An invented tale")
    assert len(drafts(shipped).kept) == 2


def test_a_draft_with_codes_and_figures_of_no_meaning_opens(shipped: Path) -> None:
    event = {"key": "b", "driver": "no_such", "times": 10**9, "minutes": float("nan")}
    encounter = {"key": "a", "touchpoint": "no_such", "feeling": 99, "emotions": ["no_such"], "effort": [event]}
    odd = {"encounters": [encounter], "title": "x" * 500, "ces": 99, "signs": [{"sign": "no_such", "shown": True}]}
    save_draft(shipped, "0" * 16, "Editor A", {"edits": None, "story": odd})
    app = press(open_form(), "Take it up")
    press(app, "Edit encounter 1")
    assert "encounter 1: touchpoint is missing" in todo(app)


def test_a_company_that_is_known_is_not_made_twice() -> None:
    app = fill(open_form(), Company=NEW)
    fill(app, Name_of_the_company="ao")
    assert [warning.value.replace("\\", "") for warning in app.warning] == [
        "AO.com is known already. If it is meant, choose it above."
    ]


def test_words_are_shown_as_words() -> None:
    app = fill(open_form(), Company=NEW)
    fill(app, Name_of_the_company="<script>alert(1)</script>", Title="[x](javascript:alert)")
    press(app, "Add an encounter")
    fill(app, Touchpoint="phone", In_short="<b>$x$ :red[x]")
    assert "<script>" not in said(app)
    assert not any(":red[" in each.value for each in app.markdown)


def test_every_widget_has_a_label_of_its_own_and_shows_it() -> None:
    app = open_form(edits="argos-laptop")
    press(app, "Edit encounter 2")
    shown = [each for kind in KINDS for each in getattr(app, kind)]
    assert all(each.label.strip() for each in shown)
    assert all(each.proto.label_visibility.value == 0 for each in shown if hasattr(each.proto, "label_visibility"))
