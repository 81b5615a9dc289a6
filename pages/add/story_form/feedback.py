"""Feedback beside the story form: a preview of the journey and the effort points, and the faults."""

from collections.abc import Sequence
from functools import lru_cache
from html import escape

import streamlit as st

from cxdata.codebook.codes import load_codebook
from cxdata.editing.preview import Preview
from cxdata.publish.charts import PublishedChart, publish_chart
from cxdata.questions.ask import ask_rows
from cxdata.questions.rows import StoryEffortRow
from cxdata.stories import Story
from cxdata.text.formatting import format_count, format_points
from pages.ui.cache import get_engine, theme


def show_feedback(sketch: Story | None, faults: Sequence[str]) -> None:
    """Show the journey and the effort points of a sketch, and every fault that keeps the story from being saved."""
    _show_preview(sketch)
    listed = "".join(f"<li>{escape(fault)}</li>" for fault in faults)
    todo = f"<ul>{listed}</ul>" if faults else "<p>Nothing: the story can be saved.</p>"
    st.html(f'<h2 class="cx-headline">Still to do</h2>{todo}')


def _show_preview(sketch: Story | None) -> None:
    if sketch is None:
        st.info("The journey appears here when the first step has a touchpoint.")
        return
    journey, events, total = _preview(sketch, theme())
    st.html(
        f'<h2 class="cx-headline">{escape(journey.headline)}</h2><p class="cx-subtitle">{escape(_measure(journey))}</p>'
    )
    if journey.spec is not None:
        st.vega_lite_chart(journey.spec, theme=None, alt=journey.alt_text, key="story-form-journey")
    st.html(f'<h2 class="cx-headline">{escape(_effort(sketch, total))}</h2>{_list(sketch, events, total)}')


def _measure(journey: PublishedChart) -> str:
    return journey.subtitle.partition(" · ")[0]  # the rest counts stories and years


def _effort(sketch: Story, total: float) -> str:
    """Say the points of a story that was read whole; of any other they are unknown."""
    if sketch.read_effort == "whole":
        return f"Effort: {format_points(total)}"
    return "Effort: not read" if sketch.read_effort == "none" else "Effort: read for some types only"


def _list(sketch: Story, events: Sequence[StoryEffortRow], total: float) -> str:
    if not events:
        return "<p>No effort yet.</p>" if sketch.read_effort == "whole" else "<p>The whole effort is unknown.</p>"
    listed = "".join(f"<li>{_event(event)}</li>" for event in events)
    summary = f"{format_count(len(events), 'event')}; {format_points(total)}"
    return f'<p class="cx-subtitle">{escape(summary)}</p><ul class="cx-efforts">{listed}</ul>'


def _event(event: StoryEffortRow) -> str:
    times = f", {event['times']} times" if event["times"] > 1 else ""
    return f"<b>{format_points(event['points'])}</b> step {event['step']}, {escape(event['driver_label'])}{times}"


@lru_cache(maxsize=1)
def _preview_database() -> Preview:
    return Preview(get_engine(), load_codebook())


@lru_cache(maxsize=32)
def _preview(story: Story, theme_name: str) -> tuple[PublishedChart, list[StoryEffortRow], float]:
    """Return the journey, the effort events and their points in total."""
    choices = {"story": story.story}
    with _preview_database().with_story(story) as connection:
        journey = publish_chart(connection, "journey", choices, theme_name)
        events = ask_rows(connection, "story_effort", choices)
    return journey, events, sum(event["points"] for event in events)
