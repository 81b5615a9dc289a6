"""Serialiser of a story as a story file (TOML), which parses to the same story."""

import re
from collections.abc import Iterator, Set
from typing import Any

import tomli_w

from cxdata.codebook.codes import load_codebook
from cxdata.codebook.kinds import kind_of_source
from cxdata.errors import StoryError
from cxdata.stories.parser import parse_toml
from cxdata.stories.records import Record, Story

SECTIONS = {"company", "source", "encounters", "promises", "signs", "effort"}  # fields with a heading of their own
COUNTED = re.compile(r"[\[\]{}.]")  # marks that the parser counts anywhere, as a limit on hostile files


def serialise_story(story: Story) -> str:
    """Return the story as TOML, keys in the order of the shipped files, without fields that are unknown.

    Raises StoryError for a story too long to be read back.
    """
    place = f"{story.story}.toml"
    text = "\n".join(_sections(story, escape_counted=False))
    try:
        parse_toml(text.encode(), place)
    except StoryError:
        # a hundred open brackets or a thousand dots may be words too: the parser does not count them as escapes
        text = "\n".join(_sections(story, escape_counted=True))
        parse_toml(text.encode(), place)
    return text


def _sections(story: Story, escape_counted: bool) -> Iterator[str]:
    follows = kind_of_source(load_codebook(), story.source.kind) == story.kind
    yield _keys(story, escape_counted, without={"kind"} if follows else frozenset())
    yield "[company]\n" + _keys(story.company, escape_counted)
    yield "[source]\n" + _keys(story.source, escape_counted)
    for encounter in story.encounters:
        yield "[[encounters]]\n" + _keys(encounter, escape_counted)
        for event in encounter.effort:
            yield "[[encounters.effort]]\n" + _keys(event, escape_counted)
    for promise in story.promises:
        yield "[[promises]]\n" + _keys(promise, escape_counted)
    for sign in story.signs:
        yield "[[signs]]\n" + _keys(sign, escape_counted)


def _keys(record: Record, escape_counted: bool, without: Set[str] = frozenset()) -> str:
    lines = []
    for name, field in type(record).model_fields.items():
        value = getattr(record, name)
        if name in SECTIONS | without or value is None or (not field.is_required() and value == field.default):
            continue
        if isinstance(value, tuple):
            lines.append(f"{name} = [{', '.join(_value(each, escape_counted) for each in value)}]\n")
        else:
            lines.append(f"{name} = {_value(value, escape_counted)}\n")
    return "".join(lines)


def _value(value: Any, escape_counted: bool) -> str:
    if isinstance(value, float) and value.is_integer():
        value = int(value)  # minutes = 30, as a person writes it
    written = tomli_w.dumps({"_": value}, multiline_strings=True).removeprefix("_ = ").removesuffix("\n")
    if isinstance(value, str) and "\n" in value:
        written = written.removesuffix('"""') + '\n"""'  # the parser trims a text at both ends
    if escape_counted and isinstance(value, str):
        return COUNTED.sub(lambda mark: f"\\u{ord(mark[0]):04X}", written)
    return written
