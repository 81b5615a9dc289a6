"""The view of the studio: read from the address or the form, written to both.

The address uses the names of `parse_view`, as live pictures and the command line do. No widget is bound to it.
"""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import streamlit as st

from cxdata.charts import find_chart
from cxdata.errors import CxdataError, ExportError
from cxdata.export.formats import MOST_PIXELS
from cxdata.export.picture.highlight import find_company
from cxdata.export.picture.presets import PRESETS
from cxdata.export.view import BIDI_CONTROLS, NO_TEXT, PICTURE_NAMES, View, ViewQuery, format_query, parse_view
from cxdata.publish.kinds import KIND, find_default
from cxdata.questions.ask import find_question
from cxdata.questions.parameters import ALL_KINDS, KINDS, PARAMETERS
from cxdata.store import new_cursor
from pages.studio.files import encode_view, published_of
from pages.ui.cache import get_connection, rows
from pages.ui.pairs import list_pairs, resolve_pair

OPENED = "studio-opened"  # session key of the messages about a reopened file
OWN_SIZE = "own size"
FIRST_ROWS = "10"
PROPOSED = ("headline", "subtitle", "alt")  # texts that the form proposes until the writer changes them
Query = dict[str, list[str]]


@dataclass(frozen=True)
class Shown:
    """The state of the last run: its chart, address, form, proposed texts, and messages about refused choices."""

    chart: str
    address: Query
    form: Query
    proposals: Mapping[str, str]
    messages: tuple[str, ...]


def key_of(name: str) -> str:
    """Return the key of the widget that holds a choice."""
    return f"studio-{name}"


def current_view(chart: str) -> tuple[View, tuple[str, ...]]:
    """Return the view to show, and a sentence for every choice that is not possible.

    The form decides unless the address has changed: the reader followed a link or went back.
    """
    last: Shown | None = st.session_state.get("studio")
    address = _address()
    if last is None or last.chart != chart or key_of("preset") not in st.session_state:
        return _follow_address(chart, address)
    form = _form(chart, last.proposals)
    if form != last.form:
        return _read(chart, form)
    if address != last.address:
        return _follow_address(chart, address)
    return _read(chart, form)[0], last.messages


def write_view(view: View, proposals: Mapping[str, str], messages: tuple[str, ...]) -> None:
    """Put the view into the form, and into the address if the form changed it. Call it before any widget is drawn."""
    last: Shown | None = st.session_state.get("studio")
    address = _address()
    changed = (
        last is not None
        and last.chart == view.chart
        and key_of("preset") in st.session_state
        and _form(view.chart, last.proposals) != last.form
    )
    for name, value in _widgets(view, proposals).items():
        key = key_of(name)
        if key not in st.session_state or st.session_state[key] != value:
            st.session_state[key_of(name)] = value
    if changed:
        address = {"chart": [view.chart]} | _listed(format_query(view))
        st.query_params.from_dict(address)
    st.session_state["studio"] = Shown(view.chart, address, _form(view.chart, proposals), proposals, messages)


def first_view(chart: str, kind: str) -> View:
    """Return the view of a chart over a kind of story without other choices; for a long list, its first rows."""
    is_list = "most" in find_question(find_chart(chart).CHART.question).parameters
    return _read(chart, {KIND: [kind]} | ({"most": [FIRST_ROWS]} if is_list else {}))[0]


def first_kind() -> str:
    """Return the kind of story to show first; all kinds if there is no story."""
    return find_default(rows("story_kinds")) or ALL_KINDS


def styles() -> list[str]:
    """Return the names of the choices of a picture's style, as an address has them."""
    return [*PICTURE_NAMES.values(), "scale"]


def _follow_address(chart: str, address: Query) -> tuple[View, tuple[str, ...]]:
    view, messages = _read(chart, address)
    return view, (*st.session_state.pop(OPENED, ()), *messages)


def _address() -> Query:
    return {name: st.query_params.get_all(name) for name in sorted(st.query_params)}


def _form(chart: str, proposals: Mapping[str, str]) -> Query:
    """Return what the widgets hold, by the names of an address. Unchanged proposals are left out."""
    values: Query = {}
    for name in (*find_question(find_chart(chart).CHART.question).parameters, *styles()):
        value = st.session_state.get(key_of(name))
        if name == "preset" and value == OWN_SIZE:
            value = f"{st.session_state.get(key_of('width'))}x{st.session_state.get(key_of('height'))}"
        if value in (None, "", [], (), False) or (name in PROPOSED and value == proposals[name]):
            continue
        values[name] = [_clean(str(each)) for each in (value if isinstance(value, list | tuple) else [value])]
        if value is True:
            values[name] = ["1"]
    return values


