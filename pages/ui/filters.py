"""The reader's filters: chosen once at the top of a page, kept in the URL, summarised in words.

The first is the kind of story. Pages show one kind at a time, unless the reader asks for all.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Literal

import streamlit as st

from cxdata.claims.grammar import capitalise
from cxdata.codebook.kinds import COMPLAINT
from cxdata.publish.kinds import KIND, describe_mixed, find_default, format_kind, name_kind
from cxdata.publish.origin import SENT
from cxdata.questions.ask import Value
from cxdata.questions.parameters import ALL_KINDS
from cxdata.questions.rows import StoryKindsRow
from cxdata.text.formatting import format_count, format_number, join_list, truncate
from cxdata.text.suggestions import format_choices
from pages.ui.cache import cached, rows
from pages.ui.escaping import escape_markdown
from pages.ui.links import current_names, write_labels

KIND_WIDGET = "kind-chosen"  # not bound to the URL, which would keep the counts of its labels
LAST_KIND = "kind-last"  # session key of the last page and the kind in its address
Kinds = Mapping[str, StoryKindsRow]

# filter: (parameter of the question, label)
FILTERS = {
    "company": ("companies", "Company"),
    "sector": ("sectors", "Sector"),
    "job": ("jobs", "Job the customer wanted done"),
    "touchpoint": ("touchpoints", "Touchpoint"),
    "hall": ("halls", "Hall"),
}
ALL = (*FILTERS, "period")


def show_filters(offered: Sequence[str] = ALL) -> dict[str, Value]:
    """Show the kind of story and the offered filters, and return the choices as parameters of a question.

    It stops the page if the filters leave no story.
    """
    kind = choose_kind()
    labels = _labels(kind)
    write_labels({name: _url_labels(labels, name) for name in offered if name in FILTERS})
    _show_absent(labels, [name for name in offered if name in FILTERS], kind)
    with st.expander("Filter the stories", icon=":material/filter_alt:", key="filters"):
        columns = st.columns(2 if len(offered) > 1 else 1)
        chosen: dict[str, Value] = {}
        for place, name in enumerate(offered):
            with columns[place % len(columns)]:
                chosen |= _choose_period(labels) if name == "period" else _choose(name, labels.get(name, {}))
        st.caption(
            "Two values in one filter show the stories of either. Two filters show the stories that match both. The"
            " scores of a story stay the same."
            + (f" {SENT}" if "touchpoint" in offered and _has_complaints(kind) else "")
        )
    chosen = {key: value for key, value in chosen.items() if value}
    _show_summary(chosen, kind)
    return kind | chosen


def choose_kind() -> dict[str, Value]:
    """Show the choice between the kinds of story here, and return it as a parameter of a question.

    The address names the kind; without one the first kind is shown. Stories of one kind leave no choice, and no story
    gives {}.
    """
    kinds = {row["kind"]: row for row in rows("story_kinds")}
    first = find_default(kinds.values())
    if first is None:
        return {}
    offered = [*kinds, ALL_KINDS] if len(kinds) > 1 else list(kinds)
    asked = st.query_params.get(KIND)
    chosen = asked if asked is not None and asked in offered else first
    if len(kinds) > 1:
        st.session_state[KIND_WIDGET] = chosen  # the address decides, also after the reader went back
        st.pills(
            "Kind of story",
            offered,
            format_func=lambda kind: label_kind(kinds, kind),
            required=True,
            wrap=True,
            key=KIND_WIDGET,
            on_change=_write_kind,
        )
    if asked is not None and asked not in (*offered, ALL_KINDS):
        st.warning(escape_markdown(_describe_unknown(asked, offered, chosen)))
    if chosen == ALL_KINDS:
        st.warning(describe_mixed({kind: row["story_count"] for kind, row in kinds.items()}))
    return {KIND: chosen}


def choose_company(kind: Mapping[str, Value], of_none: str = "All companies") -> str | None:
    """Show the choice of one company with a story of this kind, and return it; None while none is chosen.

    The URL keeps the choice. `of_none` is what the widget says while none is chosen.
    """
    names = [row["value"] for row in rows("choices", **kind) if row["filter"] == "company"]
    if not names:
        return None
    write_labels({"company": current_names("company", names)})
    asked = st.query_params.get("company")
    chosen = st.selectbox(
        "Company", names, index=None, key="company", bind="query-params", placeholder=of_none, width=360
    )
    if asked and asked not in names:
        shown = name_kind(str(kind[KIND]))
        choices = format_choices(asked, names, f"the {shown} here")
        st.warning(escape_markdown(f"company {choices}"))
    return chosen if chosen in names else None


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


def keep_kind(page: str) -> None:
    """Write the kind of the last page into the address of this one, which the navigation leaves empty.

    On the same page an address without a kind means the first one, because the reader went back to it.
    """
    last_page, last_kind = st.session_state.get(LAST_KIND, (page, None))
    if page != last_page and last_kind and KIND not in st.query_params:
        st.query_params[KIND] = last_kind
    st.session_state[LAST_KIND] = (page, st.query_params.get(KIND))


def label_kind(kinds: Kinds, kind: str) -> str:
    """Label a kind with its number of stories: 'Complaints (2,000)', 'All kinds (2,008)'."""
    if kind == ALL_KINDS:
        return f"All kinds ({format_number(sum(row['story_count'] for row in kinds.values()))})"
    return f"{capitalise(name_kind(kind))} ({format_number(kinds[kind]['story_count'])})"


def _has_complaints(kind: Mapping[str, Value]) -> bool:
    shown = kind.get(KIND)
    return any(row["kind"] == COMPLAINT and shown in (COMPLAINT, ALL_KINDS) for row in rows("story_kinds"))


def _write_kind() -> None:
    st.query_params[KIND] = st.session_state[KIND_WIDGET]


def _describe_unknown(asked: str, offered: Sequence[str], shown: str) -> str:
    return f"{KIND} {format_choices(asked, offered, 'this library')}. Here you see {name_kind(shown)}."


def _show_absent(labels: Mapping[str, Mapping[str, str]], names: Sequence[str], kind: Mapping[str, Value]) -> None:
    """Name the choices of the address that no story of this kind has; their widgets drop them."""
    absent = [
        f"{name} {truncate(value)}"
        for name in names
        for value in st.query_params.get_all(name)
        if value not in labels.get(name, {}).values()
    ]
    if absent and kind:
        shown = name_kind(str(kind[KIND]))
        st.info(escape_markdown(f"Among the {shown} here is none of {join_list(absent)}, so that is not chosen."))


def _choose(name: str, known: Mapping[str, str]) -> dict[str, Value]:
    parameter, label = FILTERS[name]
    picked = st.multiselect(
        label,
        list(known),
        # the URL keeps the option's label: no count, which would change with every story
        format_func=lambda value: known.get(value, value),
        key=name,
        bind="query-params",
        placeholder="All",
    )
    return {parameter: tuple(value for value in picked if value in known)}


def _url_labels(labels: Mapping[str, Mapping[str, str]], name: str) -> Mapping[str, str]:
    known = labels.get(name, {})
    return {**known, **current_names(name, known)} if name == "company" else known


def _labels(kind: Mapping[str, Value]) -> dict[str, dict[str, str]]:
    """Return the labels of the values that each filter can take for a kind of story, by filter and value."""
    return cached(_all_labels, **kind)


def _all_labels(**kind: Value) -> dict[str, dict[str, str]]:
    labels: dict[str, dict[str, str]] = {}
    for row in rows("choices", **kind):
        labels.setdefault(row["filter"], {})[row["value"]] = row["label"]
    return labels


def _choose_period(labels: Mapping[str, Mapping[str, str]]) -> dict[str, Value]:
    years = list(labels.get("year", ()))
    if not years:
        return {}
    first, last = st.columns(2)
    since = first.selectbox("From year", years, index=None, key="since", bind="query-params", placeholder="Any")
    until = last.selectbox("To year", years, index=None, key="until", bind="query-params", placeholder="Any")
    return {
        "since": date(int(str(since)), 1, 1) if since in years else None,
        "until": date(int(str(until)), 12, 31) if until in years else None,
    }


def _show_summary(chosen: dict[str, Value], kind: dict[str, Value]) -> None:
    library = rows("library", **chosen, **kind)[0]
    if library["all_stories"] == 0:
        st.info("There are no published stories yet. Import your own on the page Add stories.")
        st.stop()
    if not chosen:
        return
    dated = {key: value for key, value in chosen.items() if key not in ("since", "until")}
    undated = rows("library", **dated, **kind)[0]
    words = (
        f"Showing {format_number(library['story_count'])} of {format_kind(library['all_stories'], str(kind[KIND]))}:"
        f" {_in_words(chosen, kind)}."
    )
    if len(dated) < len(chosen) and undated["undated_count"]:
        words += f" {format_count(undated['undated_count'], 'story')} without a date not included."
    st.caption(words)
    if library["story_count"] == 0:
        _offer_wider(chosen, kind)
        st.stop()


def _offer_wider(chosen: dict[str, Value], kind: dict[str, Value]) -> None:
    lines = []
    for dropped, value in chosen.items():
        rest = {key: kept for key, kept in chosen.items() if key != dropped}
        left = rows("library", **rest, **kind)[0]["story_count"]
        lines.append(f"- without *{_in_words({dropped: value}, kind)}*: {format_count(left, 'story')}")
    if kind[KIND] != ALL_KINDS:
        left = rows("library", **chosen, **{KIND: ALL_KINDS})[0]["story_count"]
        lines.append(f"- of all kinds of story: {format_count(left, 'story')}")
    st.info("No story matches all of these choices. Remove one:\n\n" + "\n".join(lines))


def _in_words(chosen: dict[str, Value], kind: Mapping[str, Value]) -> str:
    labels = _labels(kind)
    names = {parameter: name for name, (parameter, _) in FILTERS.items()}
    words = []
    for key, value in chosen.items():
        if isinstance(value, date):
            words.append(f"{'from' if key == 'since' else 'to'} {value.year}")
        elif isinstance(value, tuple):
            words.append(f"{names[key]} {join_list([labels[names[key]][each] for each in value])}")
    return "; ".join(words)
