"""A story form on a page of its own, run by Streamlit's AppTest, over the shipped stories; and an invented story."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest
from test_pages import forget, said

from cxdata.store import build_database
from pages.add.story_form import form
from pages.add.story_form.form_state import NEW
from pages.ui import permissions


@pytest.fixture(scope="module")
def shipped(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The pages read the shipped stories."""
    file = tmp_path_factory.mktemp("form") / "shipped.duckdb"
    build_database(file)
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("CXDATA_DATABASE", str(file))
        environment.setenv("CXDATA_EDITING", "local")
        environment.setattr(permissions, "_sits_here", lambda: True)  # AppTest comes from nowhere
        forget()
        yield file
        forget()
        form._known.cache_clear()


@pytest.fixture(autouse=True)
def no_drafts(shipped: Path) -> None:
    for file in shipped.with_name("shipped.duckdb.drafts").glob("*"):
        file.unlink()


def page(editor: str, edits: str | None) -> None:
    import streamlit as st  # noqa: PLC0415 - AppTest runs the text of this function alone

    from cxdata.store.records.story_reader import read_story  # noqa: PLC0415
    from pages.add.story_form.form import reset_form, show_form  # noqa: PLC0415
    from pages.ui.cache import get_connection  # noqa: PLC0415

    story = read_story(get_connection(), edits) if edits else None
    told = show_form(editor, story=story)
    if told is not None:
        st.session_state["told"] = told
    if st.button("It is saved"):
        reset_form(editor, story)


def open_form(editor: str = "Editor A", edits: str | None = None) -> AppTest:
    app = AppTest.from_function(page, default_timeout=60, kwargs={"editor": editor, "edits": edits}).run()
    assert not app.exception
    return app


WHOSE = re.compile(r"^(Encounter|Effort|Promise) \d+: ")
KINDS = ("text_input", "text_area", "selectbox", "multiselect", "number_input", "button")


def widget(app: AppTest, label: str, place: int = 0) -> Any:
    """A widget by its label, or by what follows 'Encounter 2: ' in it."""
    found = [each for kind in KINDS for each in getattr(app, kind) if label in (each.label, WHOSE.sub("", each.label))]
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
        Sector_of_the_company="Retail",
        Country_of_the_company__two_letters="GB",
        Other_spellings_of_its_name__with_commas_between="Kettles, Invented, ",
        Job_the_customer_wanted_done="buy_a_gift",
        Title_of_the_story="An invented kettle comes cold",
        Summary_of_the_story="Invented for a test: a kettle comes late and works.",
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
        Author_of_the_source="Nobody",
        Kind_of_source="blog post",
        Source_published_on="2018",
        Address_of_the_source="https://example.org/kettle",
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
    press(app, "Add effort to encounter 1")
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
