"""Whose columns a table has: our own, those of a mapping we have, or somebody's, mapped here column by column."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

import streamlit as st

from cxdata.intake import Look
from cxdata.intake.mapping import DATES, read_mapping, shipped_mappings
from pages.shared.add_by_hand import map_by_hand

OURS, BY_HAND = "ours", "by hand"


@dataclass(frozen=True)
class Meant:
    """What the columns of the tables mean: a mapping (its name, or its text), or our own under these headers."""

    mapping: str | None = None
    columns: dict[str, str] | None = field(default=None)
    order: Literal["day first", "month first"] | None = None


def choose_mapping(looks: Sequence[Look]) -> Meant | None:
    """What the columns mean, guessed and to be changed; None while something is open. One choice for all tables."""
    look, tables = looks[0], len(looks)
    kinds = {name: read_mapping(path).title for name, path in shipped_mappings().items()}
    ways = {OURS: "Our own columns (see the template)", **kinds, BY_HAND: "Another table: I say what its columns mean"}
    guessed = OURS if look.is_ours else look.mapping or BY_HAND
    if tables > 1:
        st.caption(f"The {tables} tables are read in one way; its columns are looked for in each of them.")
    way = st.selectbox(
        "What the columns are",
        list(ways),
        index=list(ways).index(guessed),
        format_func=lambda each: ways[each],
        key="way",
    )
    order: Any = st.segmented_control(
        "Dates such as 3/4/2026", [each for each in DATES if each != "year first"], key="order",
        help="Asked only where a date could be read two ways.",
    )  # fmt: skip
    if way == OURS:
        return Meant(order=order)
    if way != BY_HAND:
        return Meant(mapping=way, order=order)
    text = map_by_hand(looks)
    return None if text is None else Meant(mapping=text, order=order)
