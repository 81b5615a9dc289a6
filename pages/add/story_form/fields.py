"""Fields of the story form as data: a field draws one widget and keeps its value in the form's content.

A field that is not drawn keeps its value.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol

import streamlit as st

from cxdata.codebook.codes import Code as CodebookEntry
from cxdata.codebook.codes import load_codebook
from cxdata.errors import FieldPath, name_steps
from pages.ui.escaping import escape_markdown

MAX_EXPLAINED = 12  # a help text explains no more codes than this


@dataclass(frozen=True)
class FieldScope:
    """A part of the form: the content that its fields write, the prefix of their keys, and the owner in their labels.

    Labels of repeated fields name their owner, because a screen reader announces a label without its surroundings.
    """

    prefix: str
    content: dict[str, Any]
    owner: str = ""

    def key(self, name: str) -> str:
        """Return the key of the widget of a field."""
        return f"{self.prefix}-{name}"

    def within(self, name: str, content: dict[str, Any], owner: str = "") -> "FieldScope":
        """Return the scope of a nested part."""
        return FieldScope(f"{self.prefix}-{name}", content, owner)

    def label(self, words: str) -> str:
        """Return the label of a field here, such as 'Step 2: Touchpoint'."""
        return f"{self.owner}: {words}" if self.owner else words

    def seed(self, name: str, value: Any) -> str:
        """Give the widget of a field its first value and return its key."""
        key = self.key(name)
        if key not in st.session_state:
            st.session_state[key] = value
        return key

    def text(self, name: str) -> str:
        """Return the value of a field as text."""
        value = self.content.get(name)
        return "" if value is None else str(value)


class Field(Protocol):
    """Anything that a section lists: a field, a group of fields or words between them."""

    def show(self, scope: FieldScope, /) -> None:
        """Draw it and keep what the writer enters in the scope's content."""

    def locate(self, _path: FieldPath, _content: Mapping[str, Any], /) -> str | None:
        """Return the form's words for a place in the content, such as 'effort 1: Effort type', or None if elsewhere."""
        return None


Section = tuple[Field, ...]


def show_section(scope: FieldScope, section: Section) -> None:
    """Draw the fields of a section from top to bottom."""
    for each in section:
        each.show(scope)


def locate_in(section: Section, path: FieldPath, content: Mapping[str, Any]) -> str | None:
    """Return the words for a place in the content of a section; None if no field of it has this place."""
    return next((found for each in section if (found := each.locate(path, content)) is not None), None)


def name_place(section: Section, path: FieldPath, content: Mapping[str, Any]) -> str:
    """Return the words for a place in the content of a section; a place without a field has those of story files."""
    if not path:
        return ""
    return locate_in(section, path, content) or ": ".join(name_steps(path))


@dataclass(frozen=True)
class Labelled:
    """A field of the content by its name, with the label of its widget."""

    name: str
    label: str

    def locate(self, path: FieldPath, _: Mapping[str, Any]) -> str | None:
        """Return the label, if the path leads to this field."""
        return self.label if path[0] == self.name else None


@dataclass(frozen=True)
class Branching(Labelled):
    """A field of which a chosen value may ask for another field."""

    then: Mapping[Any, Field] = field(default_factory=dict, kw_only=True)

    def show_next(self, scope: FieldScope, chosen: Any) -> None:
        """Draw the field that the chosen value asks for."""
        if chosen in self.then:
            self.then[chosen].show(scope)

    def locate(self, path: FieldPath, content: Mapping[str, Any]) -> str | None:
        """Return the label of this field, or of a field that a value asks for."""
        return super().locate(path, content) or locate_in(tuple(self.then.values()), path, content)


@dataclass(frozen=True)
class Text(Labelled):
    """One line of text; `warn` may answer what is entered with a warning in Markdown."""

    help: str | None = None
    example: str | None = None
    max_chars: int = 200
    warn: Callable[[str], str | None] | None = None

    def show(self, scope: FieldScope) -> None:
        """Draw the field."""
        value = st.text_input(
            scope.label(self.label),
            key=scope.seed(self.name, scope.text(self.name)),
            max_chars=max(self.max_chars, len(scope.text(self.name))),  # a draft may hold more; its faults name that
            help=self.help,
            placeholder=self.example,
        )
        scope.content[self.name] = value
        if self.warn and (warning := self.warn(str(value))):
            st.warning(warning)


@dataclass(frozen=True)
class TextArea(Labelled):
    """Several lines of text; the height is in pixels."""

    help: str | None = None
    max_chars: int = 4000
    height: int = 90

    def show(self, scope: FieldScope) -> None:
        """Draw the field."""
        scope.content[self.name] = st.text_area(
            scope.label(self.label),
            key=scope.seed(self.name, scope.text(self.name)),
            max_chars=max(self.max_chars, len(scope.text(self.name))),
            help=self.help,
            height=self.height,
        )


