"""Head to head: the same job at two companies: where do the two journeys part?"""

import streamlit as st

from pages.head_to_head.comparison import choose_pair, finding, show_limits, show_other_jobs, show_promises, show_sides
from pages.ui.chart_card import show
from pages.ui.page_header import show_head
from pages.ui.weights import say_weights

top = st.container()
pair = choose_pair()
if pair is None:
    with top:
        show_head("Head to head", "No job is told of two companies yet, so there is nothing to set side by side.")
else:
    weights = say_weights()
    sides = {"left": pair.left, "right": pair.right} | weights
    with top:
        show_head(
            finding(pair, weights),
            "The same job at two companies: what it asked of the customer, and where the journeys part.",
        )
    show_sides(pair, weights)
    show("head_to_head", {"job": pair.job} | sides)
    show("difference_by_driver", {"job": pair.job} | sides)
    show_promises(pair)
    show("matched_pairs", sides)
    show_limits(pair)
show_other_jobs()
