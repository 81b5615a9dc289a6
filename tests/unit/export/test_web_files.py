"""Charts as SVG, Vega-Lite, CSV and bundles: complete, with texts and fonts, and without unplotted columns."""

import csv
import io
import json
import re
import zipfile
from collections.abc import Callable
from xml.etree import ElementTree

import altair as alt
import duckdb
import pytest

from cxdata.charts import CHARTS
from cxdata.export.formats import file_name, make_file, publish_view, render_file
from cxdata.export.picture.presets import PRESETS
from cxdata.export.picture.spec import export_spec
from cxdata.export.view import parse_view
from cxdata.questions.ask import find_question
from tests.fixtures.question_parameters import SVG, picture, view_of
from tests.fixtures.stories import make_story, step, work

Database = duckdb.DuckDBPyConnection


@pytest.mark.parametrize("chart", CHARTS)
def test_svg_is_well_formed_labelled_and_has_unique_ids(database: Database, chart: str) -> None:
    first = render_file(database, view_of(chart), "svg").decode()
    other = render_file(database, view_of(chart, look="dark"), "svg").decode()
    root = ElementTree.fromstring(first)
    assert root.get("role") == "img"
    title, described = (root.find(f"{SVG}{name}") for name in ("title", "desc"))
    assert title is not None
    assert described is not None
    assert root.get("aria-labelledby") == f"{title.get('id')} {described.get('id')}"
    published = publish_view(database, view_of(chart))
    assert (title.text, described.text) == (published.headline, published.alt_text)
    ids, others = (re.findall(r'\bid="([^"]+)"', svg) for svg in (first, other))
    assert len(ids) == len(set(ids)) > 2
    assert not set(ids) & set(others), "two pictures on one page would share an id"
    assert set(re.findall(r"url\(#([^)]+)\)", first)) <= set(ids)


def test_svg_embeds_its_fonts(database: Database) -> None:
    svg = render_file(database, view_of("effort"), "svg").decode()
    faces = re.findall(r"font-family:'(CX \w+)';font-weight:(\d+);", svg)
    assert faces == [("CX Sans", "400"), ("CX Sans", "700"), ("CX Serif", "600")]
    assert svg.count("data:font/woff2;base64,") == 3
    assert not re.findall(r"https?://(?!www\.w3\.org)", svg)
    assert len(svg) < 60_000


@pytest.mark.parametrize("chart", CHARTS)
def test_vega_lite_file_is_valid_and_holds_its_texts(database: Database, chart: str) -> None:
    view = view_of(chart)
    published = publish_view(database, view)
    spec = json.loads(render_file(database, view, "json"))
    alt.LayerChart.from_dict(spec, validate=True)
    assert " ".join(spec["title"]["text"]) == published.headline
    assert " ".join(spec["title"]["subtitle"]) == published.subtitle
    assert spec["description"] == published.alt_text
    assert published.source_line in json.dumps(spec["layer"][-1]["mark"]["text"], ensure_ascii=False).replace(
        '", "', " "
    )


@pytest.mark.parametrize("chart", CHARTS)
def test_vega_lite_file_holds_only_plotted_columns(database: Database, chart: str) -> None:
    published = publish_view(database, view_of(chart))
    spec = export_spec(published, "light", None)
    for layer in spec["layer"]:
        values = layer.get("data", {}).get("values", [])
        told = json.dumps({key: value for key, value in layer.items() if key != "data"})
        for name in {name for row in values for name in row}:
            assert re.search(rf'"{name}"|datum\.{name}\b', told), f"{name} is not plotted"
    # a file has no drill-down, so its selection is left out
    assert "opened" not in json.dumps(spec)
    assert "pointer" not in json.dumps(spec)


def test_files_leave_out_story_ids_that_are_not_drawn(database: Database) -> None:
    view = view_of("fame_and_shame")
    assert "ao-laptop" in {row["story"] for row in publish_view(database, view).rows}
    for form in ("json", "html", "svg"):
        assert b"ao-laptop" not in render_file(database, view, form)


@pytest.mark.parametrize("chart", CHARTS)
def test_csv_has_the_published_rows_and_the_columns_of_the_question(database: Database, chart: str) -> None:
    view = view_of(chart)
    published = publish_view(database, view)
    lines = list(csv.reader(io.StringIO(render_file(database, view, "csv").decode("utf-8-sig"), newline="")))
    assert tuple(lines[0]) == find_question(CHARTS[chart].CHART.question).columns
    assert len(lines) - 1 == len(published.rows) > 0
    silent = [row[name] is None for row in published.rows for name in published.columns]
    assert [cell == "" for line in lines[1:] for cell in line] == silent


def test_csv_escapes_formulas(database_of: Callable[..., Database]) -> None:
    story = make_story("a", step(1, work("worry", minutes=10)), company="=HYPERLINK(1)")
    text = render_file(database_of(story), parse_view("effort", {}), "csv").decode("utf-8-sig")
    assert "'=HYPERLINK(1)" in text


def test_bundle_is_complete_and_reproducible(database: Database) -> None:
    view = view_of("effort")
    published = publish_view(database, view)
    data = render_file(database, view, "zip")
    with zipfile.ZipFile(io.BytesIO(data)) as bundle:
        names = bundle.namelist()
        assert {entry.date_time for entry in bundle.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        for preset in PRESETS.values():
            (name,) = [name for name in names if name.endswith(f"_{preset.name}@2x.png")]
            assert picture(bundle.read(name)).size == (preset.width * 2, preset.height * 2)
        for form in ("svg", "pdf", "html", "json", "csv"):
            assert bundle.read(file_name(published, view, form)) == make_file(published, view, form)
        assert bundle.read("alt-text.txt").decode() == published.alt_text + "\n"
        assert {"citation.txt", "citation.bib", "metadata.json", "README.txt"} <= set(names)
        read_me = bundle.read("README.txt").decode()
        assert "Empty cells here: company_variance, lower_points, upper_points: not computed.\n" in read_me
        # the snippets name files of the bundle
        (source,) = re.findall(r'src="([^"]+)"', bundle.read("snippets/figure.html").decode())
        assert source in names
        (source,) = re.findall(r'src="([^"]+)"', bundle.read("snippets/iframe.html").decode())
        assert source in names
    assert make_file(published, view, "zip") == data
