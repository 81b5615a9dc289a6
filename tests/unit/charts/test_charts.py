"""Every chart: its golden specification, its words, its picture, and what it does with one row and with many.

The golden files hold what each chart draws of the shipped stories in light. After a wanted change look at the chart and
accept it: `python -m pytest tests/test_charts.py --accept-golden`, and read the difference before it is committed.
"""

import json
import re
from collections import defaultdict
from collections.abc import Callable, Iterator
from typing import Any

import altair as alt
import duckdb
import pytest
import vl_convert

from cxdata.charts import CHARTS, find_chart
from cxdata.charts.kit.theme import FONTS, THEMES, Theme, vega_config
from cxdata.errors import ChartError
from cxdata.publish.charts import publish_chart
from cxdata.questions.ask import ask, find_question
from tests.fixtures import DATA
from tests.fixtures.question_parameters import needed
from tests.fixtures.stories import make_many

Rows = list[dict[str, Any]]
GOLDEN = DATA / "golden"
NAMES = sorted(CHARTS)


def spec_of(database: duckdb.DuckDBPyConnection, name: str, look: str = "light") -> dict[str, Any]:
    spec = publish_chart(database, name, needed(CHARTS[name].CHART.question), look).spec
    assert spec
    # Altair names views anew from one process to another
    views = list(dict.fromkeys(re.findall(r'"(view_\w+)"', json.dumps(spec))))
    text = re.sub(r'"(view_\w+)"', lambda match: f'"view_{views.index(match[1]) + 1}"', json.dumps(spec))
    renamed: dict[str, Any] = json.loads(text)
    return renamed


def parts_of(spec: dict[str, Any], rows: Rows | None = None) -> Iterator[tuple[dict[str, Any], Rows]]:
    """Each view of a specification with the rows it draws."""
    rows = spec.get("data", {}).get("values", rows)
    if "layer" not in spec:
        yield spec, rows or []
    for layer in spec.get("layer", []):
        yield from parts_of(layer, rows)


def png(spec: dict[str, Any]) -> bytes:
    vl_convert.register_font_directory(str(FONTS))
    picture: bytes = vl_convert.vegalite_to_png(json.dumps(spec | {"width": 600, "background": "#ffffff"}))
    return picture


def test_an_unknown_chart_is_answered_with_the_choices() -> None:
    with pytest.raises(ChartError, match=r"^chart 'efort' \(did you mean effort\?\); cxdata/charts has: .*effort, "):
        find_chart("efort")


@pytest.mark.parametrize("name", NAMES)
def test_a_chart_draws_what_its_golden_file_says(
    name: str, database: duckdb.DuckDBPyConnection, pytestconfig: pytest.Config
) -> None:
    spec = spec_of(database, name)
    del spec["config"]  # the look of all charts; test_theme.py looks at it
    golden = GOLDEN / f"{name}.light.json"
    if pytestconfig.getoption("accept_golden"):
        golden.write_text(json.dumps(spec, indent=1, ensure_ascii=False, sort_keys=True) + "\n", "utf-8")
    assert golden.exists(), "look at the chart, then: python -m pytest tests/test_charts.py --accept-golden"
    assert spec == json.loads(golden.read_text("utf-8"))


def test_no_golden_file_is_left_of_a_chart_that_is_gone() -> None:
    assert {path.name for path in GOLDEN.glob("*.json")} <= {f"{name}.light.json" for name in NAMES}


@pytest.mark.parametrize("name", NAMES)
def test_a_mark_opens_the_stories_behind_it(name: str, database: duckdb.DuckDBPyConnection) -> None:
    (selection,) = [param for param in spec_of(database, name)["params"] if param["name"] == "opened"]
    assert selection["select"]["fields"] == list(CHARTS[name].CHART.drill_down)


@pytest.mark.parametrize("name", NAMES)
def test_the_words_of_a_chart_are_whole(name: str, answers: dict[str, Rows], drawn_from: dict[str, Rows]) -> None:
    chart = CHARTS[name]
    for rows in filter(None, (answers[name], drawn_from[name])):
        for words in (chart.headline(rows), chart.subtitle(rows), chart.describe(rows)):
            assert len(words) > 20
            assert not re.search(r"\b(None|nan|inf|_\w+)\b|  |\{|\}|\n", words), words
        assert not chart.headline(rows).endswith(".")


@pytest.mark.parametrize("name", NAMES)
def test_a_reader_who_cannot_see_the_chart_is_told_of_every_company(name: str, drawn_from: dict[str, Rows]) -> None:
    rows = drawn_from[name]
    told = CHARTS[name].describe(rows)
    assert [row["company"] for row in rows if "company" in row and row["company"] not in told] == []


@pytest.mark.parametrize("look", THEMES)
@pytest.mark.parametrize("name", NAMES)
def test_a_chart_draws_few_rows_and_many(name: str, look: str, answers: dict[str, Rows]) -> None:
    if not answers[name]:
        return  # a chart is never given an empty answer: where it is published, words stand instead
    before = json.dumps(answers[name], default=str)
    spec = CHARTS[name].draw(answers[name], THEMES[look]).chart().to_dict()  # checked against the schema of Vega-Lite
    assert spec["layer"]
    assert not {"width", "title", "facet", "hconcat", "vconcat", "concat"} & set(spec)
    assert json.dumps(answers[name], default=str) == before, "the rows are shared between readers"


