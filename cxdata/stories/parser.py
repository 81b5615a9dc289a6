"""Parser of one story file (TOML): it checks the file against the codebook and reports all its faults at once."""

import tomllib
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from cxdata.codebook.codes import Codebook
from cxdata.errors import Fault, StoryError
from cxdata.stories.faults import translate_faults
from cxdata.stories.records import Lessons, Story

# These keep a hostile file from holding up its reader: tomllib's time grows with the square of what a line nests.
LARGEST_FILE = 256_000  # bytes; the longest account coded so far is a tenth of it
DEEPEST_NESTING = 100  # brackets within brackets; a story file needs three
MOST_DOTS = 1000  # on a line; each can nest a key within another

Checked = TypeVar("Checked", bound=BaseModel)


def parse_story(content: bytes, codebook: Codebook, place: str) -> Story:
    """Return the story in a file's bytes; `place` names it in faults. Raises only StoryError, with all faults."""
    story = parse_record(Story, content, codebook, place)
    if story.story != place.removesuffix(".toml"):
        raise StoryError([Fault(place, f"story {story.story!r} is not the file's name. Rename the file or the story")])
    return story


def parse_lessons(content: bytes, codebook: Codebook, place: str) -> Lessons:
    """Return the lessons in a file's bytes. Raises StoryError with every fault."""
    return parse_record(Lessons, content, codebook, place)


def read_bytes(path: Path) -> bytes:
    """Return the bytes of a file, up to one more than the largest story. Raises StoryError if it cannot be read."""
    try:
        with path.open("rb") as file:
            return file.read(LARGEST_FILE + 1)
    except OSError as error:
        raise StoryError([Fault(str(path), f"cannot be read: {error.strerror or error}")]) from None


def parse_record(record: type[Checked], content: bytes, codebook: Codebook, place: str) -> Checked:
    """Return the record in a file's bytes, checked against the codebook. Raises StoryError with every fault."""
    document = parse_toml(content, place)
    try:
        return record.model_validate(document, context={"codebook": codebook})
    except ValidationError as error:
        raise StoryError(translate_faults(record, place, error)) from None


def parse_toml(content: bytes, place: str) -> dict[str, Any]:
    """Return the document in a file's bytes as Python values. Raises StoryError if it is not TOML, or too large."""

    def refuse(problem: str) -> StoryError:
        return StoryError([Fault(place, problem)])

    if len(content) > LARGEST_FILE:
        raise refuse(f"is too large: one story has at most {LARGEST_FILE:,} bytes")
    try:
        # editors on Windows put a byte order mark first
        text = content.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        raise refuse(f"is not UTF-8 text: byte {error.start + 1} is {content[error.start]:#04x}") from None
    if _nesting(text) > DEEPEST_NESTING:
        raise refuse(f"has brackets nested more than {DEEPEST_NESTING} deep")
    for number, line in enumerate(text.split("\n"), start=1):
        if line.count(".") > MOST_DOTS:
            raise refuse(f"has more than {MOST_DOTS:,} dots on line {number}. Delete those that are not needed")
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise refuse(f"is not TOML: {error}") from None
    except (ValueError, RecursionError) as error:
        # a date like 2017-02-30 or a number of thousands of digits is well-formed TOML without a value
        raise refuse(f"has a value that cannot be read: {str(error).partition(';')[0]}") from None


def _nesting(text: str) -> int:
    depth = deepest = 0
    for mark in text:
        if mark in "[{":
            depth += 1
            deepest = max(deepest, depth)
        elif mark in "]}":
            depth = max(depth - 1, 0)
    return deepest
