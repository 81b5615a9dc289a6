"""A chart as it is published: headline, subtitle, source, n and data version are added here and nowhere else."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import altair as alt

from cxdata.charts import ChartDeclaration, find_chart
from cxdata.charts.kit.layers import CLICKABLE_LAYER
from cxdata.charts.kit.theme import THEMES, vega_config
from cxdata.publish import assumptions
from cxdata.publish.origin import describe_origin
from cxdata.questions.ask import Value, ask_rows, find_question
from cxdata.store import data_version
from cxdata.store.engine import Connection
from cxdata.text.formatting import format_count, format_number, format_period, join_parts, number_format, truncate_list

FILTERS = ("companies", "sectors", "jobs", "touchpoints", "halls", "since", "until")
FLAG = "‡ two coders agree too little on this code"
SYNTHETIC = "synthetic"  # the kind of source of stories that a program made
# charts of how much work companies make: over complaints they say as much about who complains, and where
OF_WORK = frozenset(("effort", "effort_by_driver", "effort_sources", "how_sure", "rank_stability", "touchpoint_effort"))
COMPLAINTS = "a complaint counts as one avoidable contact, where it was sent"
WITHOUT_COMPLAINTS = frozenset(("cost_of_failure", "failure_demand", "fix_first"))
MOST_DESCRIBED = 3_000  # characters of an alt text: four minutes of a screen reader, and more than thirty companies
SELECTED = "opened"  # the name of the selection that a click on a mark makes


@dataclass(frozen=True, eq=False)
class PublishedChart:
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
    look: str = "light"
    language: str = "en"
    author_count: int = 1
    origin: str = ""
    """How the stories came here, and what they therefore cannot say."""
    coded_on: date | None = None
    """The day the youngest of its stories was coded or read again."""


def publish_chart(
    connection: Connection,
    name: str,
    choices: Mapping[str, Value] | None = None,
    look: str = "light",
    language: str = "en",
    library: Mapping[str, Any] | None = None,
) -> PublishedChart:
    """The chart of this name over these choices, parameters of its question, with its numbers in a language.

    `library` is the answer to the question of that name over `library_of(choices)`, for whoever has it already.
    Raises ChartError or QuestionError.
    """
    with number_format(language):
        return _publish(connection, name, choices, look, language, library)


def _publish(
    connection: Connection,
    name: str,
    choices: Mapping[str, Value] | None,
    look: str,
    language: str,
    library: Mapping[str, Any] | None,
) -> PublishedChart:
    chart = find_chart(name)
    choices = {key: value for key, value in (choices or {}).items() if value not in (None, [], ())}
    rows = ask_rows(connection, chart.QUESTION, choices)
    asked = find_question(chart.QUESTION)
    library = library or ask_rows(connection, "library", library_scope(choices))[0]
    version = data_version(connection)
    years = format_period(library["first_year"], library["last_year"])
    made = _synthetic(library)
    silence = _describe_empty(chart, name, library)
    scope = _describe_scope(rows, library if name in OF_WORK else None)
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
                _said_of_complaints(name, library) if rows else "",
                years,
            ]
        ),
        source_line=join_parts([_credit(library), made, _coded(library), f"data {version}"]),
        caution=asked.caution,
        alt_text=(_described(scope + chart.describe(rows), rows) if rows else f"{silence}.")
        + (f" {made[0].upper()}{made[1:]}." if made else ""),
        story_count=library["story_count"],
        author_count=library["author_count"],
        origin=describe_origin(library),
        rows=tuple(rows),
        columns=asked.columns,
        opens=_opens(chart, rows),
        data_version=version,
        spec=draw_spec(chart, rows, look) if rows and not _is_blank(chart, rows) else None,
        look=look,
        language=language,
        coded_on=library["coded_on"],
    )


def library_scope(choices: Mapping[str, Value]) -> dict[str, Value]:
    """The stories that a chart with these choices rests on, as choices of the question `library`."""
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
    """Of whom alone a finding holds: where not all companies could be shown, or most of a library are complaints."""
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
    """Of whom a finding about work holds, where most of the stories are complaints."""
    filed, told = library["complaint_count"], library["story_count"]
    if library["company_count"] < 2 or filed * 2 <= told:
        return ""
    return "Among complaints alone" if filed == told else "Among complaints and accounts"


def _finding(chart: ChartDeclaration, rows: list[dict[str, Any]], library: Mapping[str, Any]) -> str:
    of_complaints = getattr(chart, "OF_COMPLAINTS", "")
    return of_complaints if of_complaints and _of_complaints(library) else chart.headline(rows)


def _said_of_complaints(name: str, library: Mapping[str, Any]) -> str:
    filed = library["complaint_count"]
    if filed and name in WITHOUT_COMPLAINTS:
        return f"{format_count(filed, 'complaint')} left out"
    return COMPLAINTS if filed and name in OF_WORK else ""


def _describe_empty(chart: ChartDeclaration, name: str, library: Mapping[str, Any]) -> str:
    if not library["story_count"]:
        return "No story matches these choices"
    if library["complaint_count"] and name in WITHOUT_COMPLAINTS:
        return "A complaint form does not say which contact, order or touchpoint of the company failed"
    return str(getattr(chart, "SILENT", "These stories tell of nothing of the kind"))


def _is_blank(chart: ChartDeclaration, rows: list[dict[str, Any]]) -> bool:
    """Whether the rows say something and hold no mark to draw."""
    return hasattr(chart, "is_blank") and bool(chart.is_blank(rows))


def _opens(chart: ChartDeclaration, rows: Sequence[Mapping[str, Any]]) -> tuple[str, ...]:
    """What a click passes on; the mark of a company with too many stories for a dot each opens the company's."""
    stands_for_all = any(row.get("story", "") is None and row.get("company") for row in rows)
    return (*chart.OPENS, "company") if stands_for_all and "company" not in chart.OPENS else chart.OPENS


