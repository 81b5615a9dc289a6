"""Every chart: its golden specification, texts, picture, and drawing with few and many rows.

The golden files hold each chart of the shipped stories in the light theme. After a wanted change look at the chart and
accept it with `python -m pytest tests/unit/charts/test_charts.py --accept-golden`. Read the diff before you commit.
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
from tests.fixtures.stories import make_many, make_story, step

Rows = list[dict[str, Any]]
GOLDEN = DATA / "golden"
NAMES = sorted(CHARTS)


def spec_of(database: duckdb.DuckDBPyConnection, name: str, look: str = "light") -> dict[str, Any]:
    spec = publish_chart(database, name, needed(CHARTS[name].CHART.question), look).spec
    assert spec
    # Altair gives views other names in every process
    views = list(dict.fromkeys(re.findall(r'"(view_\w+)"', json.dumps(spec))))
    text = re.sub(r'"(view_\w+)"', lambda match: f'"view_{views.index(match[1]) + 1}"', json.dumps(spec))
    renamed: dict[str, Any] = json.loads(text)
    return renamed


def parts_of(spec: dict[str, Any], rows: Rows | None = None) -> Iterator[tuple[dict[str, Any], Rows]]:
    """Yield each view of a specification with the rows it draws."""
    rows = spec.get("data", {}).get("values", rows)
    if "layer" not in spec:
        yield spec, rows or []
    for layer in spec.get("layer", []):
        yield from parts_of(layer, rows)


def png(spec: dict[str, Any]) -> bytes:
    vl_convert.register_font_directory(str(FONTS))
    picture: bytes = vl_convert.vegalite_to_png(json.dumps(spec | {"width": 600, "background": "#ffffff"}))
    return picture


def test_unknown_chart_error_lists_the_choices() -> None:
    with pytest.raises(
        ChartError, match=r"^chart 'efort' is unknown\. Did you mean effort\? The dashboard has: .*effort, "
    ):
        find_chart("efort")


@pytest.mark.parametrize("name", NAMES)
def test_chart_matches_its_golden_file(
    name: str, database: duckdb.DuckDBPyConnection, pytestconfig: pytest.Config
) -> None:
    spec = spec_of(database, name)
    del spec["config"]  # the theme is the same for all charts and has its own tests below
    golden = GOLDEN / f"{name}.light.json"
    if pytestconfig.getoption("accept_golden"):
        golden.write_text(json.dumps(spec, indent=1, ensure_ascii=False, sort_keys=True) + "\n", "utf-8")
    assert golden.exists(), "look at the chart, then: python -m pytest tests/unit/charts/test_charts.py --accept-golden"
    assert spec == json.loads(golden.read_text("utf-8"))


def test_every_golden_file_belongs_to_a_chart() -> None:
    assert {path.name for path in GOLDEN.glob("*.json")} <= {f"{name}.light.json" for name in NAMES}


@pytest.mark.parametrize("name", NAMES)
def test_mark_selection_uses_the_drill_down_fields(name: str, database: duckdb.DuckDBPyConnection) -> None:
    (selection,) = [param for param in spec_of(database, name)["params"] if param["name"] == "opened"]
    assert selection["select"]["fields"] == list(CHARTS[name].CHART.drill_down)


@pytest.mark.slow
@pytest.mark.parametrize("name", NAMES)
def test_chart_texts_have_no_placeholders(name: str, answers: dict[str, Rows], drawn_from: dict[str, Rows]) -> None:
    chart = CHARTS[name]
    for rows in filter(None, (answers[name], drawn_from[name])):
        for words in (chart.headline(rows).sentence, chart.subtitle(rows), chart.describe(rows)):
            assert len(words) > 20
            assert not re.search(r"\b(None|nan|inf|_\w+)\b|  |\{|\}|\n", words), words
        assert not chart.headline(rows).sentence.endswith(".")


@pytest.mark.parametrize("name", NAMES)
def test_description_names_every_company(name: str, drawn_from: dict[str, Rows]) -> None:
    rows = drawn_from[name]
    told = CHARTS[name].describe(rows)
    assert [row["company"] for row in rows if row.get("company") and row["company"] not in told] == []


@pytest.mark.parametrize("look", THEMES)
@pytest.mark.parametrize("name", NAMES)
def test_chart_draws_few_and_many_rows_without_changing_them(name: str, look: str, answers: dict[str, Rows]) -> None:
    if not answers[name]:
        return  # publish_chart shows words instead of an empty chart
    before = json.dumps(answers[name], default=str)
    spec = CHARTS[name].draw(answers[name], THEMES[look]).chart().to_dict()  # checked against the schema of Vega-Lite
    assert spec["layer"]
    assert not {"width", "title", "facet", "hconcat", "vconcat", "concat"} & set(spec)
    assert json.dumps(answers[name], default=str) == before, "the rows are shared between readers"


def test_forty_companies_give_every_question_rows(database_of: Callable[..., duckdb.DuckDBPyConnection]) -> None:
    database = database_of(*make_many(40))
    for chart in CHARTS.values():
        choices = {"story": "tale-39", "job": "buy_a_laptop", "left": "a company with quite a long name, number 0"}
        choices["right"] = "a company with quite a long name, number 3"
        asked = {key: choices[key] for key in find_question(chart.CHART.question).needs}
        found = ask(database, chart.CHART.question, asked).num_rows
        # these stories have no second coding, no published score, and no date within a year
        is_known = chart.CHART.question not in ("agreement", "convergence") and "period" not in chart.CHART.scope
        assert found > 0 or not is_known, chart.CHART.question


@pytest.mark.parametrize("name", NAMES)
def test_chart_without_matching_stories_says_so(name: str, database: duckdb.DuckDBPyConnection) -> None:
    asked = find_question(CHARTS[name].CHART.question)
    if "since" not in asked.parameters:
        return  # the chart is of one named story or of two named companies
    published = publish_chart(database, name, {"since": "2100-01-01"})
    assert (published.spec, published.rows, published.story_count) == (None, (), 0)
    assert published.headline == "No story matches these choices"


@pytest.mark.parametrize("name", NAMES)
def test_specification_holds_only_plotted_columns(name: str, database: duckdb.DuckDBPyConnection) -> None:
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
def test_chart_renders_as_png_in_our_fonts(name: str, database: duckdb.DuckDBPyConnection) -> None:
    spec = spec_of(database, name)
    ours = json.dumps(spec).replace("CX Sans, sans-serif", "CX Sans").replace("CX Serif, serif", "CX Serif")
    nobodys = ours.replace("CX Sans", "No Such Font").replace("CX Serif", "No Such Font")
    picture = png(spec)
    assert picture.startswith(b"\x89PNG")
    # the renderer skips a missing font without an error
    assert png(json.loads(ours)) == picture
    assert png(json.loads(nobodys)) != picture


@pytest.mark.parametrize("look", THEMES)
@pytest.mark.parametrize("name", NAMES)
def test_text_is_at_least_12_px_and_has_contrast(name: str, look: str, database: duckdb.DuckDBPyConnection) -> None:
    spec = spec_of(database, name, look)
    sizes = [float(size) for size in re.findall(r'"\w*[fF]ontSize": ([\d.]+)', json.dumps(spec))]
    assert min(sizes) >= 12
    background = THEMES[look].background
    for part, _ in parts_of(spec):
        mark = part["mark"]
        colour = mark.get("color")
        if mark["type"] == "text" and isinstance(colour, str):
            # text in the colour of the background lies on a mark and repeats the value that its place shows
            assert colour == background or contrast(colour, background) >= 4.5, mark


def luminance(colour: str) -> float:
    """Return the relative luminance of '#rrggbb', as WCAG 2.2 defines it."""
    channels = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (each / 12.92 if each <= 0.04045 else ((each + 0.055) / 1.055) ** 2.4 for each in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def test_contrast_matches_wcag_examples() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#0072b2", "#ffffff") == pytest.approx(5.19, abs=0.01)


@pytest.mark.parametrize("look", THEMES.values(), ids=list(THEMES))
def test_theme_colours_contrast_with_their_backgrounds(look: Theme) -> None:
    assert all(contrast(text, look.background) >= 4.5 for text in (look.ink, look.quiet))
    for mark in (look.fame, look.shame, look.context):
        assert contrast(mark, look.background) >= 3
    assert contrast(look.shame, look.shame_band) >= 3
    assert contrast(look.fame, look.fame_band) >= 3
    assert all(contrast(look.ink, band) >= 4.5 for band in (look.shame_band, look.fame_band))


@pytest.mark.parametrize("look", THEMES.values(), ids=list(THEMES))
def test_each_hall_has_one_colour_and_others_are_grey(look: Theme) -> None:
    assert (look.hall("fame"), look.hall("shame")) == (look.fame, look.shame)
    assert look.hall("mixed") == look.hall(None) == look.context


@pytest.mark.parametrize("look", THEMES.values(), ids=list(THEMES))
def test_theme_is_a_valid_vega_lite_config(look: Theme) -> None:
    told = vega_config(look)
    assert told.pop("background") == "transparent"  # the page or the frame sets the background
    alt.Config.from_dict(told)


@pytest.mark.parametrize(
    ("outcomes", "expected"),
    [
        (("kept", "kept late"), "No promise was broken: Acme kept 1 of 2 after refusing first"),
        (("broken", "kept late", "unclear"), "1 of 2 promises was broken, by Acme"),
        (("kept", "exceeded"), "No promise was broken: Acme kept both"),
    ],
)
def test_a_promise_kept_late_is_never_called_kept(
    outcomes: tuple[str, ...], expected: str, database_of: Callable[..., duckdb.DuckDBPyConnection]
) -> None:
    promises = [
        {"claim": f"Claim {number}", "kept": kept, "evidence": "Told.", "locator": "end"}
        for number, kept in enumerate(outcomes)
    ]
    published = publish_chart(database_of(make_story("tale", step(1), promises=promises)), "promise_gap", {})
    assert published.headline == expected
    assert ("… refused first, then kept" in published.subtitle) is ("kept late" in outcomes)
    assert ("1 more with no known end" in published.subtitle) is ("unclear" in outcomes)
    assert "kept late" not in published.headline + published.subtitle + published.alt_text
