"""The table of company figures: points, score, range and number of stories, with a note on the score."""

from html import escape

from cxdata.questions.ask import Value
from cxdata.questions.rows import CompanyScoresRow
from cxdata.text.formatting import format_count, format_number
from pages.ui.cache import cached, rows
from pages.ui.links import company_anchor, stories_link
from pages.ui.markup import show_html

MOST = 100  # companies in the table; the filters show the others


def show_score_table(filters: dict[str, Value]) -> None:
    """Show one row a company, most effort first as in the chart; nothing if no story was read for effort."""
    if table := cached(_table, **filters):
        show_html(table)


def _table(**filters: Value) -> str:
    companies = sorted(
        (row for row in rows("company_scores", **filters) if row["effort_count"]),
        key=lambda row: (-(row["mean_points"] or 0), row["company"]),
    )
    if not companies:
        return ""
    # of many companies those with most stories
    shown = sorted(companies, key=lambda row: (-row["effort_count"], row["company"]))[:MOST]
    names = {row["company"] for row in shown}
    body = "".join(_row(company, filters) for company in companies if company["company"] in names)
    is_part = len(shown) < len(companies)
    part = f" · the {MOST} companies with most stories, of {format_number(len(companies))}" if is_part else ""
    return (
        '<section><h2 class="cx-headline">Company by company</h2>'
        '<p class="cx-subtitle">Mean effort points per story, and the effort score from 0 (no effort) to 100.'
        " Lower is better"
        f" · {format_count(sum(row['effort_count'] for row in companies), 'story')}{part}</p>"
        '<div class="cx-scroll" tabindex="0" role="region" aria-label="Effort of each company"><table><thead><tr>'
        '<th scope="col">company</th><th scope="col">points</th><th scope="col">to do</th><th scope="col">to feel</th>'
        '<th scope="col">on usual minutes</th>'
        '<th scope="col">effort score</th><th scope="col">range of points</th><th scope="col">stories</th>'
        f"</tr></thead><tbody>{body}</tbody></table></div>"
        '<p class="cx-note">A reader counted this effort from the stories by the codebook. Nobody answered a survey, '
        "so this is not a customer effort score (CES). Points on usual minutes are our estimate where a story"
        " gives no minutes. "
        "One story is not a rank.</p>"
        "</section>"
    )


def _row(company: CompanyScoresRow, filters: dict[str, Value]) -> str:
    link = escape(stories_link(filters | {"company": company["company"], "known": "effort"}))
    spread = (
        "1 story, no range"
        if company["effort_count"] == 1
        else f"{format_number(company['least_points'])} to {format_number(company['most_points'])}"
    )
    cells = [
        format_number(company["mean_points"]),
        format_number(company["do_points"]),
        format_number(company["feel_points"]),
        format_number(company["assumed_points"]),
        f"{company['effort_score']:.0f}",
        spread,
        f'<a href="{link}" target="_self">{format_count(company["effort_count"], "story")}</a>',
    ]
    return (
        f'<tr><th scope="row">{company_anchor(company["company"], filters)}</th>'
        + "".join(f"<td>{cell}</td>" for cell in cells)
        + "</tr>"
    )
