"""The reader's filters: chosen once at the top of a page, kept in the URL, summarised in words."""

from collections.abc import Sequence
from datetime import date

import streamlit as st

from cxdata.questions.ask import Value
from cxdata.text.formatting import format_count, format_number, join_list
from pages.ui.cache import cached, rows
from pages.ui.links import current_names, write_labels

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
    """Show the offered filters and return the choices as parameters of a question.

    It stops the page if the filters leave no story.
    """
    write_labels({name: _url_labels(name) for name in offered if name in FILTERS})
    with st.expander("Filter the stories", icon=":material/filter_alt:", key="filters"):
        columns = st.columns(2 if len(offered) > 1 else 1)
        chosen: dict[str, Value] = {}
        for place, name in enumerate(offered):
            with columns[place % len(columns)]:
                chosen |= _choose_period() if name == "period" else _choose(name)
        st.caption(
            "Pick several values to include any of them. Add a filter to narrow the choice. Scores never change."
        )
    chosen = {key: value for key, value in chosen.items() if value}
    _show_summary(chosen)
    return chosen


def _choose(name: str) -> dict[str, Value]:
    parameter, label = FILTERS[name]
    known = _labels(name)
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


def _url_labels(name: str) -> dict[str, str]:
    known = _labels(name)
    return known | current_names(name, known) if name == "company" else known


def _labels(name: str) -> dict[str, str]:
    return cached(_all_labels).get(name, {})


def _all_labels() -> dict[str, dict[str, str]]:
    labels: dict[str, dict[str, str]] = {}
    for row in rows("choices"):
        labels.setdefault(row["filter"], {})[row["value"]] = row["label"]
    return labels


def _choose_period() -> dict[str, Value]:
    years = list(_labels("year"))
    if not years:
        return {}
    first, last = st.columns(2)
    since = first.selectbox("From year", years, index=None, key="since", bind="query-params", placeholder="Any")
    until = last.selectbox("To year", years, index=None, key="until", bind="query-params", placeholder="Any")
    return {
        "since": date(int(str(since)), 1, 1) if since in years else None,
        "until": date(int(str(until)), 12, 31) if until in years else None,
    }


def _show_summary(chosen: dict[str, Value]) -> None:
    library = rows("library", **chosen)[0]
    if library["all_stories"] == 0:
        st.info(
            "There are no published stories yet. `python -m cxdata build` imports the shipped ones. Import your"
            " own on the page Add stories."
        )
        st.stop()
    if not chosen:
        return
    undated = rows("library", **{key: value for key, value in chosen.items() if key not in ("since", "until")})[0]
    words = (
        f"Showing {format_number(library['story_count'])} of {format_count(library['all_stories'], 'story')}:"
        f" {_in_words(chosen)}."
    )
    if ("since" in chosen or "until" in chosen) and undated["undated_count"]:
        words += f" {format_count(undated['undated_count'], 'story')} without a date not included."
    st.caption(words)
    if library["story_count"] == 0:
        _offer_wider(chosen)
        st.stop()


def _offer_wider(chosen: dict[str, Value]) -> None:
    lines = []
    for dropped, value in chosen.items():
        left = rows("library", **{key: kept for key, kept in chosen.items() if key != dropped})[0]["story_count"]
        lines.append(f"- without *{_in_words({dropped: value})}*: {format_count(left, 'story')}")
    st.info("No story matches all of these choices. Remove one:\n\n" + "\n".join(lines))


def _in_words(chosen: dict[str, Value]) -> str:
    labels = {(row["filter"], row["value"]): row["label"] for row in rows("choices")}
    names = {parameter: name for name, (parameter, _) in FILTERS.items()}
    words = []
    for key, value in chosen.items():
        if isinstance(value, date):
            words.append(f"{'from' if key == 'since' else 'to'} {value.year}")
        elif isinstance(value, tuple):
            words.append(f"{names[key]} {join_list([labels[names[key], each] for each in value])}")
    return "; ".join(words)
