"""The halls on the Overview and on Fame and shame: companies from five stories, single stories below."""

import re
from collections.abc import Callable
from pathlib import Path

import duckdb
import pytest

from cxdata.store import build_database
from tests.fixtures.pages import open_page, page_text
from tests.fixtures.stories import make_story, step

Make = Callable[..., duckdb.DuckDBPyConnection]
PAGES = ("overview", "fame_and_shame")
FEELINGS = {"Best": [4, 5, 5, 4, 5, 3], "Worst": [-4, -5, -3, -4, -4], "Middle": [1, 0, 1, -1, 2], "Few": [3, -3]}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory, database_of: Make) -> Path:
    made = tmp_path_factory.mktemp("halls")
    build_database(made / "shipped.duckdb")
    stories = [
        make_story(f"{company.lower()}-{number}", step(feeling), company=company)
        for company, feelings in FEELINGS.items()
        for number, feeling in enumerate(feelings)
    ]
    silent = make_story("silent", step(None), company="Silent")
    database_of(*stories, silent, path=str(made / "rated.duckdb")).close()
    unread = [make_story(f"unread-{n}", step(None), company=f"Unread {n}", read_feeling="none") for n in range(2)]
    database_of(*unread, path=str(made / "unread.duckdb")).close()
    return made


@pytest.fixture
def words(request: pytest.FixtureRequest, folder: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """The text of a page over a database."""
    page, stock = request.param
    monkeypatch.setenv("CXDATA_DATABASE", str(folder / f"{stock}.duckdb"))
    app = open_page(page)
    assert not app.exception
    return page_text(app)


def over(stock: str) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("words", [(page, stock) for page in PAGES], indirect=True, ids=PAGES)


def halls(words: str) -> dict[str, list[tuple[str, str, str]]]:
    """Give the entries of each hall: name, figure and details."""
    sections = dict(re.findall(r'<section class="cx-hall cx-(\w+)">(.*?)</section>', words, flags=re.DOTALL))
    entry = r'<li><a href="[^"]*"[^>]*>(.*?)</a><span[^>]*>(.*?)</span><small>(.*?)</small></li>'
    return {
        hall: [(name, figure, re.sub("<.*?>", "", details)) for name, figure, details in re.findall(entry, section)]
        for hall, section in sections.items()
    }


@over("shipped")
def test_single_stories_stand_with_title_company_and_experience(words: str) -> None:
    found = halls(words)
    assert [figure for _, figure, _ in found["fame"]] == ["+5", "+4.5", "+4", "+2"]
    assert [figure for _, figure, _ in found["shame"]] == ["−3.5", "−3", "−2.5"]
    title, _, details = found["shame"][0]
    assert title.startswith("Easy to buy, a fight to send back")
    assert details.startswith("AO.com · ")
    assert 'href="stories?story_kind=customer_story&amp;story=ao-laptop"' in words
    assert "7 companies are not rated: each has fewer than 5 stories that say how the customer felt." in words
    assert "1 company is not rated: its story does not say how the customer felt." in words


@over("shipped")
def test_gratitude_and_contempt_are_said_where_they_are_coded(words: str) -> None:
    named = {details.split(" · ")[0]: details for entries in halls(words).values() for _, _, details in entries}
    assert [company for company, details in named.items() if "contempt named" in details] == ["AO.com"]
    assert "gratitude named" not in named["Argos"]
    assert "gratitude named" in named["Amazon"]
    assert "earned gratitude" not in words
    assert "earned contempt" not in words


@over("rated")
def test_rated_companies_come_first_and_then_single_stories(words: str) -> None:
    found = halls(words)
    # with rated companies in both halls the Overview leaves single stories to the page Fame and shame
    is_overview = "Five questions" in words
    fame, shame = [("Best", "+4.3"), ("The tale of few-0", "+3")], [("Worst", "−4"), ("The tale of few-1", "−3")]
    assert [(name, figure) for name, figure, _ in found["fame"]] == fame[: 1 if is_overview else 2]
    assert [(name, figure) for name, figure, _ in found["shame"]] == shame[: 1 if is_overview else 2]
    assert found["fame"][0][2].startswith("6 stories · ")
    assert "1 company is in neither hall: Middle +0.6 over 5 stories." in words
    assert "1 company is not rated: it has fewer than 5 stories that say how the customer felt." in words


@over("unread")
def test_halls_say_that_nobody_read_the_stories_for_feelings(words: str) -> None:
    assert halls(words) == {}  # two empty lists would say it again
    assert "Nobody has read these 2 stories for feelings." in words


def test_overview_answers_questions_and_links_to_the_pages_behind(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CXDATA_DATABASE", str(folder / "rated.duckdb"))
    doors = page_text(open_page("overview")).partition('<dl class="cx-doors">')[2]
    assert "Best is in the hall of fame, Worst in the hall of shame." in doors
    for link in ("fame-and-shame?story_kind=", "effort?story_kind=", "part=fix", "change?story_kind=", "studio"):
        assert f'href="{link}' in doors or link in doors


def test_overview_of_unread_stories_says_so_once_and_lists_the_companies(
    folder: Path, database_of: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    read = {f"read_{measure}": "none" for measure in ("feeling", "effort")}
    stories = [make_story(f"s-{n}", step(None), company=f"Hotel {n}", **read) for n in range(2)]
    database_of(*stories, path=str(folder / "nothing.duckdb")).close()
    monkeypatch.setenv("CXDATA_DATABASE", str(folder / "nothing.duckdb"))
    text = page_text(open_page("overview"))
    assert "2 customer stories about 2 companies" in text
    assert text.count("Nobody has read") == 1
    assert "company=Hotel+1" in text
    assert "Hall of shame</h2>" not in text
