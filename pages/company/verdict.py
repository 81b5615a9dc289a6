"""The top of a company's page: its rating in a sentence, and how much of its stories that rests on."""

from html import escape

import streamlit as st

from cxdata.claims.grammar import agree
from cxdata.claims.unrated import Standing, claim_standing
from cxdata.publish.coverage import count_known
from cxdata.publish.kinds import KIND, format_kind
from cxdata.publish.origin import describe_origin
from cxdata.questions.ask import Value
from cxdata.questions.rows import CompanyScoresRow, LibraryRow
from cxdata.statistics.intervals import mean_margin
from cxdata.text.formatting import format_number, format_period, format_signed, join_parts
from pages.ui.cache import rows
from pages.ui.markup import show_html
from pages.ui.page_header import show_page_header


def head_verdict(company: str, choices: dict[str, Value]) -> None:
    """Show the verdict on a company as the title of its page."""
    scores = rows("company_scores", **choices)[0]
    library = rows("library", **choices)[0]
    claim = claim_standing(
        Standing(
            company,
            scores["story_count"],
            scores["feeling_read"],
            scores["experience_count"],
            scores["experience"],
            scores["hall"],
        )
    )
    st.html(f'<p class="cx-kicker">{escape(scores["sector"])}</p>')
    show_page_header(claim.headline, _lead(scores, library, str(choices[KIND])))


def show_verdict(choices: dict[str, Value]) -> dict[str, int]:
    """Show the figures of a company and the coverage of each measure.

    Return how many of its stories are known for effort, feeling and promises.
    """
    scores = rows("company_scores", **choices)[0]
    library = rows("library", **choices)[0]
    show_html(_figures(scores, library))
    return {measure: count_known(library, measure) for measure in ("effort", "feeling", "promises")}


def _lead(scores: CompanyScoresRow, library: LibraryRow, kind: str) -> str:
    period = format_period(library["first_year"], library["last_year"])
    told = join_parts([format_kind(scores["story_count"], kind), period])
    return f"{told}. Experience runs from −5 to +5. {describe_origin(library)}"


def _figures(scores: CompanyScoresRow, library: LibraryRow) -> str:
    total = library["story_count"]
    margin = (
        None
        if scores["experience_variance"] is None
        else mean_margin(scores["experience_variance"], scores["experience_count"])
    )
    felt = "mean experience" if scores["experience_count"] > 1 else "experience"
    effort = "effort points a story" if scores["effort_count"] > 1 else "effort points"
    figures = [
        (
            format_signed(scores["experience"], "unknown"),
            felt,
            f"95% margin ±{format_number(margin)}" if margin else "",
        ),
        (format_number(scores["mean_points"], "unknown"), effort, ""),
        *(
            (
                f"{format_number(known)} of {format_number(total)}",
                agree(total, "story", "stories"),
                f"read for {measure}",
            )
            for measure, known in (
                ("feelings", scores["feeling_read"]),
                ("effort", scores["effort_count"]),
                ("promises", library["promises_read"]),
            )
        ),
    ]
    cells = "".join(
        f"<div><dd>{escape(figure)}</dd><dt>{escape(words)}{f'<br>{escape(more)}' if more else ''}</dt></div>"
        for figure, words, more in figures
    )
    unread = "What nobody has read a story for is unknown, not zero." if scores["effort_count"] < total else ""
    return f'<dl class="cx-facts">{cells}</dl>' + (f'<p class="cx-source">{unread}</p>' if unread else "")
