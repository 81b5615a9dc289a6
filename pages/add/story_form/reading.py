"""The section on what a story was read for, the question about effort types outside it, and its faults in words."""

import re
from dataclasses import dataclass
from typing import Any

import streamlit as st

from cxdata.codebook.codes import load_codebook
from cxdata.stories.reading import READ_DRIVERS_FAULT, list_unread_drivers
from pages.add.story_form.fields import Codes, FieldScope, Options, Section
from pages.ui.escaping import escape_markdown

WHOLE = "Whole story"
PART = "Only some effort types"
NONE = "Not read"
ALL_OR_NOTHING = {"whole": WHOLE, "none": NONE}
EFFORT_READ = {"whole": WHOLE, "part": PART, "none": NONE}
TYPES = "Effort types read for"
LABELS = {
    "read_feeling": "Feelings",
    "read_effort": "Effort",
    "read_drivers": TYPES,
    "read_promises": "Promises",
    "read_signs": "Signs of care",
}


@dataclass(frozen=True)
class UnreadTypes:
    """The question what to do with effort of a type that the story was not read for."""

    def show(self, scope: FieldScope) -> None:
        """Draw one line and one button for each such type."""
        drivers = load_codebook()["drivers"]
        for driver, place in list_unread_drivers(scope.content).items():
            if driver not in drivers:
                continue
            label = drivers[driver].label
            st.warning(
                escape_markdown(
                    f"{_capitalise(place)} is “{label}”, and the story was not read for it. Look through the whole"
                    f" story for it before you add it, or choose “{WHOLE}” after you read the story for every type."
                )
            )
            st.button(
                f"Add “{label}” to the types read for",
                key=scope.key(f"ask-{driver}"),
                on_click=_add_type,
                args=(scope, driver),
            )


def reading_section() -> Section:
    """Return what the story was read for. It follows the findings, so that it can ask about them."""
    types = Codes("read_drivers", TYPES, "drivers", "Choose")
    return (
        Options("read_feeling", LABELS["read_feeling"], ALL_OR_NOTHING),
        Options("read_effort", LABELS["read_effort"], EFFORT_READ, then={"part": types}),
        UnreadTypes(),
        Options("read_promises", LABELS["read_promises"], ALL_OR_NOTHING),
        Options("read_signs", LABELS["read_signs"], ALL_OR_NOTHING),
    )


def describe_reading_fault(problem: str) -> str | None:
    """Return a fault of the reading in the words of the form; None if it is another fault."""
    if problem == READ_DRIVERS_FAULT:
        return f"{TYPES}: none is chosen. Choose at least one, or another answer for Effort"
    words = re.fullmatch(r"(read_\w+) 'none': (.*); the choices are: .*", problem)
    if words:
        name, finding = words.groups()
        choices = EFFORT_READ if name == "read_effort" else ALL_OR_NOTHING
        named = ", ".join(label for value, label in choices.items() if value != "none")
        return f"{LABELS[name]} “{NONE}”: {_name_codes(finding, 'signs')}; the choices are: {named}"
    words = re.fullmatch(r"(.*): driver '(\w+)' is not among read_drivers, which has: (.*)", problem)
    if words:
        place, driver, read = words.groups()
        drivers = load_codebook()["drivers"]
        named = ", ".join(drivers[code].label for code in read.split(", "))
        place = place.replace("effort event", "effort")
        return f"{place}: Driver “{drivers[driver].label}” is not among {TYPES.lower()}: {named}"
    return None


def _name_codes(words: str, table: str) -> str:
    codes = load_codebook()[table]
    return re.sub(r"'(\w+)'", lambda found: f"“{codes[found[1]].label}”" if found[1] in codes else found[0], words)


def _capitalise(place: str) -> str:
    return place[:1].upper() + place[1:].replace("effort event", "effort")


def _add_type(scope: FieldScope, driver: str) -> None:
    content: dict[str, Any] = scope.content
    # a story that was not read for effort may keep types from an earlier choice
    read = content.get("read_drivers") or [] if content.get("read_effort") == "part" else []
    content |= {"read_effort": "part", "read_drivers": [*read, driver]}
    for name in ("read_effort", "read_drivers"):
        st.session_state[scope.key(name)] = content[name]
