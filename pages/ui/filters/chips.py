"""The chips at the top of every page: each filter that is set, removed by one click."""

from collections.abc import Mapping, Sequence

import streamlit as st

from cxdata.publish.kinds import KIND
from pages.ui.escaping import escape_label, escape_markdown
from pages.ui.filters.address import (
    FILTERS,
    PERIOD,
    SUBJECT,
    Filters,
    clear_filters,
    drop_filter,
    has_filters,
    label_value,
    list_labels,
    read_filters,
)
from pages.ui.frame import ONE_COMPANY

MOST = 4  # values of a filter that have a chip each


def show_chips(page: str, used: Sequence[str]) -> None:
    """Show the filters of the address above a page, and name the values that are unknown.

    `used` has the keys of the filters that the page uses; those of other pages stand apart.
    """
    if not has_filters(page):
        return
    filters = read_filters()
    for sentence in filters.unknown:
        st.warning(escape_markdown(sentence))
    chosen = dict(filters.chosen)
    if page == SUBJECT and len(chosen.get("company", ())) == 1:
        del chosen["company"]
    if not chosen:
        return
    here = {key: values for key, values in chosen.items() if _is_used(key, values, used)}
    elsewhere = {key: values for key, values in chosen.items() if key not in here}
    with st.container(horizontal=True, key="chips", vertical_alignment="center", gap="small"):
        _show_group("Filters:", here, filters)
        _show_group("Not used on this page:", elsewhere, filters)
        if sum(map(len, chosen.values())) > 1:
            st.button("Remove all", key="chip-all", type="tertiary", on_click=clear_filters)


def _is_used(key: str, values: Sequence[str], used: Sequence[str]) -> bool:
    return key in used or (key == "company" and ONE_COMPANY in used and len(values) == 1)


def _show_group(words: str, chosen: Mapping[str, tuple[str, ...]], filters: Filters) -> None:
    if not chosen:
        return
    st.html(f'<p class="cx-source">{words}</p>', width="content")
    labels = list_labels(**filters.asked)
    for key, values in chosen.items():
        if len(values) > MOST:
            _show_chip(f"{_name(key)}: {len(values)} chosen", key, None)
            continue
        for value in values:
            _show_chip(f"{_name(key)}{' ' if key in PERIOD else ': '}{label_value(key, value, labels)}", key, value)


def _name(key: str) -> str:
    if key in PERIOD:
        return PERIOD[key]
    return "Kind" if key == KIND else FILTERS[key][2].capitalize()


def _show_chip(words: str, key: str, value: str | None) -> None:
    st.button(
        escape_label(words),
        key=f"chip-{key}-{value}",
        icon=":material/close:",
        help="Remove this filter",
        on_click=drop_filter,
        args=(key, value),
    )
