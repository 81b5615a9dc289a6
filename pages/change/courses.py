"""The charts over time, each with the newest period beside earlier ones; or what is missing for them."""

from collections.abc import Sequence
from html import escape
from typing import Any

from cxdata.claims.change import Length, say_needed
from cxdata.claims.claim import Claim
from cxdata.publish.change import compare_newest
from cxdata.questions.ask import Value
from cxdata.statistics.control_chart import Measure
from pages.ui.cache import cached, rows
from pages.ui.chart_card import show_chart
from pages.ui.filters.subject import choose_effort_type
from pages.ui.markup import show_html

Choices = dict[str, Value]
# chart: what it measures, and its name in a sentence
MEASURES: dict[str, tuple[Measure, str]] = {
    "experience_over_time": ("experience", "Experience"),
    "effort_over_time": ("effort", "Effort"),
}
TYPES = "type_over_time"


def show_courses(choices: Choices) -> None:
    """Show the chart of each measure that has a period with a figure; without any, say what it would take."""
    shown = [chart for chart in MEASURES if _has_points(chart, choices)]
    for chart in shown:
        show_chart(chart, choices)
        _show_comparisons(chart, *MEASURES[chart], choices)
    if _has_points(TYPES, choices):
        shown.append(TYPES)
        _show_type(choices)
    if not shown:
        show_html(cached(_missing, **choices))


def _has_points(chart: str, choices: Choices) -> bool:
    return any(row["value"] is not None for row in _rows(chart, choices))


def _rows(chart: str, choices: Choices) -> Sequence[Any]:
    return rows(chart, **choices)


def _show_type(choices: Choices) -> None:
    """Show how the share of one effort type changes; the reader chooses which."""
    found_types = rows("type_prevalence", **_without_length(choices))
    chosen = choose_effort_type(
        {row["driver"]: row["driver_label"] for row in found_types if row["story_count"]},
        "Effort type",
        "The commonest. Choose another one",
        width=360,
    )
    asked = choices | ({"driver": chosen} if chosen else {})
    show_chart(TYPES, asked)
    found = _rows(TYPES, asked)
    if found:
        _show_comparisons(TYPES, "share", str(found[0]["driver_label"]), asked)


def _without_length(choices: Choices) -> Choices:
    return {name: value for name, value in choices.items() if name != "period_length"}


def _show_comparisons(chart: str, measure: Measure, subject: str, choices: Choices) -> None:
    if html := cached(_comparisons, chart, measure, subject, **choices):
        show_html(html)


def _comparisons(chart: str, measure: Measure, subject: str, **choices: Value) -> str:
    return _format_claims(compare_newest(_rows(chart, choices), measure, subject))


def _format_claims(claims: Sequence[Claim]) -> str:
    items = "".join(f"<li>{escape(claim.headline)}.</li>" for claim in claims)
    return f'<ul class="cx-goodwill">{items}</ul>' if items else ""


def _missing(**choices: Value) -> str:
    """Say how many stories have a date, and how many it would take."""
    library = rows("library", **_without_length(choices))[0]
    # stories count here whatever they were read for
    periods = _rows("effort_over_time", choices) or _rows("experience_over_time", choices)
    dated = sum(row["story_count"] for row in periods)
    fullest = max((row["story_count"] for row in periods), default=0)
    length: Length = periods[0]["period_length"] if periods else "quarter"
    needed = say_needed(dated, library["story_count"], fullest, length)
    return (
        '<h2 class="cx-headline">Too few stories have a date to show a change</h2>'
        f'<p class="cx-subtitle">{escape(needed)}</p>'
        '<p class="cx-note">Stories get a date on the page <a href="add" target="_self">Add stories</a>, in the column'
        " happened_on of a file, or in the form.</p>"
    )
