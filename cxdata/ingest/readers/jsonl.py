"""Stories as JSON: one a line, or all in a list."""

import json
from collections.abc import Iterator

from pydantic import ValidationError

from cxdata.ingest.limits import Limits
from cxdata.ingest.readers.base import (
    Certainty,
    DetectedFile,
    Nested,
    NestedChunk,
    ReadContext,
    Reader,
    has_suffix,
    refuse,
)
from cxdata.ingest.report import FaultRow
from cxdata.stories import Library, Story
from cxdata.stories.faults import translate_faults
from cxdata.stories.records import Account

MAX_CHUNK = 2000  # stories that are held in memory at a time


class JsonReader:
    """Reads nested stories with the fields of story files, and the account beside them."""

    name = "JSONL"
    label = "stories as JSON"
    suffixes = ("jsonl", "ndjson", "json")
    help = "**JSONL**: the same records, one story per line."
    position = 1
    is_text = True
    reads_together = False

    def detect(self, _: bytes, name: str) -> int:
        """Return whether the suffix is one of JSON's."""
        return Certainty.BY_SUFFIX if has_suffix(self, name) else Certainty.NONE

    def read(self, file: DetectedFile, context: ReadContext) -> Iterator[Nested]:
        """Return the stories of the file."""
        yield Nested(file.name, _LineReader(file, context).read_chunks(), file.encoding_name)


READER: Reader = JsonReader()


class NestedStory(Story):
    """A story with the account in the customer's own words beside it."""

    account: Account | None = None

    def without_account(self) -> Story:
        """Return the story without its account; it is valid already."""
        return Story.model_construct(**{name: getattr(self, name) for name in Story.model_fields})


class _LineReader:
    """Reads one file, and remembers the companies and sources of its lines."""

    def __init__(self, file: DetectedFile, context: ReadContext) -> None:
        self._file, self._context = file, context
        self._first: dict[tuple[str, str], tuple[int, object]] = {}
        self._faults: list[FaultRow] = []

    def read_chunks(self) -> Iterator[NestedChunk]:
        """Return the valid stories, and last the faults of the others with the number of lines."""
        size = self._file.path.stat().st_size
        stories: list[NestedStory] = []
        row = characters = 0
        for row, line in _lines(self._file, self._context.limits):
            characters += len(line)
            story = self._parse(line, row)
            if story is not None and self._is_consistent(story, row):
                stories.append(story)
            if len(stories) >= MAX_CHUNK:
                yield _chunk(stories)
                stories.clear()
                self._context.progress(f"reading {self._file.name}", min(characters, size), size)
            if len(self._faults) >= self._context.limits.faults:
                break
        yield _chunk(stories)
        yield NestedChunk(faults=tuple(self._faults), rows=row)

    def _parse(self, line: str, row: int) -> NestedStory | None:
        context = {"codebook": self._context.codebook}
        name = self._file.name
        try:
            return NestedStory.model_validate_json(line.strip().removeprefix("\ufeff"), context=context)
        except ValidationError as error:
            first = error.errors(include_url=False, include_input=False)[0]
            if first["type"] == "json_invalid":
                problem = first["msg"].partition(": ")[2] or first["msg"]
                self._faults.append(FaultRow(name, row, None, None, None, f"is not JSON: {problem}"))
            else:
                for fault in translate_faults(NestedStory, name, error):
                    self._faults.append(FaultRow(name, row, None, fault.record or None, None, fault.finding))
        return None

    def _is_consistent(self, story: Story, row: int) -> bool:
        """Return whether the lines before agree on this company and source; no two lines may be the same story."""
        is_consistent = True
        for noun, key, record in (
            ("company", story.company.name.lower(), story.company),
            ("source", story.source.id, story.source),
            ("story", story.story, story),
        ):
            first, before = self._first.setdefault((noun, key), (row, record if noun != "story" else story.story))
            if first != row and (noun == "story" or before != record):
                why = "is also in" if noun == "story" else "is described differently in"
                problem = f"{why} line {first:,}"
                self._faults.append(FaultRow(self._file.name, row, story.story, noun, key, problem))
                is_consistent = False
        return is_consistent


def _chunk(stories: list[NestedStory]) -> NestedChunk:
    accounts = {story.story: story.account for story in stories if story.account}
    return NestedChunk(Library(tuple(story.without_account() for story in stories)), accounts)


def _lines(file: DetectedFile, limits: Limits) -> Iterator[tuple[int, str]]:
    """Return the JSON of each story with its number. Raises StoryError for a line longer than any story."""
    rest, row = "", 0
    for text in file.texts():
        rest += text
        if row == 0 and rest.lstrip().startswith("["):
            yield from _list_items(file, limits)
            return
        *whole, rest = rest.split("\n")
        for line in whole:
            row += 1
            if line.strip():
                yield row, _check_length(line, file, row, limits)
        if len(rest) > limits.story:
            _check_length(rest, file, row + 1, limits)
    if rest.strip():
        yield row + 1, _check_length(rest, file, row + 1, limits)


def _check_length(line: str, file: DetectedFile, row: int, limits: Limits) -> str:
    if len(line) > limits.story:
        raise refuse(file.name, f"line {row:,} is longer than {limits.story:,} characters")
    return line


def _list_items(file: DetectedFile, limits: Limits) -> Iterator[tuple[int, str]]:
    max_size = limits.story * 50
    if file.path.stat().st_size > max_size:
        raise refuse(file.name, f"is a list of more than {max_size:,} bytes. Write one story per line (JSONL)")
    try:
        found = json.loads("".join(file.texts()))
    except (ValueError, RecursionError) as error:
        raise refuse(file.name, f"is not JSON: {str(error)[:200]}") from None
    for row, each in enumerate(found, start=1):
        yield row, json.dumps(each)
