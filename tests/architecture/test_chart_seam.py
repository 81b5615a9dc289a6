"""The seam of charts: an installed package adds one chart and one question without a change of another file."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from cxdata.resources import ROOT

CHART = '''"""Loudest: the companies by their number of stories."""

import altair as alt

from cxdata.charts.kit import layers
from cxdata.charts.kit.declaration import Declaration
from cxdata.claims import Claim

CHART = Declaration(
    question="loudest",
    rows=("company",),
    drill_down={"company": "company"},
    measure="contacts",
    when_empty="Nobody is loud",
)


def headline(rows):
    return Claim("counted", f"{rows[0]['company']} is loudest", (rows[0]["company"],))


def subtitle(rows):
    return "Stories of each company"


def describe(rows):
    return "; ".join(f"{row['company']} {row['story_count']}" for row in rows)


def draw(rows, theme):
    bars = (
        alt.Chart(layers.data(rows, "company", "story_count"))
        .mark_bar(color=theme.context)
        .encode(y=layers.row_axis("company", [row["company"] for row in rows]), x="story_count:Q")
        .properties(name=layers.CLICKABLE_LAYER)
    )
    return layers.new_layer(bars, height=40 * len(rows))
'''

QUESTION = """-- Question: Of which company do most stories tell?
-- One row:  per company.
-- Columns:  company, story_count
-- Caution:  many stories make no company bad.
select
    company,
    count(*) as story_count
from chosen_story($story_kind, $companies, $sectors, $jobs, $touchpoints, $halls, $since, $until)
group by company
order by story_count desc, company;
"""

PROBE = """
import asyncio, json
import duckdb
from starlette.applications import Starlette

from cxdata.export.formats import render_file
from cxdata.export.view import parse_view
from cxdata.http.chart_routes import ChartRoutes
from cxdata.publish.charts import publish_chart, stories_scope
from cxdata.questions.ask import ask_rows
from cxdata.settings import get_settings
from cxdata.store import open_engine
from tests.fixtures.chart_server import ask_app, run

engine = open_engine(get_settings())
engine.migrate()
database = engine.read()
shown = publish_chart(database, "loudest", {"halls": ["shame"]})
listed = run(ask_app(Starlette(routes=ChartRoutes(lambda: database).routes()), "/chart"))
behind = ask_rows(database, "stories_behind", stories_scope(shown, shown.rows[0]))
print(json.dumps({
    "headline": shown.headline,
    "selection": shown.spec["params"][0]["select"]["fields"],
    "listed": json.loads(listed.content)["charts"]["loudest"]["question"],
    "png": render_file(database, parse_view("loudest", {"preset": "400x300"}), "png")[:4].hex(),
    "marked": shown.rows[0],
    "behind": [(row["company"], row["hall"]) for row in behind],
}))
"""


@pytest.fixture
def extension(tmp_path: Path) -> Path:
    """A folder as `pip install` leaves it: a package with a chart and a question, and its entry points."""
    package = tmp_path / "loud_charts"
    package.mkdir()
    (package / "__init__.py").touch()
    (package / "loudest.py").write_text(CHART, "utf-8")
    (package / "loudest.sql").write_text(QUESTION, "utf-8")
    about = tmp_path / "loud_charts-1.dist-info"
    about.mkdir()
    (about / "METADATA").write_text("Metadata-Version: 2.1\nName: loud-charts\nVersion: 1\n", "utf-8")
    (about / "entry_points.txt").write_text(
        "[cxdata.charts]\nloud = loud_charts\n[cxdata.questions]\nloud = loud_charts\n", "utf-8"
    )
    return tmp_path


def probe(extension: Path, built: Path, code: str = PROBE) -> subprocess.CompletedProcess[str]:
    """Run code in a new process, with the extension installed."""
    return subprocess.run(
        [sys.executable, "-c", code],
        cwd=ROOT,
        env={"PYTHONPATH": f"{extension}:{ROOT}", "CXDATA_DATABASE": str(built)},
        capture_output=True,
        text=True,
        check=False,
    )


def test_chart_of_a_package_is_published_exported_and_listed(extension: Path, built: Path) -> None:
    done = probe(extension, built)
    assert done.returncode == 0, done.stderr
    found: dict[str, Any] = json.loads(done.stdout)
    assert found["headline"] == f"{found['marked']['company']} is loudest"
    assert found["selection"] == ["company"]
    assert found["listed"] == "Of which company do most stories tell?"
    assert found["png"] == b"\x89PNG".hex()
    assert found["behind"] == [[found["marked"]["company"], "shame"]] * found["marked"]["story_count"]


def test_chart_of_a_package_with_a_wrong_drill_down_is_refused(extension: Path, built: Path) -> None:
    module = extension / "loud_charts" / "loudest.py"
    module.write_text(CHART.replace('{"company": "company"}', '{"company": "year"}'), "utf-8")
    done = probe(extension, built)
    assert (
        "chart loudest: drill_down of 'company': parameter 'year' is unknown. Question stories_behind has: "
        in done.stderr
    )


def test_chart_of_a_package_with_a_used_name_is_refused(extension: Path, built: Path) -> None:
    module = extension / "loud_charts" / "loudest.py"
    module.rename(module.with_name("effort.py"))
    assert "chart 'effort' is defined twice" in probe(extension, built).stderr
