"""Head to head: the journeys of one job at two companies, compared."""

import streamlit as st

from pages.head_to_head.comparison import (
    describe_difference,
    show_journeys,
    show_limits,
    show_other_jobs,
    show_pair_choice,
    show_promises,
)
from pages.ui.chart_card import show_chart
from pages.ui.filters.form import choose_kind
from pages.ui.pack_links import show_pack_links
from pages.ui.page_header import show_page_header
from pages.ui.weights import read_weights

top = st.container()
kind = choose_kind()
pair = show_pair_choice(kind)
if pair is None:
    with top:
        show_page_header("Head to head", "No job has stories at two companies yet, so there is nothing to compare.")
else:
    weights = read_weights()
    sides = {"left": pair.left, "right": pair.right} | kind | weights
    with top:
        show_page_header(
            describe_difference(pair, kind | weights),
            "How did two companies handle the same job, and where did they differ?",
        )
        show_pack_links({"job": pair.job} | sides)
    show_journeys(pair, kind, weights)
    show_promises(pair, kind)
    show_chart("matched_pairs", sides)
    show_limits(pair, kind)
show_other_jobs(kind)
