"""Widgets that read and write one field of what a form holds; a widget that is not drawn loses nothing."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import streamlit as st

from cxdata.codebook.codes import load_codebook
from pages.ui.escaping import escape_markdown

MANY = 12  # codes that a help can still tell of


@dataclass(frozen=True)
class FieldScope:
    """Where fields are held, how the keys of their widgets begin, and what their labels begin with.

    Of fields that stand on the page several times each says whose it is: heard alone, "Driver" could be anybody's.
    """

    prefix: str
    held: dict[str, Any]
    called: str = ""

    def key(self, name: str) -> str:
        """The key of the widget that holds a field."""
        return f"{self.prefix}-{name}"

    def within(self, name: str, held: dict[str, Any], called: str = "") -> "FieldScope":
        """A place below this one."""
        return FieldScope(f"{self.prefix}-{name}", held, called)

    def label(self, words: str) -> str:
        """The label of a field here: 'Encounter 2: Touchpoint'."""
        return f"{self.called}: {words}" if self.called else words

    def seed(self, name: str, value: Any) -> str:
        """Have the widget of this field begin with a value, unless it is there already; its key."""
        key = self.key(name)
        if key not in st.session_state:
            st.session_state[key] = value
        return key


def text_field(
    at: FieldScope, name: str, label: str, said: str | None = None, example: str | None = None, most: int = 200
) -> str:
    """One line of text."""
    key = at.seed(name, _text(at, name))
    at.held[name] = st.text_input(
        at.label(label), key=key, max_chars=_room(at, name, most), help=said, placeholder=example
    )
    return str(at.held[name])


def text_area(
    at: FieldScope, name: str, label: str, said: str | None = None, most: int = 4000, height: int = 90
) -> str:
    """Text that may run over lines."""
    key = at.seed(name, _text(at, name))
    at.held[name] = st.text_area(at.label(label), key=key, max_chars=_room(at, name, most), help=said, height=height)
    return str(at.held[name])


def code(at: FieldScope, name: str, label: str, table: str, unsaid: str = "Choose") -> str | None:
    """A code of the codebook by its label; what the chosen one means stands beneath."""
    codes = load_codebook()[table]
    picked: str | None = choice(
        at, name, label, {key: each.label for key, each in codes.items()}, unsaid, help_on(table)
    )
    if picked is not None:
        st.caption(escape_markdown(codes[picked].description))
    return picked


def codes(at: FieldScope, name: str, label: str, table: str, unsaid: str = "None named") -> None:
    """Several codes of the codebook by their labels."""
    known = load_codebook()[table]
    told = at.held.get(name) or []
    key = at.seed(name, [each for each in told if each in known])
    at.held[name] = st.multiselect(
        at.label(label),
        list(known),
        format_func=lambda each: known[each].label,
        key=key,
        placeholder=unsaid,
        help=help_on(table),
    )
    if at.held[name]:
        st.caption(
            escape_markdown(" ".join(f"{known[each].label}: {known[each].description}" for each in at.held[name]))
        )


def choice(
    at: FieldScope, name: str, label: str, choices: Mapping[Any, str], unsaid: str = "Choose", said: str | None = None
) -> Any:
    """One of these choices by its words, or None while none is chosen."""
    told = at.held.get(name)
    key = at.seed(name, told if told in list(choices) else None)
    at.held[name] = st.selectbox(
        at.label(label),
        list(choices),
        index=None,
        format_func=lambda each: choices.get(each, str(each)),
        key=key,
        placeholder=unsaid,
        help=said,
    )
    return at.held[name]


def number(
    at: FieldScope, name: str, label: str, least: int, most: int, unsaid: str = "not told", said: str | None = None
) -> None:
    """A whole number, or None while none is told."""
    key = at.seed(name, _number(at, name, least, most, whole=True))
    at.held[name] = st.number_input(at.label(label), least, most, None, step=1, key=key, placeholder=unsaid, help=said)


def amount_field(
    at: FieldScope, name: str, label: str, most: float, unsaid: str = "not told", said: str | None = None
) -> None:
    """A number from 0 on, or None while none is told."""
    key = at.seed(name, _number(at, name, 0, most, whole=False))
    at.held[name] = st.number_input(
        at.label(label), 0.0, most, None, step=5.0, format="%g", key=key, placeholder=unsaid, help=said
    )


def help_on(table: str) -> str | None:
    """What the codes of a table mean, where that is no longer than a help can be."""
    known = load_codebook()[table]
    if len(known) > MANY:
        return "Type to search. What the chosen one means stands beneath it."
    return "\n".join(
        f"- **{escape_markdown(each.label)}**: {escape_markdown(each.description)}" for each in known.values()
    )


def buttons(labels: Sequence[tuple[str, str, Any, tuple[Any, ...], bool]], key: str) -> None:
    """A row of small buttons: label, its key, what it does, with what, and whether it can."""
    with st.container(horizontal=True, gap="small"):
        for label, name, act, arguments, can in labels:
            st.button(label, key=f"{key}-{name}", on_click=act, args=arguments, disabled=not can)


def _text(at: FieldScope, name: str) -> str:
    told = at.held.get(name)
    return "" if told is None else str(told)


def _room(at: FieldScope, name: str, most: int) -> int:
    return max(most, len(_text(at, name)))  # a draft may hold more than the widget would take; the record says so


def _number(at: FieldScope, name: str, least: float, most: float, *, whole: bool) -> float | int | None:
    told = at.held.get(name)
    if isinstance(told, bool) or not isinstance(told, int | float) or not least <= told <= most:
        return None
    return int(told) if whole else float(told)
