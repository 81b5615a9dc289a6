"""A story as a story file (TOML): read back, it is the same story."""

import re
from collections.abc import Iterator
from typing import Any

import tomli_w

from cxdata.errors import StoryError
from cxdata.stories.parser import parse_toml
from cxdata.stories.records import Record, Story

SECTIONS = {"company", "source", "encounters", "promises", "signs", "effort"}  # what has a heading of its own
COUNTED = re.compile(r"[\[\]{}.]")  # what the reader counts, wherever it stands, to keep hostile files from itself


def serialise_story(story: Story) -> str:
    """The story as TOML, keys in the order of the shipped files; what the account does not say is left out.

    Raises StoryError for a story too long to be read back.
    """
    place = f"{story.story}.toml"
    text = "\n".join(_sections(story, is_odd=False))
    try:
        parse_toml(text.encode(), place)
    except StoryError:
        # a hundred open brackets or a thousand dots may be words too: written by their numbers they are not counted
        text = "\n".join(_sections(story, is_odd=True))
        parse_toml(text.encode(), place)
    return text


def _sections(story: Story, is_odd: bool) -> Iterator[str]:
    yield _keys(story, is_odd)
    yield "[company]\n" + _keys(story.company, is_odd)
    yield "[source]\n" + _keys(story.source, is_odd)
    for encounter in story.encounters:
        yield "[[encounters]]\n" + _keys(encounter, is_odd)
        for event in encounter.effort:
            yield "[[encounters.effort]]\n" + _keys(event, is_odd)
    for promise in story.promises:
        yield "[[promises]]\n" + _keys(promise, is_odd)
    for sign in story.signs:
        yield "[[signs]]\n" + _keys(sign, is_odd)


def _keys(record: Record, is_odd: bool) -> str:
    lines = []
    for name, field in type(record).model_fields.items():
        value = getattr(record, name)
        if name in SECTIONS or value is None or (not field.is_required() and value == field.default):
            continue
        if isinstance(value, tuple):
            lines.append(f"{name} = [{', '.join(_value(each, is_odd) for each in value)}]\n")
        else:
            lines.append(f"{name} = {_value(value, is_odd)}\n")
    return "".join(lines)


def _value(value: Any, is_odd: bool) -> str:
    if isinstance(value, float) and value.is_integer():
        value = int(value)  # minutes = 30, as a person writes it
    written = tomli_w.dumps({"_": value}, multiline_strings=True).removeprefix("_ = ").removesuffix("\n")
    if isinstance(value, str) and "\n" in value:
        written = written.removesuffix('"""') + '\n"""'  # a text's own ends are cut as it is read
    if is_odd and isinstance(value, str):
        return COUNTED.sub(lambda mark: f"\\u{ord(mark[0]):04X}", written)
    return written
