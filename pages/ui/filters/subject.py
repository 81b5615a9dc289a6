"""The choice of one company or one effort type, kept in the address."""

from collections.abc import Mapping
from typing import Literal

import streamlit as st

from pages.ui.filters.address import list_labels, read_filters, write_filter
from pages.ui.links import write_labels


def choose_company(of_none: str = "All companies") -> str | None:
    """Show the choice of one company with a story of the kind, and return it; None while none or several are chosen.

    `of_none` is what the widget says while none is chosen.
    """
    filters = read_filters()
    names = list(list_labels(**filters.asked).get("company", ()))
    if not names:
        return None
    asked = filters.chosen.get("company", ())
    st.session_state["company"] = asked[0] if len(asked) == 1 else None
    return st.selectbox(
        "Company", names, index=None, key="company", placeholder=of_none, width=360, on_change=_write_company
    )


def _write_company() -> None:
    chosen = st.session_state["company"]
    write_filter("company", [chosen] if chosen else [])


def choose_effort_type(
    labels: Mapping[str, str], label: str, placeholder: str, width: int | Literal["stretch"] = "stretch"
) -> str | None:
    """Show the choice of one of these effort types, labels by code, and return its code; None while none is chosen.

    The URL keeps the choice. Without a type there is nothing to choose.
    """
    if not labels:
        return None
    write_labels({"effort_type": labels})
    chosen = st.selectbox(
        label,
        list(labels),
        index=None,
        format_func=lambda code: labels.get(code, code),
        placeholder=placeholder,
        key="effort_type",
        bind="query-params",
        width=width,
    )
    # another filter may leave no story with the type
    return chosen if chosen in labels else None
