"""The Search page: what words find, in groups of links."""

import re
from collections.abc import Iterator

import pytest

from cxdata.store import build_database
from tests.fixtures.pages import open_page, page_text


@pytest.fixture(scope="module", autouse=True)
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    path = tmp_path_factory.mktemp("search") / "stories.duckdb"
    build_database(path)
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("CXDATA_DATABASE", str(path))
        yield


def find(words: str) -> dict[str, list[tuple[str, str]]]:
    """Return the titles and addresses that words find, by group."""
    text = page_text(open_page("search", q=words))
    sections = re.findall(r'<section class="cx-results"><h2>(.*?)</h2>(.*?)</section>', text, re.DOTALL)
    links = r'<li><a href="([^"]*)" target="_self">(.*?)</a>'
    return {group: [(title, link) for link, title in re.findall(links, body)] for group, body in sections}


@pytest.mark.parametrize(
    ("words", "group", "title", "link"),
    [
        ("ao.c", "Companies", "AO.com", "company?story_kind=all&amp;company=AO.com"),
        ("over time", "Pages", "Change over time", "change"),
        ("cost fix", "Pages", "Effort", "effort"),
        ("waiting on", "Effort types", "Waiting on hold", "stories?story_kind=all&amp;driver=wait_on_hold"),
        ("phone", "Touchpoints", "Phone call", "stories?story_kind=all&amp;touchpoint=phone"),
        ("margins", "Charts", "Margins of error", "studio?chart=how_sure"),
        ("beside customer", "Lessons", "Let your people sit beside the customer", "playbook?lesson="),
        ("effort point", "Terms", "effort point", "method#words"),
        ("live chat return", "Stories", "", ""),
        ("lonely flash", "Stories", "A needless check, doubled emails and one lonely flash drive", "stories?story="),
    ],
)
def test_words_find_each_kind_of_thing(words: str, group: str, title: str, link: str) -> None:
    found = find(words).get(group, [])
    assert bool(found) is bool(title)
    assert not title or (found[0][0], found[0][1].startswith(link)) == (title, True)


def test_name_that_is_spelled_wrong_is_offered() -> None:
    text = page_text(open_page("search", q="Argso"))
    assert 'Nothing found for “Argso”. Did you mean <a href="search?q=Argos" target="_self">Argos</a>?' in text


def test_words_are_shown_as_words_and_markup_finds_nothing() -> None:
    text = page_text(open_page("search", q="<script>x</script>"))
    assert "<script>x" not in text
    assert "Nothing found" in text


def test_words_entered_on_the_page_go_into_the_address() -> None:
    app = open_page("search", q="phone")
    app.text_input(key="search-words").set_value("Argos").run()
    assert app.query_params["q"] == "Argos"
    assert "<h1" in page_text(app)
    assert "Search: Argos" in page_text(app)


def test_words_entered_beside_a_page_open_the_search() -> None:
    app = open_page("effort", touchpoint="phone")
    app.text_input(key="search-field").set_value(" Argos ").run()
    assert "Search: Argos" in page_text(app)


def test_lesson_of_a_link_is_shown_first() -> None:
    (_, link), *_ = find("beside customer")["Lessons"]
    lesson = link.split("lesson=")[1]
    assert "<h2>Let your people sit beside the customer</h2>" in page_text(open_page("playbook", lesson=lesson))
    assert "<h2>Let" not in page_text(open_page("playbook", lesson="nothing"))
