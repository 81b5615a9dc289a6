"""A page in parts: one shown at a time, chosen at the top and kept in the address."""

from collections.abc import Mapping

import streamlit as st

from pages.ui.links import write_labels


def choose_section(labels: Mapping[str, str], asks: str, key: str = "part") -> str:
    """The code of the chosen part, the first if none is chosen."""
    write_labels({key: labels})
    chosen = st.segmented_control(
        asks,
        list(labels),
        format_func=lambda part: labels.get(part, part),
        default=next(iter(labels)),
        key=key,
        bind="query-params",
        label_visibility="collapsed",
    )
    return chosen if chosen is not None and chosen in labels else next(iter(labels))
