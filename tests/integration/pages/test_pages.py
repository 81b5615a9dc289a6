"""Every page, run by Streamlit's AppTest: with the shipped stories, with many, one and none."""

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
    """Database files of each stock and of the shipped stories, by name."""
    folder = tmp_path_factory.mktemp("pages")
    build_database(folder / "shipped.duckdb")
    for name, stories in STOCKS.items():
        database_of(*stories, path=str(folder / f"{name}.duckdb")).close()
    return {path.stem: path for path in folder.glob("*.duckdb")}


@pytest.fixture(scope="module", params=["shipped", *STOCKS])
def stock(request: pytest.FixtureRequest, files: dict[str, Path]) -> Iterator[str]:
    """The name of the stock that the pages read."""
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("CXDATA_DATABASE", str(files[request.param]))
        yield request.param


shipped = pytest.mark.parametrize("stock", ["shipped"], indirect=True)


@pytest.mark.parametrize("page", PAGES)
def test_page_runs_with_any_stock_of_stories(page: str, stock: str) -> None:
    app = open_page(page)
    assert not app.exception
    assert [error.value for error in app.error] == []
    assert "<h1" in page_text(app) or app.title


@pytest.mark.parametrize("stock", ["none"], indirect=True)
@pytest.mark.parametrize("page", ["overview", "fame_and_shame", "touchpoints", "effort"])
def test_page_says_when_the_database_has_no_stories(page: str, stock: str) -> None:
    assert "There are no published stories yet" in page_text(open_page(page))


@shipped
@pytest.mark.parametrize("page", PAGES)
def test_page_runs_with_invalid_query_parameters(page: str, stock: str) -> None:
    app = open_page(
        page, company="Nobody", job="nap", since="soon", hall="fam", left="x", right="'", story="' or 1=1 --"
    )
    assert not app.exception


# the page draws what publish_chart gives, and tests/integration/publish asks that of every kind of library
@pytest.mark.parametrize("stock", ["shipped", "none"], indirect=True)
@pytest.mark.parametrize("chart", CHARTS)
def test_studio_opens_every_chart_with_and_without_stories(chart: str, stock: str) -> None:
    assert not open_page("studio", chart=chart).exception


def test_what_to_fix_runs_with_any_stock_of_stories(stock: str) -> None:
    app = open_page("effort", part="fix")
    assert not app.exception
    assert bool(app.get("code")) == (stock in ("shipped", "one", "many"))


@shipped
def test_what_to_fix_shows_the_touchpoints_of_a_type(stock: str) -> None:
    app = open_page("effort", part="fix", effort_type="repeat_contact")
    assert not app.exception
    assert "Phone call took 8 points of repeat contact, in 2 of these 8 stories" in page_text(app)
    assert not open_page("effort", part="fix", effort_type="nothing").exception


@shipped
@pytest.mark.parametrize(
    ("page", "query"),
    [
        ("effort", {"part": "How much"}),
        ("effort", {"part": "What if", "weighting": "Ours"}),
        ("method", {"table": "scored_story"}),
        ("head_to_head", {"same_job": "return_a_laptop", "left": "AO.com", "right": "Argos"}),
    ],
    ids=lambda value: value if isinstance(value, str) else "-".join(value),
)
def test_link_keeps_the_choice_of_a_default(page: str, query: dict[str, str], stock: str) -> None:
    """A default may change; then a link to it must still show the same."""
    app = open_page(page, **query)
    assert {key: app.query_params.get(key) for key in query} == query


@shipped
def test_choice_of_one_company_puts_the_whole_pair_into_the_url(stock: str) -> None:
    app = open_page("head_to_head")
    assert not app.query_params
    before = [app.selectbox(key=key).value for key in ("same_job", "left", "right")]
    app.selectbox(key="left").set_value(before[2]).run()
    swapped = {"same_job": before[0], "left": before[2], "right": before[1]}
    assert {key: app.selectbox(key=key).value for key in swapped} == swapped
    assert dict(app.query_params) == swapped


@shipped
def test_pair_follows_a_changed_address(stock: str) -> None:
    app = open_page("head_to_head", left="Argos")
    assert app.selectbox(key="left").value == "Argos"
    app.query_params.clear()  # the reader goes back
    app.run()
    assert app.selectbox(key="left").value == "AO.com"


@shipped
def test_story_page_shows_title_and_source(stock: str) -> None:
    words = page_text(open_page("stories", story="ao-laptop"))
    assert "Easy to buy, a fight to send back" in words
    assert "thecustomerblog.co.uk" in words


@shipped
def test_story_page_names_an_unknown_story(stock: str) -> None:
    app = open_page("stories", story="no-such-story")
    assert not app.exception
    assert "no-such-story" in page_text(app)


@shipped
def test_change_page_says_what_the_shipped_stories_lack(stock: str) -> None:
    words = page_text(open_page("change"))
    assert "Too few stories have a date to show a change" in words
    assert "3 of 8 stories here name the quarter" in words


@shipped
def test_no_page_calls_a_promise_late_that_was_refused_first(stock: str) -> None:
    text = page_text(open_page("fame_and_shame"))
    assert "Refused first, then kept" in text
    assert "Kept late" not in text
