"""The encounters of the story form, one after another: one is open, the others are a line each."""

from typing import Any

import streamlit as st

from cxdata.codebook.codes import load_codebook
from cxdata.text.formatting import format_count, format_signed
from pages.add.story_form.fields import (
    FieldScope,
    amount_field,
    buttons,
    choice,
    code,
    codes,
    number,
    text_area,
    text_field,
)
from pages.add.story_form.form_state import Content, move, new_key, remove
from pages.add.story_form.story_state import Form
from pages.ui.escaping import escape_markdown

STARTED = {"customer": "The customer made the move", "company": "The company made the move"}
DEMAND = {"value": "Value: what the customer came for", "failure": "Failure: needed only because something had failed"}


def show_encounters(form: Form, at: FieldScope) -> None:
    """All encounters with their effort, and the way to one more."""
    st.subheader("Encounters")
    st.caption("One for each moment at one touchpoint, in the order in which they happened.")
    encounters: list[Content] = at.held["encounters"]
    for place, encounter in enumerate(encounters):
        own = at.within(encounter["key"], encounter, f"Encounter {place + 1}")
        _encounter(form, own, place, len(encounters))
    st.button("Add an encounter", icon=":material/add:", key=at.key("add"), on_click=_add, args=(form, encounters))


def _encounter(form: Form, at: FieldScope, place: int, total: int) -> None:
    key = at.held["key"]
    siblings = form.content["encounters"]
    is_open = form.opened == key
    with st.container(border=True):
        st.markdown(f"**{place + 1}. {escape_markdown(_summarise(at.held))}**")
        step = f"encounter {place + 1}"
        buttons(
            [
                (f"Close {step}" if is_open else f"Edit {step}", "open", _open, (form, None if is_open else key), True),
                (f"Move {step} up", "up", move, (siblings, key, -1), place > 0),
                (f"Move {step} down", "down", move, (siblings, key, 1), place < total - 1),
                (f"Remove {step}", "remove", remove, (siblings, key), True),
            ],
            at.prefix,
        )
        if is_open:
            _fields(at)


def _fields(at: FieldScope) -> None:
    code(at, "touchpoint", "Touchpoint", "touchpoints")
    text_field(at, "short", "In short", "It stands beside the mark in the journey.", "A call about the refund", most=40)
    text_area(at, "summary", "What happened", "In your own words.")
    feelings = load_codebook()["feelings"]
    scale = {int(value): f"{format_signed(int(value))} {feeling.label}" for value, feeling in feelings.items()}
    told = choice(
        at, "feeling", "Feeling", scale, "not told", "What the account says of this moment; silence is not 0."
    )
    if told is not None:
        st.caption(escape_markdown(feelings[str(told)].description))
    codes(at, "emotions", "Emotions named", "emotions")
    choice(at, "started_by", "Who made the move", STARTED)
    choice(at, "demand", "Demand", DEMAND, "not a contact, or not told")
    code(at, "stage", "Stage of the journey", "stages", "not told")
    code(at, "job", "Job, if another than the story’s", "jobs", "The story’s job")
    text_field(at, "locator", "Where the account tells it", example="second paragraph")
    _effort(at)


def _effort(at: FieldScope) -> None:
    st.markdown("**Effort**: what the customer had to do, or go through, that the job did not need")
    events: list[Content] = at.held.setdefault("effort", [])
    for place, event in enumerate(events):
        own = at.within(event["key"], event, f"Effort {place + 1}")
        with st.container(border=True):
            st.markdown(f"Effort {place + 1} of {at.called.lower()}")
            code(own, "driver", "Driver", "drivers")
            times, minutes = st.columns(2)
            with times:
                number(own, "times", "Times", 1, 1000, "1")
            with minutes:
                amount_field(
                    own, "minutes", "Minutes", 525_600.0, said="Only where the account tells them; never guessed."
                )
            text_area(own, "evidence", "Evidence", "What the account says that shows it.", height=70)
            text_field(own, "locator", "Where it is told, if elsewhere", example="as the encounter")
            buttons(
                [
                    (f"Move effort {place + 1} up", "up", move, (events, event["key"], -1), place > 0),
                    (f"Move effort {place + 1} down", "down", move, (events, event["key"], 1), place < len(events) - 1),
                    (f"Remove effort {place + 1}", "remove", remove, (events, event["key"]), True),
                ],
                own.prefix,
            )
    st.button(
        f"Add effort to {at.called.lower()}",
        icon=":material/add:",
        key=at.key("add-effort"),
        on_click=_add_event,
        args=(events,),
    )


def _summarise(encounter: Content) -> str:
    touchpoint = encounter.get("touchpoint")
    words: list[Any] = [
        load_codebook().label("touchpoints", touchpoint) if touchpoint else "No touchpoint yet",
        encounter.get("short"),
        None if encounter.get("feeling") is None else f"feeling {format_signed(encounter['feeling'])}",
        format_count(len(events), "effort event") if (events := encounter.get("effort")) else None,
    ]
    return " · ".join(str(word) for word in words if word)


def _add(form: Form, encounters: list[Content]) -> None:
    encounters.append({"key": new_key(), "effort": []})
    form.opened = encounters[-1]["key"]


def _open(form: Form, key: str | None) -> None:
    form.opened = key


def _add_event(events: list[Content]) -> None:
    events.append({"key": new_key(), "times": 1})
