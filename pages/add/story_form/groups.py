"""Groups of fields: nested records, columns, lists whose items move, and one group for each of a fixed set of codes."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Protocol

import streamlit as st

from cxdata.errors import FieldPath
from cxdata.text.formatting import format_count
from pages.add.story_form.content import Content, move, new_key, remove
from pages.add.story_form.fields import Field, FieldScope, Labelled, Section, locate_in, name_place, show_section

Button = tuple[str, str, Callable[..., None], tuple[Any, ...], bool]  # label, key, action, its arguments, is enabled


@dataclass(frozen=True)
class Words(Field):
    """Markdown between fields."""

    text: str

    def show(self, _: FieldScope) -> None:
        """Draw the words."""
        st.markdown(self.text)


@dataclass(frozen=True)
class Heading(Field):
    """A second-level heading with a caption."""

    title: str
    caption: str

    def show(self, _: FieldScope) -> None:
        """Draw the heading."""
        st.subheader(self.title)
        st.caption(self.caption)


@dataclass(frozen=True)
class Columns:
    """Fields beside each other, one a column."""

    fields: Section

    def show(self, scope: FieldScope) -> None:
        """Draw the columns."""
        for column, each in zip(st.columns(len(self.fields)), self.fields, strict=True):
            with column:
                each.show(scope)

    def locate(self, path: FieldPath, content: Mapping[str, Any]) -> str | None:
        """Return the label of one of the fields."""
        return locate_in(self.fields, path, content)


@dataclass(frozen=True)
class Record(Labelled):
    """A nested record, such as a company of its own. Labels of its fields name it."""

    section: Section

    def show(self, scope: FieldScope) -> None:
        """Draw the fields of the record."""
        show_section(scope.within(self.name, scope.content[self.name]), self.section)

    def locate(self, path: FieldPath, content: Mapping[str, Any]) -> str | None:
        """Return the label of the record, or of a field of it."""
        if path[0] != self.name or len(path) == 1:
            return super().locate(path, content)
        return locate_in(self.section, path[1:], content[self.name])


class Folding(Protocol):
    """Remembers which item of a list is open; the others show their title only."""

    opened: str | None


@dataclass(frozen=True)
class Items:
    """A list of records that the writer adds, moves and removes.

    `title` gets an item's number from 1, the item and the label of the owner, and returns Markdown. `add_label` gets
    the label of the owner. `new` returns the first content of an item.
    """

    name: str
    noun: str
    section: Section
    title: Callable[[int, Content, str], str]
    add_label: Callable[[str], str]
    add_key: str
    new: Callable[[], Content] = dict
    can_move: bool = True
    folding: Folding | None = None

    def show(self, scope: FieldScope) -> None:
        """Draw every item and the button that adds one."""
        items: list[Content] = scope.content.setdefault(self.name, [])
        for place, item in enumerate(items):
            own = scope.within(item["key"], item, f"{self.noun} {place + 1}")
            with st.container(border=True):
                st.markdown(self.title(place + 1, item, scope.owner))
                if self.folding:
                    self._show_folding_item(own, self.folding, items, place)
                else:
                    show_section(own, self.section)
                    self._show_buttons(own, items, place)
        st.button(
            self.add_label(scope.owner),
            icon=":material/add:",
            key=scope.key(self.add_key),
            on_click=self._add,
            args=(items,),
        )

    def locate(self, path: FieldPath, content: Mapping[str, Any]) -> str | None:
        """Return an item by its number, with the place in it: 'effort 1: Effort type'."""
        if path[0] != self.name or len(path) == 1:
            return None
        number = int(path[1])
        rest = name_place(self.section, path[2:], content[self.name][number])
        return ": ".join(filter(None, [f"{self.noun.lower()} {number + 1}", rest]))

    def _show_folding_item(self, own: FieldScope, folding: Folding, items: list[Content], place: int) -> None:
        key = items[place]["key"]
        is_open = folding.opened == key
        label = f"{'Close' if is_open else 'Edit'} {own.owner.lower()}"
        _show_row(
            [(label, "open", self._open, (None if is_open else key,), True), *self._moves(own, items, place)], own
        )
        if is_open:
            show_section(own, self.section)

    def _show_buttons(self, own: FieldScope, items: list[Content], place: int) -> None:
        if self.can_move:
            _show_row(self._moves(own, items, place), own)
        else:
            label = f"Remove {own.owner.lower()}"
            st.button(label, key=own.key("remove"), on_click=remove, args=(items, items[place]["key"]))

    def _moves(self, own: FieldScope, items: list[Content], place: int) -> list[Button]:
        key, label = items[place]["key"], own.owner.lower()
        return [
            (f"Move {label} up", "up", move, (items, key, -1), place > 0),
            (f"Move {label} down", "down", move, (items, key, 1), place < len(items) - 1),
            (f"Remove {label}", "remove", remove, (items, key), True),
        ]

    def _add(self, items: list[Content]) -> None:
        items.append({"key": new_key()} | self.new())
        if self.folding:
            self._open(items[-1]["key"])

    def _open(self, key: str | None) -> None:
        if self.folding:
            self.folding.opened = key


@dataclass(frozen=True)
class Checklist:
    """One folded group of fields for each of a fixed set of codes. Empty groups are not kept.

    `code_name` is the field of an item that holds its code, `labels` are those of the codes, `noun` counts the items in
    the title.
    """

    name: str
    code_name: str
    sections: Mapping[str, Section]
    labels: Mapping[str, str]
    title: str
    noun: str
    caption: str

    def show(self, scope: FieldScope) -> None:
        """Draw the groups."""
        items: dict[str, Content] = {
            item[self.code_name]: item for item in scope.content[self.name] if item.get(self.code_name) in self.sections
        }
        label = f"{self.title}: {format_count(len(items), self.noun)} filled in"
        with st.expander(label, key=scope.key(self.name)):
            st.caption(self.caption)
            for code, section in self.sections.items():
                own = scope.within(code, items.get(code, {self.code_name: code}))
                show_section(own, section)
                items[code] = own.content
        scope.content[self.name] = [item for item in items.values() if self._is_filled(item)]

    def locate(self, path: FieldPath, content: Mapping[str, Any]) -> str | None:
        """Return the label of a code, or of a field in its group."""
        if path[0] != self.name or len(path) == 1:
            return None
        item = content[self.name][int(path[1])]
        code = item[self.code_name]
        return name_place(self.sections[code], path[2:], item) or f"{self.noun} “{self.labels[code]}”"

    def _is_filled(self, item: Content) -> bool:
        return any(value not in (None, "") for name, value in item.items() if name != self.code_name)


def _show_row(buttons: list[Button], scope: FieldScope) -> None:
    with st.container(horizontal=True, gap="small"):
        for label, name, act, arguments, is_enabled in buttons:
            st.button(label, key=scope.key(name), on_click=act, args=arguments, disabled=not is_enabled)