def test_each_chart_is_given_rows_by_forty_companies(database_of: Callable[..., duckdb.DuckDBPyConnection]) -> None:
    database = database_of(*make_many(40))
    for chart in CHARTS.values():
        choices = {"story": "tale-39", "job": "buy_a_laptop", "left": "a company with quite a long name, number 0"}
        choices["right"] = "a company with quite a long name, number 3"
        asked = {key: choices[key] for key in find_question(chart.CHART.question).needs}
        found = ask(database, chart.CHART.question, asked).num_rows
        # nobody coded these a second time or scored them in a survey
        assert found > 0 or chart.CHART.question in ("agreement", "convergence"), chart.CHART.question


@pytest.mark.parametrize("name", NAMES)
def test_a_chart_without_stories_says_so(name: str, database: duckdb.DuckDBPyConnection) -> None:
    asked = find_question(CHARTS[name].CHART.question)
    if "since" not in asked.parameters:
        return  # it is of a story, or of two companies, and asked for by name
    published = publish_chart(database, name, {"since": "2100-01-01"})
    assert (published.spec, published.rows, published.story_count) == (None, (), 0)
    assert published.headline == "No story matches these choices"


@pytest.mark.parametrize("name", NAMES)
def test_what_is_not_plotted_does_not_leave_with_the_chart(name: str, database: duckdb.DuckDBPyConnection) -> None:
    used_of: dict[str, set[str]] = defaultdict(
        lambda: set(CHARTS[name].CHART.drill_down)
    )  # layers may share their rows
    for part, rows in parts_of(spec_of(database, name)):
        # fields of channels, tooltips and sort orders, and what an expression reads
        found = re.findall(
            r'"(?:field|x2|y2)": "(\w+)"|datum\.(\w+)|datum\[\'(\w+)\'\]', json.dumps(part | {"data": None})
        )
        used_of[json.dumps(rows)] |= {each for names in found for each in names}
    for shared, used in used_of.items():
        assert {key for row in json.loads(shared) for key in row} - used == set()


@pytest.mark.parametrize("name", NAMES)
def test_a_chart_becomes_a_picture_with_text(name: str, database: duckdb.DuckDBPyConnection) -> None:
    spec = spec_of(database, name)
    ours = json.dumps(spec).replace("CX Sans, sans-serif", "CX Sans").replace("CX Serif, serif", "CX Serif")
    nobodys = ours.replace("CX Sans", "No Such Font").replace("CX Serif", "No Such Font")
    picture = png(spec)
    assert picture.startswith(b"\x89PNG")
    # a font that is not there is not drawn, and nobody says so
    assert png(json.loads(ours)) == picture
    assert png(json.loads(nobodys)) != picture


@pytest.mark.parametrize("look", THEMES)
@pytest.mark.parametrize("name", NAMES)
def test_no_text_is_small_and_every_text_is_readable(name: str, look: str, database: duckdb.DuckDBPyConnection) -> None:
    spec = spec_of(database, name, look)
    sizes = [float(size) for size in re.findall(r'"\w*[fF]ontSize": ([\d.]+)', json.dumps(spec))]
    assert min(sizes) >= 12
    background = THEMES[look].background
    for part, _ in parts_of(spec):
        mark = part["mark"]
        colour = mark.get("color")
        if mark["type"] == "text" and isinstance(colour, str):
            # in the background's own colour it stands on a mark, and says again what the mark's place says
            assert colour == background or contrast(colour, background) >= 4.5, mark


def luminance(colour: str) -> float:
    """WCAG 2.2, relative luminance of '#rrggbb'."""
    channels = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (each / 12.92 if each <= 0.04045 else ((each + 0.055) / 1.055) ** 2.4 for each in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def test_contrast_is_reckoned_as_wcag_does() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#0072b2", "#ffffff") == pytest.approx(5.19, abs=0.01)


@pytest.mark.parametrize("look", THEMES.values(), ids=list(THEMES))
def test_colours_stand_out_from_what_is_behind_them(look: Theme) -> None:
    assert all(contrast(text, look.background) >= 4.5 for text in (look.ink, look.quiet))
    for mark in (look.fame, look.shame, look.context):
        assert contrast(mark, look.background) >= 3
    assert contrast(look.shame, look.shame_band) >= 3
    assert contrast(look.fame, look.fame_band) >= 3
    assert all(contrast(look.ink, band) >= 4.5 for band in (look.shame_band, look.fame_band))


@pytest.mark.parametrize("look", THEMES.values(), ids=list(THEMES))
def test_a_hall_has_one_colour_and_all_else_is_grey(look: Theme) -> None:
    assert (look.hall("fame"), look.hall("shame")) == (look.fame, look.shame)
    assert look.hall("mixed") == look.hall(None) == look.context


@pytest.mark.parametrize("look", THEMES.values(), ids=list(THEMES))
def test_the_look_is_a_config_that_vega_lite_knows(look: Theme) -> None:
    told = vega_config(look)
    assert told.pop("background") == "transparent"  # the page or the frame gives the ground
    alt.Config.from_dict(told)
