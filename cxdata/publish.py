"""A chart as it is published: headline, subtitle, source, n and data version are added here and nowhere else."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import duckdb

from cxdata.charts import Chart, chart_named
from cxdata.charts.theme import LOOKS, config
from cxdata.database import ask, data_version, question
from cxdata.database.ask import Value
from cxdata.words import count, period, sentence

FILTERS = ("companies", "sectors", "jobs", "touchpoints", "halls", "since", "until")
SELECTED = "opened"  # the name of the selection that a click on a mark makes


@dataclass(frozen=True, eq=False)
class Published:
    """One chart, ready for a screen or a file. `spec` is Vega-Lite, None where there is nothing to draw."""

    name: str
    question: str
    choices: Mapping[str, Value]
    headline: str
    subtitle: str
    source_line: str
    caution: str
    alt_text: str
    story_count: int
    rows: tuple[dict[str, Any], ...]
    columns: tuple[str, ...]
    opens: tuple[str, ...]
    data_version: str
    spec: dict[str, Any] | None


def publish(
    connection: duckdb.DuckDBPyConnection, name: str, choices: Mapping[str, Value] | None = None, look: str = "light"
) -> Published:
    """The chart of this name over these choices, parameters of its question. Raises ChartError or QuestionError."""
    chart = chart_named(name)
    choices = {key: value for key, value in (choices or {}).items() if value not in (None, [], ())}
    rows = ask(connection, chart.QUESTION, choices).to_pylist()
    asked = question(chart.QUESTION)
    library = ask(connection, "library", _scope(choices)).to_pylist()[0]
    version = data_version(connection)
    years = period(library["first_year"], library["last_year"])
    return Published(
        name=name,
        question=asked.question,
        choices=choices,
        headline=chart.headline(rows) if rows else "No story matches these choices",
        subtitle=sentence([chart.subtitle(rows) if rows else "", count(library["story_count"], "story"), years]),
        source_line=sentence([_credit(library), "coded by the project", f"data {version}"]),
        caution=asked.caution,
        alt_text=chart.describe(rows) if rows else "No story matches these choices.",
        story_count=library["story_count"],
        rows=tuple(rows),
        columns=asked.columns,
        opens=chart.OPENS,
        data_version=version,
        spec=spec_of(chart, rows, look) if rows else None,
    )


def _scope(choices: Mapping[str, Value]) -> dict[str, Value]:
    """The stories that a chart with these choices rests on, as choices of the question `library`."""
    scope = {key: value for key, value in choices.items() if key in (*FILTERS, "story")}
    companies = [str(choices[key]) for key in ("company", "left", "right") if choices.get(key)]
    if companies:
        scope["companies"] = companies
    if choices.get("job"):
        scope["jobs"] = [str(choices["job"])]
    return scope


def _credit(library: Mapping[str, Any]) -> str:
    if not library["authors"]:
        return ""
    told = library["publications"]
    return f"Source: customer accounts told by {library['authors']}" + (f" ({told})" if told else "")


def spec_of(chart: Chart, rows: list[dict[str, Any]], look: str) -> dict[str, Any]:
    """The Vega-Lite spec of a chart over these rows, with the config of the look; its caller may change it."""
    spec: dict[str, Any] = chart.draw(rows, LOOKS[look]).to_dict(validate=False)
    # each layer carries its own rows: named datasets would be turned into tables anew at every rerun, 5 ms each
    datasets = spec.pop("datasets", {})
    for part in (spec, *spec.get("layer", [])):
        name = part.get("data", {}).get("name")
        if name in datasets:
            part["data"] = {"values": datasets[name]}
    spec["config"] = config(LOOKS[look])
    return spec
