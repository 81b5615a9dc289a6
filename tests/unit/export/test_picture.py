"""Parts of a picture: the plot that Vega draws, the palette of a PNG, the embed page."""

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
SIZES = ((300, 500), (560.5, 431.25), (1200, 700))


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
def test_every_chart_is_valid_vega_lite(name: str, database: duckdb.DuckDBPyConnection) -> None:
    # cxdata/publish/charts.py turns Altair's own validation off while it builds a chart
    spec = publish_view(database, view_of(name)).spec
    assert spec
    # the schema requires a background; Vega does not
    spec = spec | {"config": {key: value for key, value in spec["config"].items() if key != "background"}}
    alt.LayerChart.from_dict(spec, validate=True)
    with pytest.raises(Exception, match="not-a-mark"):
        alt.LayerChart.from_dict(spec | {"layer": [{"mark": "not-a-mark"}]}, validate=True)


@pytest.mark.parametrize("name", NAMES)
def test_chart_published_twice_has_the_same_specification(name: str, database: duckdb.DuckDBPyConnection) -> None:
    first, second = (json.dumps(publish_view(database, view_of(name)).spec) for _ in range(2))
    assert first == second


@pytest.mark.parametrize(("name", "size"), [(name, SIZES[place % len(SIZES)]) for place, name in enumerate(NAMES)])
def test_plot_svg_has_the_requested_size(
    name: str, size: tuple[float, float], database: duckdb.DuckDBPyConnection
) -> None:
    spec = spec_of(database, name)
    made = SIZE.search(draw_plot(spec, *size, measure_margins(spec)))
    assert made
    assert [float(side) for side in made.groups()] == pytest.approx(size, abs=1.5)


def test_plot_fills_the_space_inside_its_margins(database: duckdb.DuckDBPyConnection) -> None:
    spec = spec_of(database, "fame_and_shame")
    around = measure_margins(spec)
    plot = PLOT.search(draw_plot(spec, 500, 400, around))
    assert plot
    assert [float(side) for side in plot.groups()] == [500 - around.across, 400 - around.along]


def test_palette_keeps_areas_exact_and_edges_close() -> None:
    picture = Image.new("RGB", (700, 300), (251, 250, 247))
    picture.paste((250, 250, 247), (0, 0, 700, 100))  # one step from the background colour: a separate area
    for n in range(600):  # 600 colours of one pixel each, like the edges of letters
        picture.putpixel((n, 150), (n % 200, (n * 7) % 256, 120 + n // 200))
    reduced = _reduced(picture)
    assert reduced.mode == "P"
    again = reduced.convert("RGB")
    assert again.getpixel((5, 5)) == (250, 250, 247)
    assert again.getpixel((5, 200)) == (251, 250, 247)
    pixels = [(picture.getpixel((n, 150)), again.getpixel((n, 150))) for n in range(600)]
    worst = max(abs(one - other) for was, became in pixels for one, other in zip(was, became, strict=True))  # type: ignore[arg-type]
    assert 0 < worst < 64  # 600 colours share 256 - 128 places


def test_palette_keeps_few_colours_exact() -> None:
    picture = Image.new("RGB", (EXACT, 2))
    picture.putdata([(n, 255 - n, n // 2) for n in range(EXACT)] * 2)
    assert _reduced(picture).convert("RGB").tobytes() == picture.tobytes()


def test_embed_page_escapes_markup_in_every_text(database: duckdb.DuckDBPyConnection) -> None:
    hostile = '"><script>alert(1)</script><img src=x onerror=alert(2)>'
    view = view_of("effort", headline=hostile, subtitle=hostile, byline=hostile, notes=hostile, alt=hostile)
    page = render_embed(publish_view(database, view), view)
    seen = Seen(page)
    assert [tag for tag, _ in seen.tags if tag in ("script", "img")] == ["img", "script"]
    assert page.count("alert(1)") == 6  # title, headline, subtitle, notes, byline, alt
    assert seen.all("img", "alt") == [hostile]
    assert not [name for _, attributes in seen.tags for name in attributes if name.startswith("on")]


def test_embed_page_links_are_relative_and_keep_the_choices(
    database: duckdb.DuckDBPyConnection,
) -> None:
    view = view_of("effort", companies="Argos", headline="My own")
    seen = Seen(render_embed(publish_view(database, view), view))
    pictures = [*seen.all("source", "srcset"), *seen.all("img", "src")]
    assert len(pictures) == 9  # four widths in light and in dark, and one for browsers without media queries
    kept = "../chart/effort.svg?story_kind=customer_story&companies=Argos&"
    assert {picture[: len(kept)] for picture in pictures} == {kept}
    assert not any("headline" in picture for picture in pictures)
    assert seen.all("a", "href") == ["../studio?chart=effort&story_kind=customer_story&companies=Argos&headline=My+own"]


@pytest.mark.parametrize("name", NAMES)
def test_embed_page_holds_all_rows_of_many_companies(
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


def test_dark_embed_page_is_dark_whatever_the_browser_prefers(database: duckdb.DuckDBPyConnection) -> None:
    view = view_of("effort", look="dark")
    page = render_embed(publish_view(database, view), view)
    assert '<html lang="en" class="dark">' in page
    assert all("look=dark" in picture for picture in Seen(page).all("source", "srcset"))
