"""How a picture is drawn fast and stays what it was: Vega's body, the palette of a PNG, the page for an iframe."""

import json
import re
from collections.abc import Callable
from html.parser import HTMLParser
from typing import Any

import altair as alt
import duckdb
import pytest
from PIL import Image

from cxdata.charts import CHARTS
from cxdata.export.formats import publish_view
from cxdata.export.picture.plot import PLOT, SIZE, draw_plot, measure_margins
from cxdata.export.picture.png import EXACT, _reduced
from cxdata.export.picture.spec import export_spec
from cxdata.export.view import parse_view
from cxdata.export.web.embed_page import render_embed
from tests.fixtures.question_parameters import needed, view_of
from tests.fixtures.stories import make_many

NAMES = sorted(CHARTS)


class Seen(HTMLParser):
    """The tags of a page with their attributes."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def all(self, tag: str, name: str) -> list[str]:
        return [attributes[name] or "" for seen, attributes in self.tags if seen == tag and name in attributes]


def spec_of(connection: duckdb.DuckDBPyConnection, name: str) -> dict[str, Any]:
    return export_spec(publish_view(connection, view_of(name)), "light", None)


@pytest.mark.parametrize("name", NAMES)
def test_every_chart_is_sound_vega_lite(name: str, database: duckdb.DuckDBPyConnection) -> None:
    # Altair's own checks are off while a chart is put together, see cxdata/publish/charts.py
    spec = publish_view(database, view_of(name)).spec
    assert spec
    # the schema knows no chart without a ground; Vega does
    spec = spec | {"config": {key: value for key, value in spec["config"].items() if key != "background"}}
    alt.LayerChart.from_dict(spec, validate=True)
    with pytest.raises(Exception, match="not-a-mark"):
        alt.LayerChart.from_dict(spec | {"layer": [{"mark": "not-a-mark"}]}, validate=True)


@pytest.mark.parametrize("name", NAMES)
def test_a_chart_published_twice_is_the_same_to_the_letter(name: str, database: duckdb.DuckDBPyConnection) -> None:
    first, second = (json.dumps(publish_view(database, view_of(name)).spec) for _ in range(2))
    assert first == second


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("size", [(300, 500), (560.5, 431.25), (1200, 700)])
def test_a_body_is_as_large_as_asked(name: str, size: tuple[float, float], database: duckdb.DuckDBPyConnection) -> None:
    spec = spec_of(database, name)
    made = SIZE.search(draw_plot(spec, *size, measure_margins(spec)))
    assert made
    assert [float(side) for side in made.groups()] == pytest.approx(size, abs=1.5)


def test_the_plot_of_a_body_is_what_its_surround_leaves(database: duckdb.DuckDBPyConnection) -> None:
    spec = spec_of(database, "fame_and_shame")
    around = measure_margins(spec)
    plot = PLOT.search(draw_plot(spec, 500, 400, around))
    assert plot
    assert [float(side) for side in plot.groups()] == [500 - around.across, 400 - around.along]


def test_a_palette_keeps_the_areas_and_comes_near_the_edges() -> None:
    picture = Image.new("RGB", (700, 300), (251, 250, 247))
    picture.paste((250, 250, 247), (0, 0, 700, 100))  # one step from the ground: an area of its own
    for n in range(600):  # 600 colours of one pixel each, as the edges of letters are
        picture.putpixel((n, 150), (n % 200, (n * 7) % 256, 120 + n // 200))
    reduced = _reduced(picture)
    assert reduced.mode == "P"
    again = reduced.convert("RGB")
    assert again.getpixel((5, 5)) == (250, 250, 247)
    assert again.getpixel((5, 200)) == (251, 250, 247)
    pixels = [(picture.getpixel((n, 150)), again.getpixel((n, 150))) for n in range(600)]
    worst = max(abs(one - other) for was, became in pixels for one, other in zip(was, became, strict=True))  # type: ignore[arg-type]
    assert 0 < worst < 64  # 600 colours share 256 - 128 places


def test_few_colours_stay_exactly_what_they_are() -> None:
    picture = Image.new("RGB", (EXACT, 2))
    picture.putdata([(n, 255 - n, n // 2) for n in range(EXACT)] * 2)
    assert _reduced(picture).convert("RGB").tobytes() == picture.tobytes()


def test_a_page_for_an_iframe_says_its_words_as_text_and_never_as_markup(database: duckdb.DuckDBPyConnection) -> None:
    hostile = '"><script>alert(1)</script><img src=x onerror=alert(2)>'
    view = view_of("effort", headline=hostile, subtitle=hostile, byline=hostile, notes=hostile, alt=hostile)
    page = render_embed(publish_view(database, view), view)
    seen = Seen(page)
    assert [tag for tag, _ in seen.tags if tag in ("script", "img")] == ["img", "script"]
    assert page.count("alert(1)") == 6  # title, headline, subtitle, notes, byline, alt
    assert seen.all("img", "alt") == [hostile]
    assert not [name for _, attributes in seen.tags for name in attributes if name.startswith("on")]


def test_the_links_of_a_page_for_an_iframe_are_relative_and_hold_the_choices(
    database: duckdb.DuckDBPyConnection,
) -> None:
    view = view_of("effort", companies="Argos", headline="My own")
    seen = Seen(render_embed(publish_view(database, view), view))
    pictures = [*seen.all("source", "srcset"), *seen.all("img", "src")]
    assert len(pictures) == 9  # four widths in light and in dark, and where no media query is known
    assert all(picture.startswith("../chart/effort.svg?companies=Argos&") for picture in pictures)
    assert not any("headline" in picture for picture in pictures)
    assert seen.all("a", "href") == ["../studio?chart=effort&companies=Argos&headline=My+own"]


@pytest.mark.parametrize("name", NAMES)
def test_a_page_for_an_iframe_holds_all_rows_of_many_companies(
    name: str, database_of: Callable[..., duckdb.DuckDBPyConnection]
) -> None:
    many = database_of(*make_many(12))
    own = {"story": "tale-0", "job": "buy_a_laptop"} | {
        side: f"A company with quite a long name, number {n}" for side, n in (("left", 0), ("right", 1))
    }
    view = parse_view(name, {key: own[key] for key in needed(CHARTS[name].CHART.question) if key in own})
    published = publish_view(many, view)
    page = render_embed(published, view)
    assert page.count("<tr>") == (len(published.rows) + 1 if published.rows else 0)
    for width, height in re.findall(r"preset=(\d+)x(\d+)", page):
        assert 240 <= int(width) <= 4000
        assert 240 <= int(height) <= 4000


def test_a_page_in_dark_is_dark_for_everybody(database: duckdb.DuckDBPyConnection) -> None:
    view = view_of("effort", look="dark")
    page = render_embed(publish_view(database, view), view)
    assert '<html lang="en" class="dark">' in page
    assert all("look=dark" in picture for picture in Seen(page).all("source", "srcset"))
