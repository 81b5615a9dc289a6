"""The list of stories: search, filters, the scope of a link, and the matching stories page by page."""

from calendar import month_name
from html import escape
from math import ceil

import streamlit as st

from cxdata.claims.halls import STORY_PLACES
from cxdata.codebook.kinds import SYNTHETIC
from cxdata.publish.coverage import format_experience, format_known_effort
from cxdata.publish.kinds import KIND, name_kind
from cxdata.publish.origin import format_attribution
from cxdata.questions.ask import Value
from cxdata.questions.parameters import ALL_KINDS
from cxdata.questions.rows import StoriesBehindRow
from cxdata.text.formatting import (
    format_count,
    format_number,
    format_points,
    format_signed,
    join_list,
    join_parts,
)
from pages.ui.cache import rows
from pages.ui.chart_card import format_evidence
from pages.ui.escaping import escape_markdown
from pages.ui.filters.form import show_filters
from pages.ui.links import QUERY_KEYS, codes, company_anchor, read_scope, remove_from_scope, stories_link, write_labels
from pages.ui.page_header import show_page_header

PAGE = 50  # stories on one page

MARK_WORDS = {
    "touchpoint": "at",
    "job": "job",
    "stage": "stage",
    "kind": "kind",
    "kept": "promise",
    "shown": "sign",
    "demand": "with",
    "outcome": "outcome",
    "known": "read for",
}


def show_stories() -> None:
    """Show the whole list page."""
    labels = codes()
    write_labels({"driver": labels["driver"]})
    show_page_header(
        "Stories",
        "What happened to each customer, step by step? Every figure shows its evidence and the story’s author.",
    )
    search = st.text_input(
        "Search the stories",
        key="search",
        bind="query-params",
        placeholder="A company, an author, what happened …",
        icon=":material/search:",
        max_chars=200,
    ).strip()
    filters = show_filters()
    drivers = st.multiselect(
        "Effort type",
        list(labels["driver"]),
        format_func=labels["driver"].__getitem__,
        key="driver",
        bind="query-params",
        placeholder="Any",
    )
    marks = read_scope()
    _show_scope(marks, labels)
    choices: dict[str, Value] = {**filters, **marks, "drivers": tuple(drivers) or None, "search": search or None}
    choices = {name: value for name, value in choices.items() if value}
    _show_found(choices, labels)


def _show_scope(marks: dict[str, Value], labels: dict[str, dict[str, str]]) -> None:
    if not marks:
        return
    st.caption("Only the stories behind one mark of a chart:")
    with st.container(horizontal=True, key="marks"):
        for name in marks:
            if name == "shown" and "sign" in marks:
                continue  # the label of its sign includes it
            st.button(
                f"{escape_markdown(_in_words(name, marks, labels))} – show all",
                icon=":material/close:",
                key=f"drop-{name}",
                on_click=_drop,
                args=(name,),
            )


def _drop(name: str) -> None:
    remove_from_scope(name)
    if name == "sign":
        remove_from_scope("shown")


def _show_found(choices: dict[str, Value], labels: dict[str, dict[str, str]]) -> None:
    page = _page()
    found = rows("stories_behind", **choices, most=PAGE, skip=PAGE * (page - 1))
    if not found and page > 1:  # the address names a page beyond the last: show the last
        page = max(ceil(_total(choices) / PAGE), 1)
        found = rows("stories_behind", **choices, most=PAGE, skip=PAGE * (page - 1))
    if not found:
        _offer_looser(choices, labels)
        return
    total = found[0]["match_count"]
    span = f"{PAGE * (page - 1) + 1:,}–{PAGE * (page - 1) + len(found):,} of " if total > PAGE else ""
    items = "".join(_format_item(row, choices) for row in found)
    st.html(
        f'<p class="cx-found" role="status">{span}{format_count(total, "story")}, by company</p>'
        f'<ul class="cx-stories">{items}</ul>'
    )
    if total > PAGE:
        _show_paging(page, ceil(total / PAGE), choices)


def _format_item(row: StoriesBehindRow, choices: dict[str, Value]) -> str:
    link = escape(stories_link(choices | {"story": row["story"]}))
    hall = f" cx-{row['hall']}-text" if row["hall"] in ("fame", "shame") else ""
    effort = format_known_effort(row["effort_points"], row["known_types"], row["found_points"])
    details = join_parts([format_attribution(row), row["publication"] or "", row["happened_on"] or "undated"])
    made = "Synthetic · " if row["story_kind"] == SYNTHETIC else ""
    return (
        f'<li class="cx-story"><p class="cx-kicker">{made}'
        f"{company_anchor(row['company'], choices | {KIND: row['story_kind']})} · "
        f'<span class="{hall.strip()}">{STORY_PLACES[row["hall"]]}</span></p>'
        f'<h2><a href="{link}" target="_self">{escape(row["title"])}</a></h2>'
        f"<p>{escape(row['summary'])}</p>"
        f'<p class="cx-source">{effort} · {format_experience(row)} · {escape(details)}</p>'
        f"{_matched(row)}</li>"
    )


