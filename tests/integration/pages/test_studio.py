"""The chart studio, run by Streamlit's AppTest: the gallery, every chart, the form, and invalid addresses."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import duckdb
import pytest

from cxdata.charts import CHARTS
from cxdata.export.formats import FORMATS
from cxdata.export.origin.view_id import encode_view_id
from cxdata.export.view import View, parse_view
from cxdata.questions.ask import find_question
from cxdata.store import build_database
from pages.studio.address import OWN_SIZE, key_of, styles
from pages.ui.escaping import WORD_JOINER
from tests.fixtures.pages import MAIN, AppTest, page_text
from tests.fixtures.stories import make_story, step, work


@pytest.fixture(scope="module", autouse=True)
def shipped(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The database of shipped stories that the pages read."""
    file = tmp_path_factory.mktemp("studio") / "shipped.duckdb"
    build_database(file)
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("CXDATA_DATABASE", str(file))
        yield file


def studio(**address: str | list[str]) -> AppTest:
    # the first page removes the keys of its own widgets from the address
    app = AppTest.from_file(str(MAIN), default_timeout=60).run().switch_page("studio/page.py").run()
    for name, value in address.items():
        app.query_params[name] = value
    return app.run()


def change(app: AppTest, kind: str, name: str, value: Any) -> AppTest:
    getattr(app, kind)(key=key_of(name)).set_value(value).run()
    assert not app.exception
    return app


def asked(app: AppTest) -> dict[str, list[str]]:
    """Return the choices in the address, without the chart."""
    told = {name: app.query_params[name] for name in app.query_params if name != "chart"}
    return {name: [value] if isinstance(value, str) else list(value) for name, value in told.items()}


def shown(app: AppTest) -> View:
    return parse_view("effort", asked(app))


def words(element: Any) -> str:
    """Return a message without its Markdown escapes."""
    return str(element.value).replace("\\", "").replace(WORD_JOINER, "")


def alt_texts(app: AppTest) -> list[str]:
    return [picture.proto.imgs[0].alt for picture in app.get("image")]


def test_gallery_links_every_chart() -> None:
    app = studio()
    assert not app.exception
    for chart in CHARTS:
        assert f'href="studio?chart={chart}' in page_text(app)
        assert f'src="chart/{chart}.png?' in page_text(app)


