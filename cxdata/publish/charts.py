"""Published charts: the one place that joins headline, subtitle, source, n and data version."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import altair as alt

from cxdata.charts import Chart, Declaration, find_chart
from cxdata.charts.kit.layers import CLICKABLE_LAYER
from cxdata.charts.kit.measures import MEASURES
from cxdata.charts.kit.theme import THEMES, vega_config
from cxdata.publish import assumptions
from cxdata.publish.declarations import check_declaration
from cxdata.publish.origin import describe_origin
from cxdata.questions.ask import Value, ask_rows, find_question
from cxdata.questions.parameters import PARAMETERS
from cxdata.store import data_version
from cxdata.store.engine import Connection
from cxdata.text.formatting import format_count, format_number, format_period, join_parts, number_format, truncate_list

FILTERS = ("companies", "sectors", "jobs", "touchpoints", "halls", "since", "until")
FLAG = "‡ two coders agree too little on this code"
SYNTHETIC = "synthetic"  # the kind of source of generated stories
COMPLAINTS = "a complaint counts as one avoidable contact, where it was sent"
MOST_DESCRIBED = 3_000  # characters of an alt text: four minutes of a screen reader, and more than thirty companies
SELECTED = "opened"  # the name of the selection that a click on a mark makes


@dataclass(frozen=True, eq=False)
class PublishedChart:
    """One chart, ready for a screen or a file. `spec` is Vega-Lite, or None if there is nothing to draw."""

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
    drill_down: Mapping[str, str]
    """What a click on a mark opens: a field of the mark to a parameter of `stories_behind`."""
    data_version: str
    spec: dict[str, Any] | None
    theme: str = "light"
    language: str = "en"
    author_count: int = 1
    origin: str = ""
    """Where the stories come from, and what they cannot show."""
    coded_on: date | None = None
    """The latest day on which somebody coded or reviewed one of its stories."""


def publish_chart(
    connection: Connection,
    name: str,
    choices: Mapping[str, Value] | None = None,
    theme: str = "light",
    language: str = "en",
    library: Mapping[str, Any] | None = None,
) -> PublishedChart:
    """Publish a chart over these choices, parameters of its question, with its numbers in a language.

    `library` is the first row of the question `library` over `library_scope(choices)`; a caller that has it saves the
    question. Raises ChartError or QuestionError.
    """
    with number_format(language):
        return _publish(connection, name, choices, theme, language, library)


def _publish(
    connection: Connection,
    name: str,
    choices: Mapping[str, Value] | None,
    theme: str,
    language: str,
    library: Mapping[str, Any] | None,
) -> PublishedChart:
    chart = find_chart(name)
    check_declaration(name)
    declared = chart.CHART
    choices = {key: value for key, value in (choices or {}).items() if value not in (None, [], ())}
    rows = ask_rows(connection, declared.question, choices)
    asked = find_question(declared.question)
    library = library or ask_rows(connection, "library", library_scope(choices))[0]
    version = data_version(connection)
    years = format_period(library["first_year"], library["last_year"])
    made_up = _describe_synthetic(library)
    silence = _describe_empty(declared, library)
    scope = _describe_scope(rows, library if declared.about_work else None)
    return PublishedChart(
        name=name,
        question=asked.question,
        choices=choices,
        headline=scope + _finding(chart, rows, library) if rows else silence,
        subtitle=join_parts(
            [
                chart.subtitle(rows) if rows else "",
                _compared(rows),
                FLAG if any(FLAG[0] in str(row.get("driver_label")) for row in rows) else "",
                assumptions.describe_assumptions(choices),
                format_count(library["story_count"], "story"),
                _describe_complaints(declared, library) if rows else "",
                years,
            ]
        ),
        source_line=join_parts([_credit(library), made_up, _coded(library), f"data {version}"]),
        caution=asked.caution,
        alt_text=(_described(scope + chart.describe(rows), rows) if rows else f"{silence}.")
        + (f" {made_up[0].upper()}{made_up[1:]}." if made_up else ""),
        story_count=library["story_count"],
        author_count=library["author_count"],
        origin=describe_origin(library),
        rows=tuple(rows),
        columns=asked.columns,
        drill_down=_drill_down(declared, rows),
        data_version=version,
        spec=draw_spec(chart, rows, theme) if rows and not declared.is_blank(rows) else None,
        theme=theme,
        language=language,
        coded_on=library["coded_on"],
    )


def library_scope(choices: Mapping[str, Value]) -> dict[str, Value]:
    """Give the stories that a chart with these choices rests on, as choices of the question `library`."""
    scope = {key: value for key, value in choices.items() if key in (*FILTERS, "story")}
    companies = [str(choices[key]) for key in ("company", "left", "right") if choices.get(key)]
    if companies:
        scope["companies"] = companies
    if choices.get("job"):
        scope["jobs"] = [str(choices["job"])]
    return scope


def _is_part(rows: Sequence[Mapping[str, Any]]) -> bool:
    return bool(rows) and rows[0].get("company_count", 0) > rows[0].get("compared_count", 0)


def _describe_scope(rows: Sequence[Mapping[str, Any]], library: Mapping[str, Any] | None) -> str:
    """Say whom a finding is limited to: some of the companies, or a library that is mostly complaints."""
    filed = _of_complaints(library) if library else ""
    part = f"the {rows[0]['compared_count']} companies with most stories" if _is_part(rows) else ""
    if part:
        return f"{filed}, {part}: " if filed else f"Among {part}: "
    return f"{filed}: " if filed else ""


def _compared(rows: Sequence[Mapping[str, Any]]) -> str:
    if not _is_part(rows):
        return ""
    return f"the {rows[0]['compared_count']} companies with most stories, of {format_number(rows[0]['company_count'])}"


def _of_complaints(library: Mapping[str, Any]) -> str:
    """Say whom a finding about work is limited to, where most of the stories are complaints."""
    filed, total = library["complaint_count"], library["story_count"]
    if library["company_count"] < 2 or filed * 2 <= total:
        return ""
    return "Among complaints alone" if filed == total else "Among complaints and accounts"


def _finding(chart: Chart, rows: list[dict[str, Any]], library: Mapping[str, Any]) -> str:
    of_complaints = chart.CHART.when_complaints
    return of_complaints if of_complaints and _of_complaints(library) else chart.headline(rows)


def _describe_complaints(declared: Declaration, library: Mapping[str, Any]) -> str:
    filed = library["complaint_count"]
    if filed and declared.leaves_out_complaints:
        return f"{format_count(filed, 'complaint')} left out"
    return COMPLAINTS if filed and declared.about_work else ""


def _describe_empty(declared: Declaration, library: Mapping[str, Any]) -> str:
    if not library["story_count"]:
        return "No story matches these choices"
    if library["complaint_count"] and declared.leaves_out_complaints:
        return "A complaint form does not say which contact, order or touchpoint of the company failed"
    return declared.when_empty


def _drill_down(declared: Declaration, rows: Sequence[Mapping[str, Any]]) -> Mapping[str, str]:
    """Give the fields that a click passes on; a mark for all stories of a company opens the company."""
    has_ranges = any(row.get("story", "") is None and row.get("company") for row in rows)
    return {**declared.drill_down, "company": "company"} if has_ranges else declared.drill_down


def stories_scope(published: PublishedChart, mark: Mapping[str, Any]) -> dict[str, Value]:
    """Give the choices of `stories_behind` that find a mark's stories: its own fields, within the chart's filters."""
    scope = {key: value for key, value in published.choices.items() if key in FILTERS}
    own: dict[str, list[Any]] = {}
    for field, parameter in published.drill_down.items():
        if mark.get(field) is not None:
            own.setdefault(parameter, []).append(mark[field])
    known = MEASURES[find_chart(published.name).CHART.measure].known
    if known and "story" not in own:
        scope["known"] = known
    return scope | {name: tuple(found) if PARAMETERS[name].is_list else found[0] for name, found in own.items()}


def _credit(library: Mapping[str, Any]) -> str:
    publications = f" ({library['publications']})" if library["publications"] else ""
    owed = [
        f"customer accounts told by {library['authors']}{publications}" if library["authors"] else "",
        f"complaints filed with {library['registers']}" if library["registers"] else "",
    ]
    return "Source: " + " and ".join(credit for credit in owed if credit) if any(owed) else ""


def _coded(library: Mapping[str, Any]) -> str:
    """Say who coded the stories: a mapping codes a form, and a program codes its own."""
    filed, by_hand = library["complaint_count"], library["story_count"] - library["synthetic_count"]
    if filed and filed == by_hand:
        return "coded by a mapping of the form"
    if filed:
        return "coded by the project, complaints by a mapping of their form"
    return "" if library["story_count"] and not by_hand else "coded by the project"


def _describe_synthetic(library: Mapping[str, Any]) -> str:
    """Say how many stories a program made; '' where none is."""
    made_up, total = library["synthetic_count"], library["story_count"]
    if not made_up:
        return ""
    if made_up == total:
        return "all synthetic: made by a program, of no real company"
    return f"{format_count(made_up, 'of them', 'of them')} synthetic"


def _described(text: str, rows: Sequence[Mapping[str, Any]]) -> str:
    """Shorten an alt text to what a reader can listen to: of many rows, the first."""
    return truncate_list(
        text, MOST_DESCRIBED, f"and so on: the files of this chart have all {format_number(len(rows))} rows."
    )


def draw_spec(chart: Chart, rows: list[dict[str, Any]], theme: str) -> dict[str, Any]:
    """Build the Vega-Lite spec of a chart over these rows, with the theme's config; the caller may change it."""
    # Altair validates every part of a chart, which takes half the time of drawing; tests validate the whole
    with alt.utils.schemapi.debug_mode(False):
        spec: dict[str, Any] = chart.draw(rows, THEMES[theme]).spec()
    spec["params"] = [
        {
            "name": SELECTED,
            "select": {"type": "point", "fields": list(_drill_down(chart.CHART, rows)), "on": "click"},
            "views": [layer["name"] for layer in spec["layer"] if layer.get("name", "").startswith(CLICKABLE_LAYER)],
        }
    ]
    spec["config"] = vega_config(THEMES[theme])
    # the height excludes the axes: one row would otherwise leave no plot
    spec["autosize"] = {"type": "fit-x", "contains": "padding"}
    return spec
