"""The two halls side by side, with the experience and number of stories of each company."""

from html import escape

import streamlit as st

from cxdata.questions.ask import Value
from cxdata.questions.rows import CompanyScoresRow
from cxdata.text.formatting import format_count, format_effort, format_signed
from pages.ui.cache import rows
from pages.ui.chart_card import stories_link

MOST = 4  # companies a hall; a link leads to the others


def show_halls(filters: dict[str, Value]) -> None:
    """Show the hall of fame on the left and the hall of shame on the right; on a phone one below the other."""
    companies = rows("company_scores", **filters)
    fame = sorted((row for row in companies if row["hall"] == "fame"), key=_experience, reverse=True)
    shame = sorted((row for row in companies if row["hall"] == "shame"), key=_experience)
    st.html(f'<div class="cx-halls">{_hall("fame", fame)}{_hall("shame", shame)}</div>')
    others = [row for row in companies if row["hall"] not in ("fame", "shame")]
    if others:
        mixed = sum(row["hall"] == "mixed" for row in others)
        silent = len(others) - mixed
        words = [
            f"{format_count(mixed, 'company')} between the halls" if mixed else "",
            f"{format_count(silent, 'company')} in no hall, as {_describe_silent(silent)} no feeling" if silent else "",
        ]
        st.html(f'<p class="cx-source">{"; ".join(word for word in words if word)}.</p>')


def _describe_silent(silent: int) -> str:
    return "its accounts tell" if silent == 1 else "their accounts tell"


def _experience(company: CompanyScoresRow) -> float:
    assert company["experience"] is not None  # only companies with an experience have a hall
    return company["experience"]


def _hall(hall: str, companies: list[CompanyScoresRow]) -> str:
    earned = {"fame": "earned gratitude", "shame": "earned contempt"}[hall]
    shown = "".join(_company(hall, row) for row in companies[:MOST]) or "<p>Nobody in these stories.</p>"
    more = len(companies) - MOST
    rest = (
        f'<p><a href="fame-and-shame" target="_self">and {format_count(more, "more company")}</a></p>'
        if more > 0
        else ""
    )
    return (
        f'<section class="cx-hall cx-{hall}"><h2>Hall of {hall} <span class="cx-{hall}-text">{earned}</span></h2>'
        f"<ul>{shown}</ul>{rest}</section>"
    )


def _company(hall: str, row: CompanyScoresRow) -> str:
    link = escape(stories_link({"company": row["company"]}))
    return (
        f'<li><a href="{link}" target="_self">{escape(row["company"])}</a>'
        f'<span class="cx-hall-figure cx-{hall}-text">{format_signed(row["experience"])}</span>'
        f"<small>{format_effort(row['mean_points'])} · {format_count(row['story_count'], 'story')}</small></li>"
    )
