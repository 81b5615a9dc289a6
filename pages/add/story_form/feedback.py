"""Beside the story form: the journey and the effort points as they would be, and what is still to do."""

from collections.abc import Sequence
from functools import lru_cache
from html import escape
from typing import Any

import streamlit as st

from cxdata.codebook.codes import load_codebook
from cxdata.editing.preview import Preview
from cxdata.errors import Fault
from cxdata.publish.charts import PublishedChart, publish_chart
from cxdata.questions.ask import ask_rows
from cxdata.stories import Story
from cxdata.text.formatting import format_count, format_points, format_work_time
from pages.add.story_form.story_words import describe_fault


def show_preview(story: Story | None) -> None:
    """The journey and the points of the story as far as it goes."""
    if story is None:
        st.info("The journey appears here with the first encounter that has a touchpoint.")
        return
    journey, events, total = _previewed(story, "dark" if st.context.theme.type == "dark" else "light")
    st.html(
        f'<h2 class="cx-headline">{escape(journey.headline)}</h2><p class="cx-subtitle">{escape(_measure(journey))}</p>'
    )
    if journey.spec is not None:
        st.vega_lite_chart(journey.spec, theme=None, alt=journey.alt_text, key="story-form-journey")
    st.html(f'<h2 class="cx-headline">Effort: {format_points(total)}</h2>{_list(events, total)}')


def show_faults(faults: Sequence[Fault]) -> None:
    """Everything that keeps the story from being one."""
    listed = "".join(f"<li>{escape(describe_fault(fault))}</li>" for fault in faults)
    told = f"<ul>{listed}</ul>" if faults else "<p>Nothing: the story can be saved.</p>"
    st.html(f'<h2 class="cx-headline">Still to do</h2>{told}')


def _measure(journey: PublishedChart) -> str:
    return journey.subtitle.partition(" · ")[0]  # the rest counts stories and years


def _list(events: Sequence[dict[str, Any]], total: float) -> str:
    if not events:
        return "<p>No effort event yet.</p>"
    listed = "".join(f"<li>{_event(event)}</li>" for event in events)
    said = (
        f"{format_count(len(events), 'event')}; {format_work_time(total)} of work the customer would rather not have"
        " done"
    )
    return f'<p class="cx-subtitle">{escape(said)}</p><ul class="cx-efforts">{listed}</ul>'


def _event(event: dict[str, Any]) -> str:
    times = f", {event['times']} times" if event["times"] > 1 else ""
    return f"<b>{format_points(event['points'])}</b> step {event['step']}, {escape(event['driver_label'])}{times}"


@lru_cache(maxsize=1)
def _preview() -> Preview:
    return Preview(load_codebook())


@lru_cache(maxsize=32)
def _previewed(story: Story, look: str) -> tuple[PublishedChart, list[dict[str, Any]], float]:
    asked = {"story": story.story}
    with _preview().holding(story) as connection:
        journey = publish_chart(connection, "journey", asked, look)
        events = ask_rows(connection, "story_effort", asked)
    return journey, events, sum(event["points"] for event in events)
