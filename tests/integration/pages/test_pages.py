"""Every page, run by Streamlit's AppTest: with the shipped stories, with one, and with none."""

from collections.abc import Callable, Iterator
from pathlib import Path

import duckdb
import pytest

from cxdata.charts import CHARTS
from cxdata.store import build_database
from cxdata.stories import Story
from tests.fixtures.pages import open_page, page_folders, page_text
from tests.fixtures.stories import make_many, make_story, step, work

PAGES = page_folders()
STOCKS: dict[str, list[Story]] = {
    "none": [],
    "one": [make_story("only", step(-3, work("disputing", minutes=20.0)), step(None), happened_on=None)],
    "silent": [make_story("silent")],
    "many": make_many(40),
}


@pytest.fixture(scope="module")
def files(
    tmp_path_factory: pytest.TempPathFactory, database_of: Callable[..., duckdb.DuckDBPyConnection]
) -> dict[str, Path]:
    """A database file for each stock of stories, and the shipped one."""
    folder = tmp_path_factory.mktemp("pages")
    build_database(folder / "shipped.duckdb")
    for name, stories in STOCKS.items():
        database_of(*stories, path=str(folder / f"{name}.duckdb")).close()
    return {path.stem: path for path in folder.glob("*.duckdb")}


@pytest.fixture(scope="module", params=["shipped", *STOCKS])
def stock(request: pytest.FixtureRequest, files: dict[str, Path]) -> Iterator[str]:
    """The pages read this stock of stories while the fixture lives."""
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("CXDATA_DATABASE", str(files[request.param]))
        yield request.param


shipped = pytest.mark.parametrize("stock", ["shipped"], indirect=True)


@pytest.mark.parametrize("page", PAGES)
def test_a_page_runs_whatever_the_database_holds(page: str, stock: str) -> None:
    app = open_page(page)
    assert not app.exception
    assert [error.value for error in app.error] == []
    assert "<h1" in page_text(app) or app.title


@pytest.mark.parametrize("stock", ["none"], indirect=True)
@pytest.mark.parametrize("page", ["overview", "fame_and_shame", "touchpoints", "effort"])
def test_a_database_without_stories_is_said_plainly(page: str, stock: str) -> None:
    assert "There are no published stories yet" in page_text(open_page(page))


@shipped
@pytest.mark.parametrize("page", PAGES)
def test_a_page_takes_nonsense_in_its_address(page: str, stock: str) -> None:
    app = open_page(
        page, company="Nobody", job="nap", since="soon", hall="fam", left="x", right="'", story="' or 1=1 --"
    )
    assert not app.exception


@pytest.mark.parametrize("chart", CHARTS)
def test_the_studio_opens_every_chart_whatever_the_database_holds(chart: str, stock: str) -> None:
    assert not open_page("studio", chart=chart).exception


@shipped
def test_a_story_is_told_step_by_step(stock: str) -> None:
    words = page_text(open_page("stories", story="ao-laptop"))
    assert "Easy to buy, a fight to send back" in words
    assert "thecustomerblog.co.uk" in words


@shipped
def test_a_story_that_is_not_there_is_said(stock: str) -> None:
    app = open_page("stories", story="no-such-story")
    assert not app.exception
    assert "no-such-story" in page_text(app)
