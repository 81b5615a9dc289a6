"""Links to the Stories page and the studio: a mark or a view written into a URL, and read from it.

Filters use the keys of their widgets (story_kind, company, sector, job, touchpoint, hall, since, until, driver) and
choose whole stories. A mark within a story has its own keys (at, serving, kind, stage, sign, shown, kept). A filter on
a touchpoint keeps stories that pass it; a mark keeps those with effort at it. A mark of a chart over time has its
period, and the effort type that its stories were read for (period, read_for).

Links to the studio and to live pictures use the names of `parse_view`.
"""

from collections.abc import Container, Mapping, Sequence
from datetime import date
from html import escape
from typing import TypeVar
from urllib.parse import urlencode

import streamlit as st

from cxdata.export.view import View, format_query
from cxdata.questions.ask import Value
from cxdata.questions.parameters import is_box, is_period
from pages.ui.cache import cached, rows

# parameter of stories_behind: key in the URL
QUERY_KEYS = {
    "story": "story",
    "step": "step",
    "box": "box",
    "search": "search",
    "story_kind": "story_kind",
    "company": "company",
    "companies": "company",
    "sectors": "sector",
    "hall": "hall",
    "halls": "hall",
    "jobs": "job",
    "touchpoints": "touchpoint",
    "periods": "period",
    "read_driver": "read_for",
    "since": "since",
    "until": "until",
    "driver": "driver",
    "drivers": "driver",
    "touchpoint": "at",
    "job": "serving",
    "kind": "kind",
    "stage": "stage",
    "sign": "sign",
    "shown": "shown",
    "kept": "kept",
    "demand": "demand",
    "outcome": "outcome",
    "known": "known",
}
Default = TypeVar("Default")
STAYING = ("story_kind", "sectors", "jobs", "touchpoints", "halls", "since", "until")  # filters beside the company
MARKS = ("touchpoint", "job", "stage", "kind", "sign", "shown", "kept", "demand", "outcome", "known")


def stories_link(mark: Mapping[str, Value]) -> str:
    """Return the address of the Stories page with the stories behind a mark, relative to any page."""
    return page_link("stories", mark)


def page_link(page: str, mark: Mapping[str, Value], **more: str) -> str:
    """Return the address of a page over the stories of a mark or of filters, relative to any page."""
    query: dict[str, Value] = {}
    # the company or hall of a mark is narrower than the filter, so it overwrites it
    for parameter in sorted(mark, key=lambda name: name in ("company", "hall")):
        value = mark[parameter]
        if value is not None and parameter in QUERY_KEYS:
            query[QUERY_KEYS[parameter]] = str(value.year) if isinstance(value, date) else value
    query |= more
    return page + ("?" + urlencode(query, doseq=True) if query else "")


def company_link(company: str, filters: Mapping[str, Value]) -> str:
    """Return the address of a company's page under the reader's filters, relative to any page."""
    kept = {name: filters[name] for name in STAYING if filters.get(name)}
    return page_link("company", {"company": company, **kept})


def company_anchor(company: str, filters: Mapping[str, Value]) -> str:
    """Return a company's name as HTML that links to its page."""
    return f'<a href="{escape(company_link(company, filters))}" target="_self">{escape(company)}</a>'


def studio_link(view: View) -> str:
    """Return the address of the studio with a view in it, relative to any page."""
    return "studio?" + urlencode({"chart": view.chart} | format_query(view), doseq=True)


def picture_link(view: View, form: str = "png") -> str:
    """Return the live address of a view as a file, relative to any page."""
    return f"chart/{view.chart}.{form}?{urlencode(format_query(view), doseq=True)}"


def read_scope() -> dict[str, Value]:
    """Return the scope of a link as parameters of stories_behind; unknown codes are ignored."""
    known = codes()
    found = {name: st.query_params.get(QUERY_KEYS[name]) for name in MARKS}
    scope: dict[str, Value] = {name: code for name, code in found.items() if code in known[name]}
    box = st.query_params.get(QUERY_KEYS["box"])
    if box and is_box(box):
        scope["box"] = box
    periods = tuple(filter(is_period, st.query_params.get_all(QUERY_KEYS["periods"])))
    if periods:
        scope["periods"] = periods
    driver = st.query_params.get(QUERY_KEYS["read_driver"])
    if driver in known["driver"]:
        scope["read_driver"] = driver
    return scope


def remove_from_scope(parameter: str) -> None:
    """Remove one choice of a mark from the URL."""
    if QUERY_KEYS[parameter] in st.query_params:
        del st.query_params[QUERY_KEYS[parameter]]


def codes() -> dict[str, dict[str, str]]:
    """Return the labels of the codes that a mark can name, by parameter and code; do not change them."""
    return cached(_codes)


def _codes() -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = {name: {} for name in (*MARKS, "driver")}
    for row in rows("mark_labels"):
        found[row["mark"]][row["value"]] = row["label"]
    return found


def write_labels(labels: Mapping[str, Mapping[str, str]]) -> None:
    """Write labels for codes into the URL, before widgets bound to its keys read it.

    Streamlit binds a widget to the labels of its options (job=Send a laptop back). Links name codes
    (job=return_a_laptop), because a code stays when its label changes.
    """
    changed = False
    for key, known in labels.items():
        current: Sequence[str] = st.query_params.get_all(key)
        labelled = list(dict.fromkeys(known.get(value, value) for value in current))
        if labelled != current:
            st.query_params[key] = labelled
            changed = True
    if changed:
        st.rerun()


def default_unless_chosen(key: str, options: Container[str], default: Default) -> Default | None:
    """Return the default of a widget bound to a URL key, or None if the URL holds one of its options.

    Streamlit removes the default of a widget from the URL. Without a default it keeps every choice, so that a copied
    link means the same when the default changes. Use it with `required=True`, and `options` as the URL writes them.
    """
    return None if st.query_params.get(key) in options else default


def current_names(key: str, known: Container[str]) -> dict[str, str]:
    """Map company names of a URL key that are not `known` to their present names, so that links survive a rename.

    It asks no question if all names are known.
    """
    unknown = [name for name in st.query_params.get_all(key) if name not in known]
    if not unknown:
        return {}
    leads_to = {row["alias"]: row["company"] for row in rows("company_names")}
    return {name: leads_to[name.lower()] for name in unknown if name.lower() in leads_to}
