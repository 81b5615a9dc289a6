"""The kind of story on the pages: one at a time, in the address, and kept from page to page."""

from collections.abc import Callable, Iterator

import duckdb
import pytest

from cxdata.publish.origin import SENT
from tests.fixtures.pages import AppTest, open_filters, open_page, page_text
from tests.fixtures.stories import make_story, step, work

REGISTER = {"id": "register", "title": "A register", "author": "A Bureau", "kind": "complaints"}
POLL = {"id": "poll", "title": "A poll", "author": "A Pollster", "kind": "survey"}
FILTERED = ["overview", "fame_and_shame", "touchpoints", "effort", "stories"]
WITH_A_CHOICE = [*FILTERED, "head_to_head", "playbook"]


@pytest.fixture(scope="module", autouse=True)
def library(
    tmp_path_factory: pytest.TempPathFactory, database_of: Callable[..., duckdb.DuckDBPyConnection]
) -> Iterator[None]:
    """Six stories of two shops, eight complaints about two banks that nobody read for effort, and one survey answer."""
    told = [
        make_story(f"tale-{n}", step(n - 3, work("worry", times=n + 1)), company=f"Shop {'AB'[n % 2]}")
        for n in range(6)
    ]
    filed = [
        make_story(
            f"complaint-{n}",
            step(None, demand="failure"),
            company=f"Bank {'AB'[n % 2]}",
            source=REGISTER,
            read_effort="none",
            read_feeling="none",
        )
        for n in range(8)
    ]
    answered = make_story("answer", step(3), company="Shop A", source=POLL)
    path = tmp_path_factory.mktemp("kinds") / "stories.duckdb"
    database_of(*told, *filed, answered, path=str(path)).close()
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("CXDATA_DATABASE", str(path))
        yield


def offered(app: AppTest) -> list[str]:
    return [option.content for option in app.get("button_group")[0].proto.options]


def warnings(app: AppTest) -> str:
    return " ".join(warning.value.replace("\\", "") for warning in app.warning)


@pytest.mark.parametrize("page", WITH_A_CHOICE)
def test_every_kind_is_offered_with_its_number_of_stories(page: str) -> None:
    app = open_page(page)
    assert not app.exception
    assert offered(app) == ["Customer stories (6)", "Complaints (8)", "Survey answers (1)", "All kinds (15)"]
    assert not app.query_params.get("story_kind")


def test_pages_show_customer_stories_unless_the_address_names_another_kind() -> None:
    assert "Bank" not in page_text(open_page("stories"))
    words = page_text(open_page("stories", story_kind="complaint"))
    assert "8 stories, by company" in words
    assert "Shop" not in words


@pytest.mark.parametrize(("page", "places"), [("touchpoints", 1), ("stories", 0), ("playbook", 0)])
def test_touchpoint_of_a_complaint_is_explained_where_it_is_shown(page: str, places: int) -> None:
    assert page_text(open_page(page, story_kind="complaint")).count(SENT) == places
    assert page_text(open_page(page, story_kind="all")).count(SENT) == places
    if page != "playbook":  # which has no filter of touchpoints
        assert page_text(open_filters(open_page(page, story_kind="complaint"))).count(SENT) == places + 1
    assert SENT not in page_text(open_page(page))


def test_feelings_that_nobody_looked_for_are_not_called_unstated() -> None:
    words = page_text(open_page("stories", story_kind="complaint"))
    assert words.count("experience not read") == 8
    assert "experience not stated" not in words


@pytest.mark.parametrize("page", WITH_A_CHOICE)
def test_page_of_complaints_that_nobody_read_opens(page: str) -> None:
    app = open_page(page, story_kind="complaint")
    assert not app.exception
    assert [error.value for error in app.error] == []


@pytest.mark.parametrize("page", FILTERED)
def test_all_kinds_are_shown_with_a_warning_that_they_are_mixed(page: str) -> None:
    app = open_page(page, story_kind="all")
    assert "Kinds of story are mixed: 6 customer stories, 8 complaints and 1 survey answer." in warnings(app)
    assert "mixed" not in warnings(open_page(page))


@pytest.mark.parametrize(("asked", "named"), [("complain", "Did you mean complaint?"), ("synthetic", "")])
def test_unknown_kind_in_an_address_is_named_with_the_choices(asked: str, named: str) -> None:
    said = warnings(open_page("effort", story_kind=asked))
    assert f"No kind of story called “{asked}” here." in said
    assert named in said
    assert "You can choose customer_story, complaint, survey or all." in said
    assert "Here you see customer stories." in said


def test_choice_of_a_kind_goes_into_the_address_and_to_the_next_page() -> None:
    app = open_page("overview")
    app.get("button_group")[0].set_value("complaint").run()
    assert app.query_params["story_kind"] == "complaint"
    app.query_params.clear()  # the navigation leaves the next address empty
    app.switch_page("effort/page.py").run()
    assert app.query_params["story_kind"] == "complaint"
    app.query_params.clear()  # the reader goes back to an address without a kind
    app.run()
    assert "story_kind" not in app.query_params


def test_links_of_a_page_keep_its_kind() -> None:
    for page in ("overview", "effort", "playbook", "head_to_head"):
        words = page_text(open_page(page, story_kind="all"))
        links = [part.split('"')[0] for part in words.split('href="')[1:] if part.startswith("stories?")]
        assert links, page
        # a story of a journey is named, whatever its kind
        assert [link for link in links if "story_kind=all" not in link and "story=" not in link] == [], page


def test_filter_of_another_kind_is_named_and_dropped() -> None:
    app = open_page("overview", story_kind="complaint", company="Shop A")
    assert "Among the complaints here is none of company “Shop A”, so that is not chosen." in warnings(app)
    assert open_filters(app).multiselect(key="company").value == []


def test_no_match_offers_all_kinds() -> None:
    app = open_page("stories", story_kind="complaint")
    app.text_input(key="search").set_value("Shop").run()
    assert "without *only complaints*: 7 stories" in " ".join(info.value for info in app.info).replace("\\", "")
