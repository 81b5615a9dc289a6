"""The page of one story: source, scores, journey, and every step with its evidence."""

import json
from collections.abc import Sequence
from html import escape
from urllib.parse import urlencode

import streamlit as st

from cxdata.claims.halls import COMPANY_PLACES, STORY_PLACES
from cxdata.codebook.kinds import SYNTHETIC
from cxdata.editing.preview import Preview
from cxdata.errors import CxdataError
from cxdata.publish.charts import publish_chart
from cxdata.publish.coverage import describe_reading, join_types
from cxdata.publish.kinds import KIND
from cxdata.publish.origin import format_attribution
from cxdata.questions.ask import ask_rows
from cxdata.questions.rows import StoryPromisesRow, StoryRow, StorySignsRow
from cxdata.resources import STORIES
from cxdata.stories import Story
from cxdata.text.formatting import (
    format_count,
    format_number,
    format_points,
    format_signed,
    join_parts,
)
from pages.ui.cache import rows, theme
from pages.ui.chart_card import show_chart
from pages.ui.escaping import external_link, to_paragraphs
from pages.ui.links import company_anchor, stories_link
from pages.ui.markup import show_html
from pages.ui.story.promise_list import format_promises
from pages.ui.story.replies import show_replies
from pages.ui.story.timeline import format_timeline

SHOWN = {True: ("shown", "fame"), False: ("not shown", "shame"), None: ("not stated", None)}


def show_story(story_id: str) -> None:
    """Show the whole page of one story, or the nearest stories if its id is unknown."""
    try:
        story = rows("story", story=story_id)[0]
    except CxdataError:
        _show_not_found(story_id)
        return
    step = st.query_params.get("step", "")
    st.html(_show_back_link(story["story"]) + _head(story, describe_reading(story)))
    st.html(_figures(story))
    for account in rows("story_account", story=story["story"]):
        st.html(account_html(account["words"]))
    show_replies(story["story"])
    left, right = st.columns([5, 6], gap="large")
    with left:
        show_chart("journey", {"story": story["story"]})
    with right:
        show_html(format_timeline(story, rows("journey", story=story_id), rows("story_effort", story=story_id), step))
    kept, signs = st.columns([6, 5], gap="large")
    with kept:
        st.html(f'<h2 class="cx-headline">Promises</h2>{_promises(story, rows("story_promises", story=story_id))}')
    with signs:
        st.html(
            f'<h2 class="cx-headline">The six signs of care</h2>{_signs(story, rows("story_signs", story=story_id))}'
        )
    with st.expander("How this story was coded", icon=":material/edit_note:"):
        show_html(_coding(story))
    _offer_download(story)


def show_preview(story: Story, preview: Preview, account: str | None, reading: str) -> None:
    """Show a story as its published page would look. No figure and no other page counts it.

    `reading` says what it was read for; the preview knows neither its batch nor its editors.
    """
    with preview.with_story(story) as connection:
        choices = {"story": story.story}
        record = ask_rows(connection, "story", choices)[0]
        steps = ask_rows(connection, "journey", choices)
        effort = ask_rows(connection, "story_effort", choices)
        promises = ask_rows(connection, "story_promises", choices)
        journey = publish_chart(connection, "journey", choices, theme())
    st.html(_head(record, reading))
    st.html(_figures(record))
    if account:
        st.html(account_html(account))
    if journey.spec is not None:
        st.vega_lite_chart(journey.spec, theme=None, alt=journey.alt_text, key=f"draft-{story.story}")
    show_html(format_timeline(record, steps, effort))
    if promises:
        st.html(f'<h2 class="cx-headline">Promises</h2>{format_promises(promises)}')
    show_html(_coding(record))


def _show_back_link(story: str) -> str:
    """Return the links back to the reader's list, and to the neighbours of this story."""
    list_of = {key: st.query_params.get_all(key) for key in st.query_params if key not in ("story", "step")}
    back = "stories" + ("?" + urlencode(list_of, doseq=True) if list_of else "")
    links = [f'<a href="{escape(back)}" target="_self">← {"Back to the list" if list_of else "All stories"}</a>']
    of = {"company": "at this company", "job": "of this job"}
    for row in rows("story_neighbours", story=story):
        words = f"{row['direction'].capitalize()} {of[row['among']]}: {row['company']}"
        link = escape("stories?" + urlencode(list_of | {"story": row["story"]}, doseq=True))
        links.append(f'<a href="{link}" target="_self" title="{escape(row["title"])}">{escape(words)}</a>')
    return f'<nav class="cx-way" aria-label="Stories">{"".join(links)}</nav>'


def _head(story: StoryRow, reading: str) -> str:
    when = f"{story['happened_on']} ({story['happened_basis']})" if story["happened_on"] else "date not stated"
    source = join_parts(
        [
            escape(format_attribution(story)[0].upper() + format_attribution(story)[1:]),
            f"“{external_link(story['url'], story['source_title'])}”",
            escape(story["publication"] or ""),
            f"{escape(story['source_kind'])}" + (f" of {escape(story['published'])}" if story["published"] else ""),
            f"happened {escape(when)}" if story["happened_on"] else when,
        ]
    )
    made = "Synthetic · " if story["story_kind"] == SYNTHETIC else ""
    return (
        f'<p class="cx-kicker">{made}'
        f"{company_anchor(story['company'], {KIND: story['story_kind']})} · {escape(story['job_label'])}</p>"
        f'<h1 class="cx-title">{escape(story["title"])}</h1>'
        f'<p class="cx-lead">{escape(story["summary"])}</p><p class="cx-source">{source}</p>'
        f'<p class="cx-note">{escape(reading)}</p>'
    )