def _matched(row: StoriesBehindRow) -> str:
    return f'<p class="cx-source">What matches:</p>{format_evidence(row["evidence"])}' if row["evidence"] else ""


def _show_paging(page: int, pages: int, choices: dict[str, Value]) -> None:
    links = [
        f'<a href="{escape(_to_page(choices, other))}" target="_self">{word}</a>'
        for other, word in ((page - 1, "← Earlier"), (page + 1, "Later →"))
        if 1 <= other <= pages
    ]
    st.html(f'<nav class="cx-paging" aria-label="Pages">Page {page:,} of {pages:,} {" ".join(links)}</nav>')


def _to_page(choices: dict[str, Value], page: int) -> str:
    link = stories_link(choices)
    return f"{link}{'&' if '?' in link else '?'}page={page}"


def _page() -> int:
    number = st.query_params.get("page", "1")
    return max(int(number), 1) if number.isascii() and number.isdigit() and len(number) < 9 else 1


def _offer_looser(choices: dict[str, Value], labels: dict[str, dict[str, str]]) -> None:
    lines = []
    for name, value in choices.items():
        if (name == "shown" and "sign" in choices) or value == ALL_KINDS:
            continue
        rest = {key: value for key, value in choices.items() if key != name and (name, key) != ("sign", "shown")}
        rest |= {KIND: ALL_KINDS} if name == KIND else {}
        lines.append(
            f"- without *{escape_markdown(_in_words(name, choices, labels))}*: {format_count(_total(rest), 'story')}"
        )
    st.info("No story matches all of this. Remove one:\n\n" + "\n".join(lines))


def _in_words(name: str, choices: dict[str, Value], labels: dict[str, dict[str, str]]) -> str:
    """Describe one choice in words: 'at Phone call', 'promise broken', 'search “hold”'."""
    value = choices[name]
    if name in OWN_WORDS:
        return OWN_WORDS[name](value)
    if name == "drivers" and isinstance(value, tuple):
        return f"effort {join_list([labels['driver'][each] for each in value])}"
    if name == "sign":
        return f"sign {labels['sign'][str(value)]} {choices.get('shown') or ''}".strip()
    if name in MARK_WORDS:
        return f"{MARK_WORDS[name]} {labels[name][str(value)]}"
    if name in ("since", "until"):
        return f"{'from' if name == 'since' else 'to'} year {getattr(value, 'year', value)}"
    named = {(row["filter"], row["value"]): row["label"] for row in rows("choices", story_kind=ALL_KINDS)}
    key = QUERY_KEYS[name]
    each = value if isinstance(value, tuple) else (str(value),)
    return f"{key} {join_list([named.get((key, str(one)), str(one)) for one in each])}"


def _format_search(search: Value) -> str:
    return f"search “{search}”"


def _format_kind(kind: Value) -> str:
    return f"only {name_kind(str(kind))}"


def _format_box(box: Value) -> str:
    """Write the ends of a box: '5 to 9.5 points, experience +2 to +2.5'."""
    least, most, worst, best = (float(end) for end in str(box).split(":"))
    points = format_points(most) if least == most else f"{format_number(least)} to {format_points(most)}"
    felt = format_signed(worst) if worst == best else f"{format_signed(worst)} to {format_signed(best)}"
    return f"{points}, experience {felt}"


def _format_periods(periods: Value) -> str:
    """Write periods as readers say them: 'in March 2024' of '2024-03', 'in Q1 2024' of '2024-Q1'."""
    return f"in {join_list(map(_format_period, periods if isinstance(periods, tuple) else ()))}"


def _format_period(period: str) -> str:
    year, _, part = period.partition("-")
    return f"{part} {year}" if part.startswith("Q") else f"{month_name[int(part)]} {year}"


def _format_read_driver(driver: Value) -> str:
    return f"read for {codes()['driver'][str(driver)]}"


OWN_WORDS = {
    "search": _format_search,
    "box": _format_box,
    "periods": _format_periods,
    "read_driver": _format_read_driver,
    KIND: _format_kind,
}


def _total(choices: dict[str, Value]) -> int:
    found = rows("stories_behind", **choices, most=1)
    return int(found[0]["match_count"]) if found else 0
