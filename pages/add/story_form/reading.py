"""The section on what a story was read for, and the question about effort types outside it."""

from dataclasses import dataclass
from typing import Any

import streamlit as st

from cxdata.codebook.codes import load_codebook
from cxdata.stories.contradictions import list_unread_drivers
from pages.add.story_form.fields import Codes, Field, FieldScope, Options, Section, name_place
from pages.ui.escaping import escape_markdown

WHOLE = "Whole story"
NONE = "Not read"
CHOICES = {
    "read_feeling": {"whole": WHOLE, "none": NONE},
    "read_effort": {"whole": WHOLE, "part": "Only some effort types", "none": NONE},
    "read_promises": {"whole": WHOLE, "none": NONE},
    "read_signs": {"whole": WHOLE, "none": NONE},
}


@dataclass(frozen=True)
class UnreadTypes(Field):
    """The question what to do with effort of a type that the story was not read for; `findings` name its place."""

    findings: Section

    def show(self, scope: FieldScope) -> None:
        """Draw one line and one button for each such type."""
        drivers = load_codebook()["drivers"]
        for driver, path in list_unread_drivers(scope.content).items():
            if driver not in drivers:
                continue
            label = drivers[driver].label
            place = name_place(self.findings, path, scope.content)
            st.warning(
                escape_markdown(
                    f"{place[:1].upper()}{place[1:]} is “{label}”, and the story was not read for it. Add it only"
                    " after you looked for it in the whole story. Or choose “"
                    f"{WHOLE}” after you read the story for every type."
                )
            )
            st.button(
                f"Add “{label}” to the types read for",
                key=scope.key(f"ask-{driver}"),
                on_click=_add_type,
                args=(scope, driver),
            )


def reading_section(findings: Section) -> Section:
    """Return what the story was read for. It follows the findings, so that it can ask about them."""
    types = Codes("read_drivers", "Effort types read for", "drivers", "Choose")
    return (
        Options("read_feeling", "Feelings", CHOICES["read_feeling"]),
        Options("read_effort", "Effort", CHOICES["read_effort"], then={"part": types}),
        UnreadTypes(findings),
        Options("read_promises", "Promises", CHOICES["read_promises"]),
        Options("read_signs", "Signs of care", CHOICES["read_signs"]),
    )


def _add_type(scope: FieldScope, driver: str) -> None:
    content: dict[str, Any] = scope.content
    # a story that was not read for effort may keep types from an earlier choice
    read = content.get("read_drivers") or [] if content.get("read_effort") == "part" else []
    content |= {"read_effort": "part", "read_drivers": [*read, driver]}
    for name in ("read_effort", "read_drivers"):
        st.session_state[scope.key(name)] = content[name]
