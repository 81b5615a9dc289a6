"""The choice of stories at the top of a page: the kind of story, the filters, and how many stories they leave.

The first is the kind of story. Pages show one kind at a time, unless the reader asks for all.
"""

from collections.abc import Mapping, Sequence

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from cxdata.claims.grammar import capitalise
from cxdata.codebook.kinds import COMPLAINT
from cxdata.publish.kinds import KIND, describe_mixed, format_kind, name_kind
from cxdata.publish.origin import SENT
from cxdata.questions.ask import Value
from cxdata.questions.parameters import ALL_KINDS
from cxdata.questions.rows import StoryKindsRow
from cxdata.text.formatting import format_count, format_number, join_list
from pages.ui.cache import rows
from pages.ui.filters.address import FILTERS, PERIOD, Filters, Labels, list_labels, read_filters, write_filter

KIND_WIDGET = "kind-chosen"
FORM = "filters"  # key of the popover, whether it is open
ALL = (*FILTERS, "period")
Kinds = Mapping[str, StoryKindsRow]


def show_filters(offered: Sequence[str] = ALL, apart: Sequence[str] = ()) -> dict[str, Value]:
    """Show the kind of story and the offered filters, and return the choices as parameters of a question.

    The page itself shows the filters `apart`. It stops the page if the filters leave no story.
    """
    kind = choose_kind()
    filters = read_filters()
    labels = list_labels(**kind)
    # made once it is open: its widgets are a third of the work of a page
    form = st.popover("Filter the stories", icon=":material/filter_alt:", key=FORM, on_change="rerun")
    if form.open:
        _show_form(form, offered, filters, labels, kind)
    chosen = filters.choices([*offered, *apart, *(PERIOD if "period" in offered else ())])
    if kind and set(chosen) == {FILTERS[name][0] for name in apart}:
        return kind | chosen
    _show_summary(chosen, kind, labels)
    return kind | chosen


def _show_form(
    form: DeltaGenerator, offered: Sequence[str], filters: Filters, labels: Labels, kind: Mapping[str, Value]
) -> None:
    with form:
        columns = st.columns(2)
        for place, name in enumerate(offered):
            with columns[place % 2]:
                if name == "period":
                    _show_period(filters, labels)
                else:
                    _show_filter(name, filters, labels)
        st.caption(
            "Two values in one filter show the stories of either. Two filters show the stories that match both. The"
            " scores of a story stay the same."
            + (f" {SENT}" if "touchpoint" in offered and _has_complaints(kind) else "")
        )


def choose_kind() -> dict[str, Value]:
    """Show the choice between the kinds of story here, and return it as a parameter of a question.

    The address names the kind; without one the first kind is shown. Stories of one kind leave no choice, and no story
    gives {}.
    """
    kinds = {row["kind"]: row for row in rows("story_kinds")}
    chosen = read_filters().kind
    if chosen is None:
        return {}
    if len(kinds) > 1:
        st.session_state[KIND_WIDGET] = chosen  # the address decides, also after the reader went back
        st.pills(
            "Kind of story",
            [*kinds, ALL_KINDS],
            format_func=lambda kind: label_kind(kinds, kind),
            required=True,
            wrap=True,
            key=KIND_WIDGET,
            on_change=_write_kind,
        )
    if chosen == ALL_KINDS:
        st.warning(describe_mixed({kind: row["story_count"] for kind, row in kinds.items()}))
    return {KIND: chosen}


def label_kind(kinds: Kinds, kind: str) -> str:
    """Label a kind with its number of stories: 'Complaints (2,000)', 'All kinds (2,008)'."""
    if kind == ALL_KINDS:
        return f"All kinds ({format_number(sum(row['story_count'] for row in kinds.values()))})"
    return f"{capitalise(name_kind(kind))} ({format_number(kinds[kind]['story_count'])})"


def describe_choices(chosen: Mapping[str, Value], labels: Labels) -> str:
    """Write filters in words: 'company Argos and AO.com; from 2015'."""
    names = {parameter: name for name, (parameter, _, _) in FILTERS.items()}
    words = []
    for key, value in chosen.items():
        if key in PERIOD:
            words.append(f"{PERIOD[key].lower()} {getattr(value, 'year', value)}")
        elif isinstance(value, tuple):
            words.append(f"{names[key]} {join_list([labels[names[key]][each] for each in value])}")
    return "; ".join(words)


def _has_complaints(kind: Mapping[str, Value]) -> bool:
    shown = kind.get(KIND)
    return any(row["kind"] == COMPLAINT and shown in (COMPLAINT, ALL_KINDS) for row in rows("story_kinds"))


def _write_kind() -> None:
    # a link to the first kind names it too: another library may have another first kind
    write_filter(KIND, [st.session_state[KIND_WIDGET]])


def _show_filter(name: str, filters: Filters, labels: Labels) -> None:
    known = labels.get(name, {})
    st.session_state[name] = list(filters.chosen.get(name, ()))
    st.multiselect(
        FILTERS[name][1],
        list(known),
        format_func=lambda value: known.get(value, value),
        key=name,
        placeholder="All",
        on_change=_write_several,
        args=(name,),
    )


def _show_period(filters: Filters, labels: Labels) -> None:
    if "year" not in labels:
        return
    chosen = {year for key in PERIOD for year in filters.chosen.get(key, ())}
    years = sorted(chosen.union(labels["year"]))
    for place, (key, word) in zip(st.columns(2), PERIOD.items(), strict=True):
        st.session_state[key] = next(iter(filters.chosen.get(key, ())), None)
        place.selectbox(
            f"{word} year", years, index=None, key=key, placeholder="Any", on_change=_write_one, args=(key,)
        )


def _write_several(key: str) -> None:
    write_filter(key, st.session_state[key])


def _write_one(key: str) -> None:
    write_filter(key, [st.session_state[key]] if st.session_state[key] else [])


def _show_summary(chosen: dict[str, Value], kind: dict[str, Value], labels: Labels) -> None:
    library = rows("library", **chosen, **kind)[0]
    if library["all_stories"] == 0:
        st.info("There are no published stories yet. Import your own on the page Add stories.")
        st.stop()
    if not chosen:
        return
    dated = {key: value for key, value in chosen.items() if key not in PERIOD}
    undated = rows("library", **dated, **kind)[0]
    words = (
        f"Showing {format_number(library['story_count'])} of {format_kind(library['all_stories'], str(kind[KIND]))}:"
        f" {describe_choices(chosen, labels)}."
    )
    if len(dated) < len(chosen) and undated["undated_count"]:
        words += f" {format_count(undated['undated_count'], 'story')} without a date not included."
    st.caption(words)
    if library["story_count"] == 0:
        _offer_wider(chosen, kind, labels)
        st.stop()


def _offer_wider(chosen: dict[str, Value], kind: dict[str, Value], labels: Labels) -> None:
    lines = []
    for dropped, value in chosen.items():
        rest = {key: kept for key, kept in chosen.items() if key != dropped}
        left = rows("library", **rest, **kind)[0]["story_count"]
        lines.append(f"- without *{describe_choices({dropped: value}, labels)}*: {format_count(left, 'story')}")
    if kind[KIND] != ALL_KINDS:
        left = rows("library", **chosen, **{KIND: ALL_KINDS})[0]["story_count"]
        lines.append(f"- of all kinds of story: {format_count(left, 'story')}")
    st.info("No story matches all of these choices. Remove one:\n\n" + "\n".join(lines))