def _clean(text: str) -> str:
    """Return the text on one line, because a picture wraps by itself. Characters that are no text are dropped."""
    kept = (mark for mark in re.sub(r"[\x00-\x1f\x7f]", " ", text) if mark not in BIDI_CONTROLS)
    return " ".join("".join(mark for mark in kept if unicodedata.category(mark) not in NO_TEXT).split())


def _widgets(view: View, proposals: Mapping[str, str]) -> dict[str, Any]:
    """Return the values of the form's widgets for this view."""
    picture = view.picture
    values: dict[str, Any] = {name: getattr(picture, field) for field, name in PICTURE_NAMES.items()}
    values |= {name: values[name] or proposals[name] for name in PROPOSED if name in values}
    values |= {name: values[name] or "" for name in ("byline", "notes")}
    preset = picture.preset
    values |= {"preset": preset.name if preset.name in PRESETS else OWN_SIZE, "width": preset.width}
    values |= {"height": preset.height, "scale": view.scale}
    for name in find_question(find_chart(view.chart).CHART.question).parameters:
        value = view.choices.get(name)
        several = [str(each) for each in value] if isinstance(value, list | tuple) else []
        values[name] = several if PARAMETERS[name].is_list else None if value is None else str(value)
    return values


def _listed(query: ViewQuery) -> Query:
    return {name: [value] if isinstance(value, str) else list(value) for name, value in sorted(query.items())}


def _read(chart: str, requested: Query) -> tuple[View, tuple[str, ...]]:
    """Return the requested view without impossible choices, and with those that the chart needs."""
    kept: Query = {}
    messages: list[str] = []
    parameters = find_question(find_chart(chart).CHART.question).parameters
    for name, values in requested.items():
        if name in ("chart", "signature") or (name == KIND and KIND not in parameters):
            continue
        try:
            choices = parse_view(chart, {name: values}).choices
            kept[name] = [_known(name, each) for each in values] if name in choices else values
        except (CxdataError, ValueError) as error:
            messages.append(str(error) if isinstance(error, CxdataError) else f"{name} {error}")
    asked = requested.get(KIND, [""])[-1]
    kind = asked if asked in KINDS else first_kind()
    kept |= {KIND: [kind]} if KIND in parameters else {}
    view = parse_view(chart, _fill_needed(chart, kept, kind, messages))
    if view.picture.highlight:
        view = _with_known_highlight(view, messages)
    preset = view.picture.preset
    if preset.width * preset.height * view.scale**2 > MOST_PIXELS:
        messages.append(
            f"{preset.width} × {preset.height} px at {view.scale}× is more than a picture can hold, so it was"
            " made at 1×"
        )
        view = replace(view, scale=1)
    return view, tuple(messages)


def _with_known_highlight(view: View, messages: list[str]) -> View:
    """Return the view with its highlight spelled as in the chart; without it if a filter excludes that company."""
    company = None
    try:
        company = find_company(published_of(encode_view(view)), str(view.picture.highlight))
    except CxdataError as error:
        messages.append(str(error))
    return replace(view, picture=replace(view.picture, highlight=company))


def _known(name: str, value: str) -> str:
    """Return the value as the database has it. Raises ValueError with the choices."""
    return str(PARAMETERS[name].check(new_cursor(get_connection()), value))


def _fill_needed(chart: str, requested: Query, kind: str, messages: list[str]) -> Query:
    """Add the story or the pair that the chart needs: the requested one, else the most telling of a kind."""
    needs = find_question(find_chart(chart).CHART.question).needs
    if "story" in needs and "story" not in requested:
        stories = rows("story_scores", story_kind=kind, most=1)
        if not stories:
            raise ExportError("There is no published story yet, so there is nothing to draw")
        return requested | {"story": [stories[0]["story"]]}
    if "left" in needs:
        job_companies = rows("job_companies", story_kind=kind)
        if not list_pairs(job_companies):
            raise ExportError("No job has stories at two companies yet, so there is nothing to compare")
        job, left, right = (requested.get(name, [None])[-1] for name in ("job", "left", "right"))
        pair, sentences = resolve_pair(job_companies, job, left, right)
        messages += sentences
        of_job = {"job": [pair.job]} if "job" in needs else {}
        return requested | of_job | {"left": [pair.left], "right": [pair.right]}
    return requested
