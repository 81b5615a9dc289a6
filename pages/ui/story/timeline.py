"""The timeline of a story, step by step, with the evidence of every effort event."""

from collections import defaultdict
from collections.abc import Sequence
from html import escape

from cxdata.codebook.kinds import COMPLAINT
from cxdata.publish.origin import SENT
from cxdata.questions.rows import JourneyRow, StoryEffortRow, StoryRow
from cxdata.text.formatting import format_number, format_points, format_signed, join_parts

STARTED = {"customer": "The customer acted", "company": "The company acted"}
DEMAND = {"value": "value demand", "failure": "failure demand: needed only because something failed before"}


def format_timeline(
    story: StoryRow, journey: Sequence[JourneyRow], effort: Sequence[StoryEffortRow], target: str = ""
) -> str:
    """Return the steps as an ordered list in HTML.

    `target` is the step that a link names: it is highlighted, and a line at the top leads to it.
    """
    events: dict[int, list[StoryEffortRow]] = defaultdict(list)
    for event in effort:
        events[event["step"]].append(event)
    items = "".join(_step(story, row, events[row["step"]], str(row["step"]) == target) for row in journey)
    sent = f'<p class="cx-note">{SENT}</p>' if story["story_kind"] == COMPLAINT and story["is_mapped"] else ""
    return (
        f'<h2 class="cx-headline">Step by step</h2>{sent}{_pointer(journey, target)}<ol class="cx-steps">{items}</ol>'
    )


def _pointer(journey: Sequence[JourneyRow], target: str) -> str:
    for row in journey:
        if str(row["step"]) == target:
            what = f"step {row['step']}, {row['touchpoint_label']}: {row['short']}"
            return f'<p class="cx-note">You came for <a href="#step-{row["step"]}">{escape(what)}</a>.</p>'
    return ""


def _step(story: StoryRow, row: JourneyRow, events: list[StoryEffortRow], is_target: bool) -> str:
    other_job = row["job_label"] if row["job"] != story["job"] else ""
    mood = (
        "" if row["feeling"] is None else " cx-won" if row["feeling"] > 0 else " cx-lost" if row["feeling"] < 0 else ""
    )
    here = ' aria-current="step"' if is_target else ""
    where = join_parts([f"Step {row['step']}", row["stage_label"] or "", other_job])
    return (
        f'<li id="step-{row["step"]}" class="cx-step{mood}{" cx-here" if is_target else ""}"{here}>'
        f'<p class="cx-kicker">{escape(where)}</p>'
        f"<h3>{escape(row['touchpoint_label'])}: {escape(row['short'])}</h3><p>{escape(row['summary'])}</p>"
        f"<p>{_feeling(row)}</p>{_effort(row, events)}"
        f'<p class="cx-source">{escape(_format_aside(row))}</p></li>'
    )


def _feeling(row: JourneyRow) -> str:
    named = f" Named: {escape(row['emotions'].lower())}." if row["emotions"] else ""
    if row["feeling"] is None or row["feeling_label"] is None:
        why = "not read" if row["read_feeling"] == "none" else "not stated"
        return f'<span class="cx-silent">Feeling {why}.</span>{named}'
    tone = "cx-fame-text" if row["feeling"] > 0 else "cx-shame-text" if row["feeling"] < 0 else ""
    return (
        f'Feeling <b class="{tone}">{format_signed(row["feeling"])}</b>, {escape(row["feeling_label"].lower())}.{named}'
    )


def _effort(row: JourneyRow, events: list[StoryEffortRow]) -> str:
    if not events:
        return ""
    listed = "".join(f"<li>{_event(event, row['locator'])}</li>" for event in events)
    return f'<ul class="cx-efforts">{listed}</ul>'


def _event(event: StoryEffortRow, locator: str) -> str:
    elsewhere = f' <span class="cx-source">({escape(event["locator"])})</span>' if event["locator"] != locator else ""
    what = f"{escape(event['driver_label'])}{_amount(event)}"
    return f"<b>{format_points(event['points'])}</b> {what}. {escape(event['evidence'])}{elsewhere}"


def _amount(event: StoryEffortRow) -> str:
    times = f", {event['times']} times" if event["times"] > 1 else ""
    if event["kind"] == "feel":
        return f"{times}, felt"
    if event["minutes"] is not None:
        return f"{times}, {format_number(event['minutes'])} minutes"
    return f"{times}, usual minutes" if event["assumed_points"] else times


def _format_aside(row: JourneyRow) -> str:
    return join_parts([STARTED[row["started_by"]], DEMAND.get(row["demand"] or "", ""), f"told {row['locator']}"])
