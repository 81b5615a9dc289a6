"""The filters in the address: the one record of what is chosen, kept from page to page.

The address holds codes, which stay when a label changes; a label or an earlier name of a company means the same.
Widgets and chips show what the address says, and write to it.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

import streamlit as st

from cxdata.publish.kinds import KIND, find_default, name_kind
from cxdata.questions.ask import Value
from cxdata.questions.parameters import ALL_KINDS
from cxdata.text.formatting import join_list, truncate
from cxdata.text.suggestions import suggest_nearest
from pages.ui.cache import cached, rows
from pages.ui.links import current_names

KEPT = "filters-kept"  # session key of the last page and its filters
STUDIO = "studio"  # path of the page whose address is that of a chart, once it names one
SUBJECT = "company"  # path of the page whose company is its subject, and no filter of the next page

# filter: (parameter of the question, label, what one value is called)
FILTERS = {
    "company": ("companies", "Company", "company"),
    "sector": ("sectors", "Sector", "sector"),
    "job": ("jobs", "Job the customer wanted done", "job"),
    "touchpoint": ("touchpoints", "Touchpoint", "touchpoint"),
    "hall": ("halls", "Hall", "hall"),
}
PERIOD = {"since": "From", "until": "To"}
KEYS = (KIND, *FILTERS, *PERIOD)
NEAR = 3  # choices that a sentence on an unknown value names
YEAR = re.compile(r"[12]\d{3}", re.ASCII)
FEW = 12  # choices of which it names all
Labels = Mapping[str, Mapping[str, str]]


@dataclass(frozen=True)
class Filters:
    """The filters that the address sets: values by key, the kind shown, and a sentence for every unknown value."""

    kind: str | None
    """None without a story."""
    chosen: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    unknown: tuple[str, ...] = ()

    @property
    def asked(self) -> dict[str, Value]:
        """Return the kind as a parameter of a question."""
        return {KIND: self.kind} if self.kind else {}

    def choices(self, offered: Sequence[str] = (*FILTERS, *PERIOD)) -> dict[str, Value]:
        """Return the filters of these keys as parameters of a question, without the kind."""
        found: dict[str, Value] = {}
        for key, values in self.chosen.items():
            if key not in offered:
                continue
            if key in FILTERS:
                found[FILTERS[key][0]] = values
            elif key in PERIOD:
                found[key] = date(int(values[0]), *((1, 1) if key == "since" else (12, 31)))
        return found


def read_filters() -> Filters:
    """Read the filters of the address. Values that no story of the kind has are left out and named."""
    kinds = [row["kind"] for row in rows("story_kinds")]
    first = find_default(rows("story_kinds"))
    if first is None:
        return Filters(None)
    asked = st.query_params.get(KIND)
    kind = asked if asked in (*kinds, ALL_KINDS) else first
    unknown = [] if asked in (None, kind) else [_unknown_kind(asked, kinds, kind)]
    chosen: dict[str, tuple[str, ...]] = {} if kind == first else {KIND: (kind,)}
    labels = list_labels(**{KIND: kind})
    for key in (*FILTERS, *PERIOD):
        values = st.query_params.get_all(key)
        if not values:
            continue
        found = {value: _resolve(key, value, labels) for value in (values if key in FILTERS else values[-1:])}
        unknown += [cached(_unknown, key, value, kind) for value, code in found.items() if code is None]
        if known := tuple(dict.fromkeys(code for code in found.values() if code is not None)):
            chosen[key] = known
    return Filters(kind, chosen, tuple(unknown))


def has_filters(page: str) -> bool:
    """Return whether the address of a page holds filters: in the studio it holds the choices of a chart."""
    return not (page == STUDIO and "chart" in st.query_params)


def keep_filters(page: str) -> None:
    """Write the filters of the last page into the address of this one, which the navigation leaves empty.

    On the same page an address without filters means that the reader went back to it. The subject of the company page
    is no filter: what was chosen before it stays for the next page.
    """
    last_page, last = st.session_state.get(KEPT, (page, {}))
    if not has_filters(page):
        st.session_state[KEPT] = (page, last)
        return
    if page != last_page and not any(key in st.query_params for key in KEYS):
        for key, values in last.items():
            st.query_params[key] = list(values)
    now = dict(read_filters().chosen)
    if page == SUBJECT:
        now.pop("company", None)
        now |= {"company": last["company"]} if "company" in last else {}
    st.session_state[KEPT] = (page, now)


def write_filter(key: str, values: Sequence[str]) -> None:
    """Write the values of one filter into the address; none of them removes it."""
    if values:
        st.query_params[key] = list(values)
    else:
        st.query_params.pop(key, None)


def drop_filter(key: str, value: str | None = None) -> None:
    """Remove one value of a filter from the address, or the whole filter."""
    left = [each for each in read_filters().chosen.get(key, ()) if each != value] if value else []
    write_filter(key, left)


def clear_filters() -> None:
    """Remove every filter from the address."""
    for key in KEYS:
        st.query_params.pop(key, None)


def list_labels(**kind: Value) -> Labels:
    """Return the labels of the values that each filter can take for a kind of story, by filter and value."""
    return cached(_labels, **kind)


def label_value(key: str, value: str, labels: Labels) -> str:
    """Return a value of a filter in words."""
    return name_kind(value) if key == KIND else labels.get(key, {}).get(value, value)


def _labels(**kind: Value) -> Labels:
    labels: dict[str, dict[str, str]] = {}
    for row in rows("choices", **kind):
        labels.setdefault(row["filter"], {})[row["value"]] = row["label"]
    return labels


def _resolve(key: str, value: str, labels: Labels) -> str | None:
    """Return the code of a value of the address, which may be a label or an earlier name; None if it is unknown."""
    if key in PERIOD:
        return value if YEAR.fullmatch(value) else None
    known = labels.get(key, {})
    if value in known:
        return value
    if key == "company":
        renamed = current_names(key, known).get(value)
        return renamed if renamed in known else None
    return next((code for code, label in known.items() if label == value), None)


def _unknown(key: str, value: str, kind: str) -> str:
    """Say that no story of the kind has a value, and which values come nearest."""
    here = list_labels(**{KIND: kind})
    every = list_labels(**{KIND: ALL_KINDS})
    if key in PERIOD:
        years = list(here.get("year", ()))
        reach = f"The {name_kind(kind)} here are from {years[0]} to {years[-1]}." if years else "No story has a date."
        return f"“{truncate(value)}” is not a year, so that is not chosen. {reach}"
    what = FILTERS[key][2]
    elsewhere = _resolve(key, value, every)
    if elsewhere is not None:
        words = label_value(key, elsewhere, every)
        return f"Among the {name_kind(kind)} here is none of {what} “{words}”, so that is not chosen."
    known = here.get(key, {})
    near = [known[code] for code in suggest_nearest(value, known, NEAR)]
    sentence = f"No {what} called “{truncate(value)}”, so that is not chosen."
    if near:
        return f"{sentence} Did you mean {join_list(near, word='or')}?"
    return f"{sentence} You can choose {join_list(known.values(), FEW, 'or')}." if 0 < len(known) <= FEW else sentence


def _unknown_kind(asked: str, kinds: Sequence[str], shown: str) -> str:
    offered = [*kinds, ALL_KINDS] if len(kinds) > 1 else list(kinds)
    near = suggest_nearest(asked, offered, 1)
    hint = f" Did you mean {near[0]}?" if near else ""
    return (
        f"No kind of story called “{truncate(asked)}” here.{hint} You can choose {join_list(offered, FEW, 'or')}."
        f" Here you see {name_kind(shown)}."
    )
