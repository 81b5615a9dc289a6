"""The card of a published chart: headline, picture, source, and the stories behind every mark."""

from collections.abc import Mapping, Sequence
from functools import lru_cache
from html import escape
from typing import Any

import streamlit as st

from cxdata.errors import CxdataError
from cxdata.export.view import View
from cxdata.publish.charts import SELECTED, PublishedChart, stories_scope
from cxdata.publish.coverage import format_experience, format_known_effort
from cxdata.publish.figures import describe_figures, format_figure, list_headings
from cxdata.publish.origin import format_attribution
from cxdata.questions.ask import Value
from cxdata.questions.rows import StoriesBehindRow
from cxdata.text.formatting import format_count
from pages.ui.cache import cached, published, rows, theme
from pages.ui.escaping import escape_markdown
from pages.ui.frame import SAID, fragment
from pages.ui.links import company_anchor, stories_link, studio_link
from pages.ui.markup import explain_terms, show_html
from pages.ui.vega_payload import build_payload

__all__ = ["format_evidence", "show_chart", "show_stories_behind", "show_story_line", "stories_link"]

STORIES_PAGE = "stories/page.py"
MOST_FIGURES = 100  # rows of figures under a chart; its files have all of them
MOST = 10  # stories behind a mark, before the link to all of them


@fragment
def show_chart(chart: str, choices: Mapping[str, Value] | None = None, key: str | None = None) -> None:
    """Show a chart by name over these choices.

    A click on a mark lists its stories below; only this fragment reruns.
    """
    key = key or chart
    try:
        shown = published(chart, **(choices or {}))
    except CxdataError as error:
        st.error(str(error))
        return
    with st.container(key=f"chart-{key}"):
        drawn = " cx-drawn-dark" if theme() == "dark" else ""
        headline = f'<h2 class="cx-headline{drawn}">{escape(shown.headline)}</h2>'
        if shown.spec is None:  # the headline says why, once a page; a measure of no story says nothing
            if st.session_state.setdefault(SAID, {}).setdefault(shown.headline, key) != key:
                return
            st.html(headline)
            return
        st.html(f'{headline}<p class="cx-subtitle">{explain_terms(shown.subtitle)}</p>')
        event = st.vega_lite_chart(
            cached(build_payload, shown),
            theme=None,
            alt=shown.alt_text,
            on_select="rerun",
            selection_mode=SELECTED,
            key=f"{key}-marks",
        )
        show_html(_footer(shown))
        marks = event.selection.get(SELECTED) or []
        # a mark without any of these fields, such as a label, opens no story
        if marks and any(marks[0].get(field) is not None for field in shown.drill_down):
            show_stories_behind(stories_scope(shown, marks[0]))


def show_stories_behind(mark: Mapping[str, Value]) -> None:
    """Show the first stories behind a mark with their evidence, and a link to all of them."""
    found = rows("stories_behind", **mark, most=MOST)
    total = found[0]["match_count"] if found else 0
    with st.container(border=True):
        st.markdown(f"**{format_count(total, 'story')} behind this mark**")
        for row in found:
            show_story_line(row, mark.get("step"))
        if total > len(found):
            st.html(
                f'<p><a href="{escape(stories_link(mark))}" target="_self">All {format_count(total, "story")}</a></p>'
            )


def show_story_line(row: StoriesBehindRow, step: Value = None) -> None:
    """Show one story of a list: its link (to a step, if given), its scores and the matching evidence."""
    query = {"story": str(row["story"])} | ({"step": str(step)} if step else {})
    label = f"{row['company']}: {row['title']}"
    if "story" in st.query_params:
        # a page link to the current page would keep the address of the present story
        st.html(f'<p><a href="{escape(stories_link(query))}" target="_self">{escape(label)}</a></p>')
    else:
        st.page_link(STORIES_PAGE, label=escape_markdown(label), query_params=query)
    effort = format_known_effort(row["effort_points"], row["known_types"], row["found_points"])
    scores = f"{effort} · {format_experience(row)}"
    source_line = f'<p class="cx-source">{scores} · {escape(format_attribution(row))}</p>'
    st.html(source_line + format_evidence(row["evidence"]))


def format_evidence(evidence: Sequence[str] | None, most: int = 5) -> str:
    """Return the matching evidence in the coder's words as HTML; empty if nothing was searched."""
    if not evidence:
        return ""
    shown = "".join(f"<li>{escape(each)}</li>" for each in evidence[:most])
    more = f"<li>and {len(evidence) - most} more in the story</li>" if len(evidence) > most else ""
    return f'<ul class="cx-evidence">{shown}{more}</ul>'


@lru_cache(maxsize=512)
def _footer(shown: PublishedChart) -> str:
    heads = list_headings([name for name in shown.columns if name in shown.rows[0]])
    body = "".join(
        "<tr>"
        + "".join(f"<td>{_cell(shown, name, row[name])}</td>" for name in heads)
        + f"<td>{_link(shown, row)}</td></tr>"
        for row in shown.rows[:MOST_FIGURES]
    )
    left = len(shown.rows) - MOST_FIGURES
    more = (
        f'<p class="cx-note">{format_count(left, "row")} more are in the files of this chart.</p>' if left > 0 else ""
    )
    header = "".join(f'<th scope="col">{escape(heading)}</th>' for heading in heads.values())
    return (
        f'<p class="cx-source">{escape(shown.source_line)}</p><div class="cx-foot">'
        f'<details class="cx-figures"><summary>The figures, and the stories behind each</summary>'
        f'<p class="cx-note">{explain_terms(describe_figures(shown.caution, shown.columns))}</p>'
        f'<div class="cx-scroll" tabindex="0" role="region" aria-label="Figures of this chart"><table>'
        f"<thead><tr>{header}<th scope='col'>stories</th></tr></thead><tbody>{body}</tbody></table></div>"
        f"{more}</details>"
        f'<a class="cx-use" href="{escape(studio_link(View(shown.name, shown.choices)))}" target="_self">'
        "Use this chart</a></div>"
    )


def _cell(shown: PublishedChart, column: str, value: Any) -> str:
    if column == "company" and value:
        return company_anchor(str(value), shown.choices)
    words = escape(format_figure(column, value))
    return f'<span class="cx-silent">{words}</span>' if value is None else words


def _link(shown: PublishedChart, row: Mapping[str, Any]) -> str:
    if "story" in row and not row["story"] and not row.get("company"):
        return format_count(row["story_count"], "story")  # many stories: no link can name them
    mark = stories_scope(shown, row)
    return (
        f'<a href="{escape(stories_link(mark))}" target="_self">{format_count(row.get("story_count", 1), "story")}</a>'
    )