@dataclass(frozen=True)
class Proposed(Labelled):
    """One line of text that a proposal fills until the writer enters another; a fixed one cannot be changed."""

    help: str
    propose: Callable[[Mapping[str, Any]], str]
    is_fixed: bool
    max_chars: int = 80

    def show(self, scope: FieldScope) -> None:
        """Draw the field."""
        key = scope.key(self.name)
        if not self.is_fixed and not scope.content.get(self.name):
            st.session_state[key] = self.propose(scope.content)
        st.text_input(
            self.label,
            key=scope.seed(self.name, scope.text(self.name)),
            max_chars=self.max_chars,
            help=self.help,
            disabled=self.is_fixed,
            on_change=self._keep,
            args=(scope.content, key),
        )

    def _keep(self, content: dict[str, Any], key: str) -> None:
        content[self.name] = st.session_state[key].strip() or None


@dataclass(frozen=True)
class Choice(Branching):
    """One of `choices`, a mapping of values to words; None until the writer chooses.

    `describe` gives the caption of the chosen value.
    """

    choices: Mapping[Any, str]
    placeholder: str = "Choose"
    help: str | None = None
    describe: Callable[[Any], str] | None = None

    def show(self, scope: FieldScope) -> None:
        """Draw the field, the caption of the chosen value and the fields it asks for."""
        value = scope.content.get(self.name)
        scope.content[self.name] = chosen = st.selectbox(
            scope.label(self.label),
            list(self.choices),
            index=None,
            format_func=lambda each: self.choices.get(each, str(each)),
            key=scope.seed(self.name, value if value in list(self.choices) else None),
            placeholder=self.placeholder,
            help=self.help,
        )
        if self.describe and chosen is not None:
            st.caption(escape_markdown(self.describe(chosen)))
        self.show_next(scope, chosen)


@dataclass(frozen=True)
class Options(Branching):
    """One of a few `choices`, all in sight, of which one is always chosen."""

    choices: Mapping[str, str]
    help: str | None = None

    def show(self, scope: FieldScope) -> None:
        """Draw the field and the fields that the chosen value asks for."""
        chosen = st.radio(
            scope.label(self.label),
            list(self.choices),
            format_func=lambda each: self.choices.get(each, each),
            key=scope.seed(self.name, scope.content[self.name]),
            help=self.help,
            horizontal=True,
        )
        scope.content[self.name] = chosen
        self.show_next(scope, chosen)


@dataclass(frozen=True)
class Code(Labelled):
    """A code of one table of the codebook, chosen by its label; a caption describes it."""

    table: str
    placeholder: str = "Choose"

    def show(self, scope: FieldScope) -> None:
        """Draw the field."""
        codes = load_codebook()[self.table]
        labels = {key: each.label for key, each in codes.items()}
        Choice(
            self.name,
            self.label,
            labels,
            self.placeholder,
            explain_codes(codes),
            lambda chosen: codes[chosen].description,
        ).show(scope)


@dataclass(frozen=True)
class Codes(Labelled):
    """Several codes of one table of the codebook, chosen by their labels."""

    table: str
    placeholder: str = "None named"

    def show(self, scope: FieldScope) -> None:
        """Draw the field."""
        codes = load_codebook()[self.table]
        value = scope.content.get(self.name) or []
        chosen = st.multiselect(
            scope.label(self.label),
            list(codes),
            format_func=lambda each: codes[each].label,
            key=scope.seed(self.name, [each for each in value if each in codes]),
            placeholder=self.placeholder,
            help=explain_codes(codes),
        )
        scope.content[self.name] = chosen
        if chosen:
            st.caption(escape_markdown(" ".join(f"{codes[each].label}: {codes[each].description}" for each in chosen)))


@dataclass(frozen=True)
class WholeNumber(Labelled):
    """A whole number within bounds, or None while it is empty."""

    least: int
    most: int
    placeholder: str = "not stated"

    def show(self, scope: FieldScope) -> None:
        """Draw the field."""
        value = _number_within(scope.content.get(self.name), self.least, self.most)
        scope.content[self.name] = st.number_input(
            scope.label(self.label),
            self.least,
            self.most,
            None,
            step=1,
            key=scope.seed(self.name, None if value is None else int(value)),
            placeholder=self.placeholder,
        )


@dataclass(frozen=True)
class Amount(Labelled):
    """A number from 0 to `most`, or None while it is empty."""

    most: float
    placeholder: str = "not stated"
    help: str | None = None

    def show(self, scope: FieldScope) -> None:
        """Draw the field."""
        value = _number_within(scope.content.get(self.name), 0, self.most)
        scope.content[self.name] = st.number_input(
            scope.label(self.label),
            0.0,
            self.most,
            None,
            step=5.0,
            format="%g",
            key=scope.seed(self.name, None if value is None else float(value)),
            placeholder=self.placeholder,
            help=self.help,
        )


def explain_codes(codes: Mapping[str, CodebookEntry]) -> str:
    """Return a help text in Markdown that explains each code, or says how to find out where they are too many."""
    if len(codes) > MAX_EXPLAINED:
        return "Type to search. The meaning of your choice is shown below it."
    return "\n".join(
        f"- **{escape_markdown(each.label)}**: {escape_markdown(each.description)}" for each in codes.values()
    )


def _number_within(value: Any, least: float, most: float) -> float | int | None:
    """Return the value if it is a number within the bounds; a draft may hold anything."""
    if isinstance(value, bool) or not isinstance(value, int | float) or not least <= value <= most:
        return None
    return value
