"""The list of companies, for a reader who has not chosen one."""

from html import escape

from cxdata.questions.ask import Value
from cxdata.questions.rows import CompanyScoresRow
from cxdata.text.formatting import format_count, format_number, format_signed
from pages.ui.cache import cached, rows
from pages.ui.links import company_anchor
from pages.ui.markup import show_html

MOST = 100  # companies in the list; the choice above it finds the others


def show_companies(kind: dict[str, Value]) -> None:
    """Show the companies with most stories from A to Z, each with its figures and a link to its page."""
    show_html(cached(_table, **kind))


def _table(**kind: Value) -> str:
    companies = rows("company_scores", **kind)
    shown = sorted(companies, key=lambda row: (-row["story_count"], row["company"]))[:MOST]
    body = "".join(_row(row, kind) for row in sorted(shown, key=lambda row: row["company"].casefold()))
    part = (
        f"The {MOST} companies with most stories, of {format_number(len(companies))}. Type a name above to find others."
        if len(shown) < len(companies)
        else f"{format_count(len(companies), 'company')}, A to Z."
    )
    return (
        f'<p class="cx-subtitle">{part}</p>'
        '<div class="cx-scroll" tabindex="0" role="region" aria-label="Companies"><table><thead><tr>'
        '<th scope="col">company</th><th scope="col">sector</th><th scope="col">stories</th>'
        '<th scope="col">experience, −5 to +5</th><th scope="col">effort points a story</th>'
        f"</tr></thead><tbody>{body}</tbody></table></div>"
    )


def _row(row: CompanyScoresRow, kind: dict[str, Value]) -> str:
    cells = (
        escape(row["sector"]),
        format_number(row["story_count"]),
        format_signed(row["experience"], "unknown"),
        format_number(row["mean_points"], "unknown"),
    )
    return (
        f'<tr><th scope="row">{company_anchor(row["company"], kind.get("story_kind"))}</th>'
        + "".join(f"<td>{cell}</td>" for cell in cells)
        + "</tr>"
    )