def test_proposed_headline_follows_the_database(
    shipped: Path,
    database_of: Callable[..., duckdb.DuckDBPyConnection],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Both have the same data version, so the version alone must not decide what is shown."""
    before = studio(chart="effort").text_area(key=key_of("headline")).value
    other = tmp_path / "other.duckdb"
    database_of(
        make_story("only", step(-3, work("disputing", minutes=20.0)), company="Elsewhere"), path=str(other)
    ).close()
    monkeypatch.setenv("CXDATA_DATABASE", str(other))
    assert "Elsewhere" in studio(chart="effort").text_area(key=key_of("headline")).value
    monkeypatch.setenv("CXDATA_DATABASE", str(shipped))
    assert studio(chart="effort").text_area(key=key_of("headline")).value == before


@pytest.mark.parametrize("chart", CHARTS)
def test_every_chart_opens_with_picture_and_texts(chart: str) -> None:
    app = studio(chart=chart)
    assert not app.exception
    assert [element.value for element in (*app.error, *app.warning)] == []
    (alt,) = alt_texts(app)
    assert alt == app.text_area(key=key_of("alt")).value
    assert app.text_area(key=key_of("headline")).value
    assert "Before you publish" in page_text(app)


def test_unknown_chart_shows_a_suggestion_and_the_gallery() -> None:
    app = studio(chart="efort")
    assert not app.exception
    (warning,) = app.warning
    assert "efort" in words(warning)
    assert "Did you mean effort?" in words(warning)
    assert "cx-gallery" in page_text(app)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("preset", "blogg"),
        ("box", "99999x10"),
        ("look", "pink"),
        ("scale", "9"),
        ("companies", "Nobody"),
        ("since", "soon"),
        ("halls", "fam"),
        ("highlight", "Nobody"),
        ("language", "xx"),
        ("headline", "x" * 301),
        ("headline", "a\x00b"),
        ("job", "nap"),
    ],
)
def test_invalid_value_is_reported_and_ignored(name: str, value: str) -> None:
    app = studio(chart="effort", **{"preset" if name == "box" else name: value})
    assert not app.exception
    (warning,) = app.warning
    assert name in words(warning)
    assert len(alt_texts(app)) == 1
    assert app.text_area(key=key_of("headline")).value.startswith("One customer’s dealings with AO.com")


def test_invalid_value_keeps_the_valid_ones() -> None:
    app = studio(chart="effort", preset="blogg", companies=["argos", "AO.com"], headline="Mine")
    assert app.multiselect(key=key_of("companies")).value == ["Argos", "AO.com"]
    assert app.text_area(key=key_of("headline")).value == "Mine"


def test_impossible_pair_is_replaced_with_a_warning() -> None:
    app = studio(chart="head_to_head", job="return_a_laptop", left="Apple", right="Argos")
    assert not app.exception
    assert "Apple has no story" in words(app.warning[0])
    assert app.selectbox(key=key_of("right")).value == "Argos"


def test_choices_are_kept_in_the_address() -> None:
    app = studio(chart="effort")
    assert asked(app) == {}
    change(app, "text_area", "headline", "My own\nwords")
    change(app, "multiselect", "companies", ["Argos", "Apple"])
    change(app, "selectbox", "since", "2017-01-01")
    change(app, "toggle", "transparent", True)
    change(app, "text_input", "notes", "One account each.")
    change(app, "selectbox", "highlight", "Apple")
    view = shown(app)
    assert view.picture.headline == "My own words"
    chosen = {"companies": ("Argos", "Apple"), "since": "2017-01-01"}
    assert view.choices == chosen | {"story_kind": "customer_story"}
    assert view.picture.is_transparent
    assert view.picture.highlight == "Apple"
    again = studio(chart="effort", **asked(app))
    assert not again.warning
    for name in (*styles(), *find_question("effort").parameters):
        assert again.session_state[key_of(name)] == app.session_state[key_of(name)], name


def test_proposed_headline_follows_filters_until_the_writer_edits_it() -> None:
    app = studio(chart="effort")
    proposed = app.text_area(key=key_of("headline")).value
    change(app, "multiselect", "companies", ["Apple"])
    followed = app.text_area(key=key_of("headline")).value
    assert followed != proposed
    assert "headline" not in asked(app)
    change(app, "text_area", "headline", "Mine")
    change(app, "multiselect", "companies", [])
    assert app.text_area(key=key_of("headline")).value == "Mine"
    change(app, "text_area", "headline", "")
    assert app.text_area(key=key_of("headline")).value == proposed
    assert "headline" not in asked(app)


def test_filter_that_removes_the_highlighted_company_clears_the_highlight() -> None:
    app = studio(chart="effort", highlight="Apple")
    change(app, "multiselect", "companies", ["Argos", "AO.com"])
    assert "Apple" in words(app.warning[0])
    assert "highlight" not in asked(app)


def test_choices_without_stories_explain_what_to_do() -> None:
    app = studio(chart="effort", companies="Argos", halls="shame")
    assert not app.exception
    assert alt_texts(app) == []
    assert "Choose other stories" in words(app.info[0])
    change(app, "multiselect", "halls", [])
    assert len(alt_texts(app)) == 1


def test_own_size_stays_within_the_limits_of_a_picture() -> None:
    app = studio(chart="effort", preset="900x500")
    assert app.number_input(key=key_of("width")).value == 900
    change(app, "number_input", "height", 700)
    assert shown(app).picture.preset.name == "900x700"
    app = studio(chart="effort", preset="4000x4000", scale="3")
    assert "4000" in words(app.warning[0])
    assert app.session_state[key_of("preset")] == OWN_SIZE
    assert app.session_state[key_of("scale")] == 1


def test_rerun_without_changes_renders_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    app = studio(chart="effort", headline="Once only")
    monkeypatch.setattr("pages.studio.files.render_file", None)
    monkeypatch.setattr("pages.studio.files.publish_view", None)
    assert not app.run().exception
    assert len(alt_texts(app)) == 1


def test_view_id_opens_its_chart_and_invalid_id_is_refused() -> None:
    app = studio()
    app.text_input(key="studio-id-0").set_value("not-an-id").run()
    assert not app.exception
    assert "is not the id of a chart" in words(app.error[0])
    app.text_input(key="studio-id-0").set_value(encode_view_id("effort", {"companies": ("Argos",)})).run()
    assert not app.exception
    assert app.query_params["chart"] == "effort"
    assert asked(app) == {"companies": ["Argos"]}


def test_editorial_warning_disappears_when_the_headline_is_fixed() -> None:
    app = studio(chart="fame_and_shame", headline="AO.com is the worst company")
    assert "Fix this first" in page_text(app)
    change(app, "text_area", "headline", "What one customer tells of AO.com")
    assert "Fix this first" not in page_text(app)


def test_studio_offers_every_format_and_snippet() -> None:
    app = studio(chart="effort", headline="Mine & yours")
    names = {button.proto.id.rpartition("-")[2] for button in app.get("download_button")}
    assert names == set(FORMATS)
    assert not app.code
    app.session_state["studio-snippets"] = True
    app.run()
    pasted = "\n".join(block.value for block in app.code)
    assert "<figure>" in pasted
    assert "<iframe" in pasted
    assert "headline=Mine+%26+yours" in pasted
