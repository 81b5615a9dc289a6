"""The top of a company's page: its rating in a sentence, and how much of its stories that rests on."""

from html import escape

import streamlit as st

from cxdata.publish.companies import UNREAD, company_claim, company_figures, company_lead
from cxdata.publish.coverage import count_known
from cxdata.publish.kinds import KIND
from cxdata.questions.ask import Value
from cxdata.questions.rows import CompanyScoresRow, LibraryRow
from pages.ui.cache import rows
from pages.ui.markup import show_html
from pages.ui.page_header import show_page_header


def head_verdict(choices: dict[str, Value]) -> None:
    """Show the verdict on the chosen company as the title of its page."""
    scores = rows("company_scores", **choices)[0]
    library = rows("library", **choices)[0]
    st.html(f'<p class="cx-kicker">{escape(scores["sector"])}</p>')
    show_page_header(company_claim(scores).headline, company_lead(scores, library, str(choices[KIND])))


def show_verdict(choices: dict[str, Value]) -> dict[str, int]:
    """Show the figures of a company and the coverage of each measure.

    Return how many of its stories are known for effort, feeling and promises.
    """
    scores = rows("company_scores", **choices)[0]
    library = rows("library", **choices)[0]
    show_html(_figures(scores, library))
    return {measure: count_known(library, measure) for measure in ("effort", "feeling", "promises")}


def _figures(scores: CompanyScoresRow, library: LibraryRow) -> str:
    cells = "".join(
        f"<div><dd>{escape(figure)}</dd><dt>{escape(words)}{f'<br>{escape(more)}' if more else ''}</dt></div>"
        for figure, words, more in company_figures(scores, library)
    )
    unread = UNREAD if scores["effort_count"] < library["story_count"] else ""
    return f'<dl class="cx-facts">{cells}</dl>' + (f'<p class="cx-source">{unread}</p>' if unread else "")
