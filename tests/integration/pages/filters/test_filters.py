"""The filters on every page: their chips, what stays from page to page, and what of an address is unknown."""

from collections.abc import Iterator

import pytest

from cxdata.store import build_database
from pages.__main__ import SECTIONS
from tests.fixtures.pages import AppTest, open_filters, open_page, page_folders, page_text


@pytest.fixture(scope="module", autouse=True)
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    path = tmp_path_factory.mktemp("filters") / "stories.duckdb"
    build_database(path)
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("CXDATA_DATABASE", str(path))
        yield


def chips(app: AppTest) -> list[str]:
    return [button.label.replace("\\", "") for button in app.button if str(button.key).startswith("chip-")]


def warnings(app: AppTest) -> str:
    return " ".join(warning.value.replace("\\", "") for warning in app.warning)


def go(app: AppTest, folder: str) -> AppTest:
    app.query_params.clear()  # as the navigation of the sidebar does
    return app.switch_page(f"{folder}/page.py").run()


def test_every_page_shows_the_filters_as_chips_and_names_an_unknown_value() -> None:
    app = open_page("overview")
    entries = {entry.folder: entry for entries in SECTIONS.values() for entry in entries}
    for folder in page_folders():
        app.query_params.clear()
        app.query_params.update({"company": "Nosuch", "touchpoint": "phone"})
        app.switch_page(f"{folder}/page.py").run()
        assert not app.exception, folder
        assert chips(app) == ["Touchpoint: Phone call"], folder
        assert "No company called “Nosuch”" in warnings(app), folder
        assert ("Not used on this page" in page_text(app)) is ("touchpoint" not in entries[folder].filters), folder


@pytest.mark.parametrize(
    ("key", "value", "said"),
    [
        ("company", "Argoss", "No company called “Argoss”, so that is not chosen. Did you mean Argos?"),
        ("hall", "fam", "No hall called “fam”, so that is not chosen. Did you mean Fame?"),
        ("hall", "zzz", "You can choose Fame or Shame."),
        ("touchpoint", "fone", "Did you mean Phone call"),
        (
            "since",
            "soon",
            "“soon” is not a year, so that is not chosen. The customer stories here are from 2011",
        ),
    ],
)
def test_unknown_value_is_named_with_the_nearest_choices(key: str, value: str, said: str) -> None:
    app = open_page("overview", **{key: value})
    assert said in warnings(app)
    assert chips(app) == []


def test_filters_stay_from_page_to_page_and_in_the_address() -> None:
    app = open_page("overview", company="AO.com", since="2012")
    assert chips(app) == ["Company: AO.com", "From 2012", "Remove all"]
    for folder in ("effort", "method", "head_to_head", "stories"):
        go(app, folder)
        assert chips(app) == ["Company: AO.com", "From 2012", "Remove all"], folder
        assert (app.query_params["company"], app.query_params["since"]) == ("AO.com", "2012")


def test_chip_removes_its_filter_from_this_page_and_the_next() -> None:
    app = open_page("effort", company="AO.com", touchpoint="phone")
    app.button(key="chip-company-AO.com").click().run()
    assert chips(app) == ["Touchpoint: Phone call"]
    assert "company" not in app.query_params
    assert chips(go(app, "stories")) == ["Touchpoint: Phone call"]
    app.button(key="chip-touchpoint-phone").click().run()
    assert chips(go(app, "overview")) == []


def test_company_of_the_company_page_is_no_filter_of_the_next_page() -> None:
    app = open_page("company", company="AO.com", touchpoint="phone")
    assert chips(app) == ["Touchpoint: Phone call"]
    assert chips(go(app, "effort")) == ["Touchpoint: Phone call"]
    app = open_page("effort", company="AO.com")
    assert "of AO.com" in page_text(go(app, "company"))
    assert chips(go(app, "effort")) == ["Company: AO.com"]


def test_company_page_uses_the_filters_but_not_those_on_outcomes() -> None:
    assert "No story matches all of these choices" in " ".join(
        info.value for info in open_page("company", company="AO.com", until="2011").info
    )
    assert "One customer’s experience of AO.com: −3.5" in page_text(open_page("company", company="AO.com", hall="fame"))


def test_label_in_an_old_link_means_its_code() -> None:
    app = open_page("effort", job="Send a laptop back")
    assert chips(app) == ["Job: Send a laptop back"]
    assert open_filters(app).multiselect(key="job").value == ["return_a_laptop"]


def test_unknown_value_does_not_follow_to_the_next_page() -> None:
    app = open_page("overview", company="Nosuch", hall="fame")
    go(app, "effort")
    assert chips(app) == ["Hall: Fame"]
    assert warnings(app) == ""


def test_address_of_a_chart_in_the_studio_is_not_read_as_filters() -> None:
    app = open_page("effort", company="AO.com")
    app.query_params.clear()
    app.query_params.update({"chart": "effort", "since": "2012-01-01"})
    app.switch_page("studio/page.py").run()
    assert chips(app) == []
    assert warnings(app) == ""
    assert chips(go(app, "effort")) == ["Company: AO.com"]