def _credit(library: Mapping[str, Any]) -> str:
    told = f" ({library['publications']})" if library["publications"] else ""
    owed = [
        f"customer accounts told by {library['authors']}{told}" if library["authors"] else "",
        f"complaints filed with {library['registers']}" if library["registers"] else "",
    ]
    return "Source: " + " and ".join(credit for credit in owed if credit) if any(owed) else ""


def _coded(library: Mapping[str, Any]) -> str:
    """Who says what the stories hold: the codes of a form come of a mapping, and those of a program of it."""
    filed, by_hand = library["complaint_count"], library["story_count"] - library["synthetic_count"]
    if filed and filed == by_hand:
        return "coded by a mapping of the form"
    if filed:
        return "coded by the project, complaints by a mapping of their form"
    return "" if library["story_count"] and not by_hand else "coded by the project"


def _synthetic(library: Mapping[str, Any]) -> str:
    """What has to be said where stories are made up; '' where none is."""
    made, told = library["synthetic_count"], library["story_count"]
    if not made:
        return ""
    if made == told:
        return "all synthetic: made by a program, of no real company"
    return f"{format_count(made, 'of them', 'of them')} synthetic"


def _described(text: str, rows: Sequence[Mapping[str, Any]]) -> str:
    """An alt text that can be listened to: of many rows, what begins it."""
    return truncate_list(
        text, MOST_DESCRIBED, f"and so on: the files of this chart have all {format_number(len(rows))} rows."
    )


def draw_spec(chart: ChartDeclaration, rows: list[dict[str, Any]], look: str) -> dict[str, Any]:
    """The Vega-Lite spec of a chart over these rows, with the config of the look; its caller may change it."""
    # Altair would check every part of a chart as it is put together, half of the time of drawing; tests check the whole
    with alt.utils.schemapi.debug_mode(False):
        spec: dict[str, Any] = chart.draw(rows, THEMES[look]).spec()
    spec["params"] = [
        {
            "name": SELECTED,
            "select": {"type": "point", "fields": list(_opens(chart, rows)), "on": "click"},
            "views": [CLICKABLE_LAYER],
        }
    ]
    spec["config"] = vega_config(THEMES[look])
    # the height is the plot's: with the axes inside it, one row would leave no plot
    spec["autosize"] = {"type": "fit-x", "contains": "padding"}
    return spec
