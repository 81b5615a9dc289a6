"""The effort lab: the parts of the Effort page, one at a time, each under the weights that the reader chose."""

from collections.abc import Callable

import streamlit as st

from cxdata.publish.summaries import what_to_fix
from cxdata.questions.ask import Value
from pages.effort.cost_inputs import choose_costs
from pages.effort.score_table import show_scores
from pages.ui.cache import prepared, rows
from pages.ui.chart_card import show
from pages.ui.section_choice import choose_part
from pages.ui.weights import choose_weighting, offer_own_weights, say_weights

Filters = dict[str, Value]

TO_FIX = 10


def show_lab(filters: Filters) -> None:
    """The choice of a part, kept in the URL, and that part."""
    labels = {code: label for code, (label, _) in PARTS.items()}
    _show_part(choose_part(labels, "Part of this page"), filters)


@st.fragment
def _show_part(part: str, filters: Filters) -> None:
    """A slider within a part reruns that part alone."""
    PARTS[part][1](filters)


def _points(filters: Filters) -> None:
    opinions = say_weights()
    show("effort", filters | opinions)
    show("effort_by_driver", filters | opinions)
    show_scores(filters | opinions)


def _what_if(filters: Filters) -> None:
    opinions = choose_weighting()
    with prepared((chart, filters | opinions) for chart in ("effort", "rank_stability")):
        offer_own_weights(filters, opinions)
    show("effort", filters | opinions, key="what-if")
    show("rank_stability", filters | opinions)


def _how_sure(filters: Filters) -> None:
    show("how_sure", filters | say_weights())
    show("agreement")
    st.html(
        '<p class="cx-note">The second coder worked from the account and the codebook alone, and saw the encounters '
        "with their short names but no code. The codebook was settled on these same accounts, so that agreement on new "
        "ones may be lower.</p>"
    )
    show("convergence", filters)


def _cost(filters: Filters) -> None:
    show("cost_of_failure", filters | choose_costs())
    show("failure_demand", filters)


def _fix(filters: Filters) -> None:
    opinions = say_weights()
    found = rows("fix_first", **filters, **opinions, most=TO_FIX)
    if found:
        st.html('<h2 class="cx-small">In a paragraph, to paste into a mail</h2>')
        st.code(what_to_fix(found, rows("library", **filters)[0]), language=None, wrap_lines=True)
    show("fix_first", filters | opinions | {"most": TO_FIX})
    show("promise_gap", filters)


PARTS: dict[str, tuple[str, Callable[[Filters], None]]] = {
    "points": ("How much", _points),
    "what_if": ("What if", _what_if),
    "how_sure": ("How sure", _how_sure),
    "cost": ("What it costs", _cost),
    "fix": ("What to fix", _fix),
}
