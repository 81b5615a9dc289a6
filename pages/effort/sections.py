"""The sections of the Effort page, shown one at a time under the reader's weights."""

from collections.abc import Callable

import streamlit as st

from cxdata.publish.summaries import summarise_fixes
from cxdata.questions.ask import Value
from pages.effort.cost_inputs import show_cost_inputs
from pages.effort.score_table import show_score_table
from pages.ui.cache import prefetch, rows
from pages.ui.chart_card import show_chart
from pages.ui.filters.subject import choose_effort_type
from pages.ui.frame import forget_said, fragment
from pages.ui.page_header import choose_section
from pages.ui.tables.type_prevalence import show_type_prevalence
from pages.ui.weights import read_weights, show_weight_sliders, show_weighting

Filters = dict[str, Value]


def show_sections(filters: Filters) -> None:
    """Show the choice of a section, kept in the URL, and that section."""
    labels = {code: label for code, (label, _) in SECTIONS.items()}
    _show_part(choose_section(labels, "Part of this page"), filters)


@fragment
def _show_part(part: str, filters: Filters) -> None:
    """Show one section as a fragment, so that a slider reruns this section alone."""
    forget_said()
    SECTIONS[part][1](filters)


def _points(filters: Filters) -> None:
    opinions = read_weights()
    show_chart("effort", filters | opinions)
    show_chart("effort_by_driver", filters | opinions)
    show_score_table(filters | opinions)
    show_type_prevalence(filters)


def _what_if(filters: Filters) -> None:
    opinions = show_weighting()
    with prefetch((chart, filters | opinions) for chart in ("effort", "rank_stability")):
        show_weight_sliders(filters, opinions)
    show_chart("effort", filters | opinions, key="what-if")
    show_chart("rank_stability", filters | opinions)


def _how_sure(filters: Filters) -> None:
    show_chart("how_sure", filters | read_weights())
    show_chart("agreement")
    st.html(
        '<p class="cx-note">The second coder saw the source, the codebook and short names of the steps, but no'
        " code. The codebook was written from these same stories. Agreement on new stories may be lower."
        "</p>"
    )
    show_chart("convergence", filters)


def _cost(filters: Filters) -> None:
    show_chart("cost_of_failure", filters | show_cost_inputs())
    show_chart("failure_demand", filters)


def _fix(filters: Filters) -> None:
    opinions = read_weights()
    found = rows("what_to_fix", **filters, **opinions)
    if found:
        st.html('<h2 class="cx-small">In a paragraph, to paste into a mail</h2>')
        st.code(summarise_fixes(found, rows("library", **filters, known="effort")[0]), language=None, wrap_lines=True)
    show_chart("what_to_fix", filters | opinions)
    driver = choose_effort_type(
        {row["driver"]: str(row["driver_label"]) for row in found if row["driver"]},
        "Where does it happen?",
        "Choose an effort type to see its touchpoints",
    )
    if driver:
        show_chart("what_to_fix", filters | opinions | {"driver": driver}, key="touchpoints")
    show_chart("promise_gap", filters)


SECTIONS: dict[str, tuple[str, Callable[[Filters], None]]] = {
    "points": ("How much", _points),
    "what_if": ("What if", _what_if),
    "how_sure": ("How sure", _how_sure),
    "cost": ("What it costs", _cost),
    "fix": ("What to fix", _fix),
}
