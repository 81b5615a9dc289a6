"""The page of one company: its verdict, what is known of it, and the way to its stories."""

from collections.abc import Callable
from pathlib import Path

import duckdb
import pytest

from cxdata.questions.ask import ask_rows
from cxdata.store import build_database
from tests.fixtures.pages import AppTest, open_page, page_text
from tests.fixtures.stories import make_story, step, work

Make = Callable[..., duckdb.DuckDBPyConnection]


@pytest.fixture
def shipped(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path_factory.mktemp("company") / "shipped.duckdb"
    build_database(path)
    monkeypatch.setenv("CXDATA_DATABASE", str(path))


def test_without_a_choice_every_company_is_listed_with_a_link(shipped: None) -> None:
    text = page_text(open_page("company"))
    assert "8 companies, A to Z." in text
    assert 'href="company?story_kind=customer_story&amp;company=AO.com"' in text


def open_company(company: str) -> AppTest:
    return open_page("company").selectbox(key="company").set_value(company).run()


def test_chosen_company_is_shown_with_its_verdict_and_its_touchpoints(shipped: None) -> None:
    app = open_company("AO.com")
    text = page_text(app)
    assert not app.exception
    assert "One customer’s experience of AO.com: −3.5" in text
    assert "1 of 1</dd><dt>story read for effort" in text
    for file in ("pack.pptx", "pack.pdf", "feed.atom"):
        assert f'href="{file}?companies=AO.com&amp;story_kind=customer_story"' in text, file
    best, worst = text.split("<h3>Worst</h3>")
    assert ">Website</a>" in best
    assert ">Phone call</a>" in worst.split("<h2")[0]


def choose() -> None:
    import streamlit as st  # noqa: PLC0415

    from pages.ui.filters.subject import choose_company  # noqa: PLC0415

    st.text(choose_company())


@pytest.mark.parametrize(("asked", "chosen"), [("AO.com", "AO.com"), ("AO.co", "None")])
def test_company_of_the_address_is_chosen_and_an_unknown_one_is_not(shipped: None, asked: str, chosen: str) -> None:
    app = AppTest.from_function(choose, default_timeout=60)
    app.query_params["company"] = asked
    app.run()
    assert app.text[0].value == chosen


def test_measures_that_nobody_read_the_stories_for_have_no_chart(
    database_of: Make, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "unread.duckdb"
    read = {f"read_{measure}": "none" for measure in ("feeling", "effort", "promises", "signs")}
    database_of(
        *[make_story(f"s-{n}", step(None), company="Zerotel", **read) for n in range(2)], path=str(path)
    ).close()
    monkeypatch.setenv("CXDATA_DATABASE", str(path))
    text = page_text(open_company("Zerotel"))
    assert "Zerotel is not rated: its 2 stories were not read for feelings" in text
    assert text.count("0 of 2</dd>") == 3
    assert "unknown</dd><dt>effort points" in text
    assert "Nobody has read" not in text


def test_touchpoints_are_the_means_of_their_steps_and_name_the_strongest(database_of: Make) -> None:
    stories = [
        make_story("one", step(3, touchpoint="phone"), step(-4, work("disputing"), touchpoint="email"), company="A"),
        make_story("two", step(5, touchpoint="phone"), step(None, touchpoint="website"), company="A"),
        make_story("three", step(-5, touchpoint="phone"), company="B"),
    ]
    with database_of(*stories) as database:
        found = ask_rows(database, "company_touchpoints", {"company": "A"})
    columns = ("touchpoint", "mean_feeling", "feeling_count", "story_count", "story", "step")
    assert [tuple(row[column] for column in columns) for row in found] == [
        ("phone", 4, 2, 2, "two", 1),
        ("email", -4, 1, 1, "one", 2),
    ]
