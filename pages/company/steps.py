"""The touchpoints where a company pleased and annoyed its customers, with the step that shows each."""

from collections.abc import Sequence
from html import escape

from cxdata.questions.ask import Value
from cxdata.questions.rows import CompanyTouchpointsRow
from cxdata.text.formatting import format_count, format_signed
from pages.ui.cache import cached, rows
from pages.ui.links import stories_link
from pages.ui.markup import show_html

MOST = 5  # touchpoints on a side


def show_touchpoints(company: str, choices: dict[str, Value]) -> None:
    """Show the best touchpoints beside the worst; nothing where no step states a feeling."""
    if html := cached(_touchpoints, company=company, **_without_companies(choices)):
        show_html(html)


def _without_companies(choices: dict[str, Value]) -> dict[str, Value]:
    return {name: value for name, value in choices.items() if name != "companies"}


def _touchpoints(**asked: Value) -> str:
    found = rows("company_touchpoints", **asked)
    best = [row for row in found if row["mean_feeling"] > 0][:MOST]
    worst = [row for row in reversed(found) if row["mean_feeling"] < 0][:MOST]
    if not found:
        return ""
    return (
        '<h2 class="cx-headline">Best and worst touchpoints</h2>'
        '<p class="cx-subtitle">Mean feeling of the steps there, −5 to +5. Each line names the strongest step.</p>'
        f'<div class="cx-halls">{_side("fame", "Best", best, asked)}{_side("shame", "Worst", worst, asked)}</div>'
    )


def _side(hall: str, title: str, found: Sequence[CompanyTouchpointsRow], asked: dict[str, Value]) -> str:
    empty = f"<p>No touchpoint with a {'good' if hall == 'fame' else 'bad'} feeling.</p>"
    lines = "".join(_line(hall, row, asked) for row in found)
    return (
        f'<section class="cx-hall cx-{hall}"><header><h3>{title}</h3></header>'
        f"{f'<ul>{lines}</ul>' if found else empty}</section>"
    )


def _line(hall: str, row: CompanyTouchpointsRow, asked: dict[str, Value]) -> str:
    scope = asked | {"touchpoint": row["touchpoint"]}
    link = escape(stories_link(asked | {"story": row["story"], "step": row["step"]}))
    # a step whose summary is the name of its touchpoint, as of imported rows, says nothing more
    is_told = row["moment"] != row["touchpoint_label"]
    moment = f'<a href="{link}" target="_self">{escape(row["moment"])}</a> · ' if is_told else ""
    return (
        f'<li><a href="{escape(stories_link(scope))}" target="_self">{escape(row["touchpoint_label"])}</a>'
        f'<span class="cx-hall-figure cx-{hall}-text">{format_signed(row["mean_feeling"])}</span>'
        f"<small>{moment}{format_count(row['feeling_count'], 'step')}"
        f" in {format_count(row['story_count'], 'story')}</small></li>"
    )
