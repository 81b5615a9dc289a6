"""The table of companies, each with its figures and a link to its page."""

from collections.abc import Sequence
from html import escape

from cxdata.questions.ask import Value
from cxdata.questions.rows import CompanyScoresRow
from cxdata.text.formatting import format_count, format_number, format_signed
from pages.ui.cache import cached, rows
from pages.ui.links import company_anchor
from pages.ui.markup import show_html

HEADS = {
    "sector": "sector",
    "story_count": "stories",
    "experience": "experience, −5 to +5",
    "mean_points": "effort points a story",
}


def show_companies(filters: dict[str, Value], most: int) -> None:
    """Show the `most` companies with most stories from A to Z, each with what is known and a link to its page."""
    show_html(cached(_table, most, **filters))


def _table(most: int, **filters: Value) -> str:
    companies = rows("company_scores", **filters)
    shown = sorted(companies, key=lambda row: (-row["story_count"], row["company"]))[:most]
    is_known = {
        "experience": any(row["experience"] is not None for row in shown),
        "mean_points": any(row["mean_points"] is not None for row in shown),
    }
    heads = [head for head in HEADS if is_known.get(head, True)]
    body = "".join(_row(row, heads, filters) for row in sorted(shown, key=lambda row: row["company"].casefold()))
    part = (
        f"The {most} companies with most stories, of {format_number(len(companies))}."
        ' <a href="company" target="_self">Find another company</a>'
        if len(shown) < len(companies)
        else f"{format_count(len(companies), 'company')}, A to Z."
    )
    top = "".join(f'<th scope="col">{HEADS[head]}</th>' for head in heads)
    return (
        f'<h2 class="cx-headline">Companies</h2><p class="cx-subtitle">{part}</p>'
        '<div class="cx-scroll" tabindex="0" role="region" aria-label="Companies"><table><thead><tr>'
        f'<th scope="col">company</th>{top}</tr></thead><tbody>{body}</tbody></table></div>'
    )


def _row(row: CompanyScoresRow, heads: Sequence[str], filters: dict[str, Value]) -> str:
    cells = {
        "sector": escape(row["sector"]),
        "story_count": format_number(row["story_count"]),
        "experience": format_signed(row["experience"], "unknown"),
        "mean_points": format_number(row["mean_points"], "unknown"),
    }
    return (
        f'<tr><th scope="row">{company_anchor(row["company"], filters)}</th>'
        + "".join(f"<td>{cells[head]}</td>" for head in heads)
        + "</tr>"
    )