def _effort(story: StoryRow) -> str:
    """Say what the effort points of a story are made of, or why they are unknown."""
    if story["read_effort"] == "none":
        return "nobody read this story for effort"
    if story["read_effort"] == "part":
        asked = join_types(story["read_drivers"])
        return f"the story was read for some effort types only: {asked}. The whole effort is unknown"
    if not story["effort_points"]:
        return "no effort found, effort score 0 of 100"
    assumed = (
        f" {format_number(story['assumed_points'])} of them rest on usual minutes, because the story gives none."
        if story["assumed_points"]
        else ""
    )
    return (
        f"{format_number(story['do_points'])} points to do, {format_number(story['feel_points'])} to feel, in"
        f" {format_count(story['event_count'] or 0, 'event')}.{assumed} Effort score {story['effort_score']:.0f} of"
        " 100, lower is better"
    )


def _figures(story: StoryRow) -> str:
    if story["verdict"] == "none":
        verdict = "The author puts the company in neither hall"
    else:
        says = "the same" if story["verdict"] == story["hall"] else COMPANY_PLACES[story["hall"]]
        verdict = f"The author’s verdict. The experience says {says}"
    remembered = (
        f"mean of its peak {format_signed(story['peak'])} and its end {format_signed(story['ending'])}. Plain mean: "
        f"{format_signed(story['mean_feeling'])} over the {story['feeling_count']} of "
        f"{format_count(story['encounter_count'], 'step')} that state a feeling"
        if story["mean_feeling"] is not None
        else "the story does not say how the customer felt"
        if story["read_feeling"] == "whole"
        else "nobody read this story for feelings"
    )
    work = _effort(story)
    rating = f"The customer's own effort rating: {story['ces']} of 7" if story["ces"] else ""
    cards = [
        (None, "–" if story["effort_points"] is None else format_points(story["effort_points"]), "of effort", work),
        (
            story["hall"],
            format_signed(story["experience"], "–"),
            f"experience, {STORY_PLACES[story['hall']]}",
            remembered,
        ),
        (None, story["outcome_label"], "outcome", join_parts([story["loyalty_label"] or "loyalty not stated", rating])),
        (story["verdict"], story["verdict"].capitalize(), "the author's verdict", verdict),
    ]
    return f'<div class="cx-cards">{"".join(_card(*card) for card in cards)}</div>'


def _card(hall: str | None, figure: str, label: str, meaning: str) -> str:
    edge = f" cx-{hall}" if hall in ("fame", "shame") else ""
    return (
        f'<section class="cx-card{edge}"><p class="cx-figure">{escape(figure)}</p><p><b>{escape(label)}</b></p>'
        f"<p>{escape(meaning)}.</p></section>"
    )


def _promises(story: StoryRow, promises: Sequence[StoryPromisesRow]) -> str:
    return format_promises(promises, story["read_promises"] == "whole")


def _signs(story: StoryRow, signs: Sequence[StorySignsRow]) -> str:
    if story["read_signs"] == "none":
        return '<p class="cx-silent">Nobody read this story for signs of care.</p>'
    items = []
    for row in signs:
        word, hall = SHOWN[row["shown"]]
        tone = f"cx-{hall}-text" if hall else "cx-silent"
        evidence = f"<p>{escape(row['evidence'])}</p>" if row["evidence"] else ""
        items.append(
            f'<li><p><b>{escape(row["sign_label"])}</b>: <span class="{tone}">{word}</span></p>{evidence}</li>'
        )
    return f'<ul class="cx-signs">{"".join(items)}</ul>'


def _coding(story: StoryRow) -> str:
    coded = f"Coded by {escape(story['coder'])} on {story['coded_on']}."
    read = f" Read by {escape(story['reviewer'])} on {story['reviewed_on']}." if story["reviewer"] else ""
    return f'<p>{coded}{read}</p><div class="cx-notes">{to_paragraphs(story["notes"] or "No notes.")}</div>'


def _offer_download(story: StoryRow) -> None:
    name = story["story"]
    shipped = {path.stem: path for path in STORIES.glob("*.toml")}.get(name)
    if shipped:
        st.download_button(
            "This story's file (TOML)", shipped.read_bytes(), f"{name}.toml", "application/toml", on_click="ignore"
        )
        return
    parts = ("story", "journey", "story_effort", "story_promises", "story_signs", "story_replies")
    record = {part: rows(part, story=name) for part in parts}
    st.download_button(
        "This story's rows (JSON)",
        json.dumps(record, indent=2, ensure_ascii=False, default=str),
        "story.json",
        "application/json",
        on_click="ignore",
    )


def _show_not_found(story_id: str) -> None:
    nearest = rows("nearest_stories", search=story_id[:200])
    named = "".join(
        f'<li><a href="{escape(stories_link({"story": row["story"]}))}" target="_self">{escape(row["story"])}</a>: '
        f"{escape(row['company'])}, {escape(row['title'])}</li>"
        for row in nearest
    )
    st.html(
        '<h1 class="cx-title">No such story</h1>'
        f'<p class="cx-lead">There is no story called “{escape(story_id[:80])}” here.'
        f"{' The nearest are:' if nearest else ''}</p><ul>{named}</ul>"
        '<p><a href="stories" target="_self">All stories</a></p>'
    )


LONG = 1_200  # characters: a longer account is folded

NOTE = "As we received it. Nobody has checked it."


def account_html(words: str | None) -> str:
    """Return the customer's own words under a heading; empty if there are none."""
    if not words:
        return ""
    quote = f'<blockquote class="cx-notes">{to_paragraphs(words)}</blockquote>'
    if len(words) > LONG:
        quote = f"<details><summary>All {len(words.split()):,} words</summary>{quote}</details>"
    return f'<h2 class="cx-headline">In the customer’s own words</h2><p class="cx-note">{NOTE}</p>{quote}'
