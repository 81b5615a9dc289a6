"""JSON: nested stories, or the rows of a table; one a line, all in a list, or a list within an object."""

import json
from collections.abc import Iterable, Iterator
from itertools import chain
from typing import Any

from pydantic import ValidationError

from cxdata.ingest.limits import Limits
from cxdata.ingest.readers.base import (
    CHUNK,
    NO_ROWS,
    Certainty,
    DetectedFile,
    Nested,
    NestedChunk,
    ReadContext,
    Reader,
    SourceTable,
    has_suffix,
    refuse,
)
from cxdata.ingest.readers.json_table import Records, find_rows, is_story, read_rows
from cxdata.ingest.report import FaultRow
from cxdata.stories import Library, Story
from cxdata.stories.faults import translate_faults
from cxdata.stories.records import Account

MAX_CHUNK = 2000  # stories that are held in memory at a time
LARGEST_DOCUMENT = 200_000_000  # bytes of JSON that is read whole, because its rows lie within an object
BLANK = "\ufeff \r\n\t"


class JsonReader:
    """Reads nested stories with the fields of story files, and the account beside them."""

    name = "JSONL"
    label = "JSON"
    suffixes = ("jsonl", "ndjson", "json")
    help = (
        "**JSONL or JSON**: the same records, or the rows of somebody else’s table. Nested names become dotted ones, "
        "such as customer.country."
    )
    position = 1
    is_text = True
    reads_together = False

    def detect(self, _: bytes, name: str) -> int:
        """Return whether the suffix is one of JSON's."""
        return Certainty.BY_SUFFIX if has_suffix(self, name) else Certainty.NONE

    def read(self, file: DetectedFile, context: ReadContext) -> Iterator[Nested | SourceTable]:
        """Return the stories of the file, or its table."""
        records = _records(file, context.limits)
        first = next(records, None)
        if first is None:
            raise refuse(file.name, NO_ROWS)
        records = chain([first], records)
        if is_story(_parse(first[1])):
            yield Nested(file.name, _LineReader(file, records, context).read_chunks(), file.encoding_name)
        else:
            yield read_rows(file, records, context)


READER: Reader = JsonReader()


class NestedStory(Story):
    """A story with the account in the customer's own words beside it."""

    account: Account | None = None

    def without_account(self) -> Story:
        """Return the story without its account; it is valid already."""
        return Story.model_construct(**{name: getattr(self, name) for name in Story.model_fields})


class _LineReader:
    """Reads one file, and remembers the companies and sources of its lines."""

    def __init__(self, file: DetectedFile, records: Records, context: ReadContext) -> None:
        self._file, self._records, self._context = file, records, context
        self._first: dict[tuple[str, str], tuple[int, object]] = {}
        self._faults: list[FaultRow] = []

    def read_chunks(self) -> Iterator[NestedChunk]:
        """Return the valid stories, and last the faults of the others with the number of lines."""
        size = self._file.path.stat().st_size
        stories: list[NestedStory] = []
        row = characters = 0
        for row, line in self._records:
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


def _parse(text: str) -> Any:
    try:
        return json.loads(text.strip().removeprefix("\ufeff"))
    except (ValueError, RecursionError):
        return None  # the reader of the record says what is wrong


def _records(file: DetectedFile, limits: Limits) -> Records:
    """Return the JSON of each record with its number. Raises StoryError for a record longer than any story."""
    texts = file.texts()
    head = ""
    while not head.strip("\ufeff \r\n\t") and (text := next(texts, "")):
        head += text
    texts = chain([head], texts)
    begins = head.lstrip("\ufeff \r\n\t")[:1]
    if begins == "[":
        return _list_items(texts, file, limits)
    first = head.lstrip("\ufeff \r\n\t").partition("\n")
    is_line = isinstance(_parse(first[0]), dict)
    if begins == "{" and not (is_line and first[2].strip()):
        document = _document(file)
        if document is not None and not is_story(document):
            rows = find_rows(document)
            return (
                (row, _check_length(json.dumps(each), file, row, limits))
                for row, each in enumerate(rows or [document], start=1)
            )
    return _lines(texts, file, limits)


def _document(file: DetectedFile) -> Any:
    """Return the file as one JSON value; None if it is none. Raises StoryError if it is too large for one."""
    if file.path.stat().st_size > LARGEST_DOCUMENT:
        return None
    return _parse("".join(file.texts()))


def _lines(texts: Iterable[str], file: DetectedFile, limits: Limits) -> Records:
    rest, row = "", 0
    for text in texts:
        *whole, rest = (rest + text).split("\n")
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


def _list_items(texts: Iterable[str], file: DetectedFile, limits: Limits) -> Records:
    """Return the JSON of each item of a list, without holding the list."""
    rest = _Rest(iter(texts))
    decoder = json.JSONDecoder()
    names: list[Any] | None = None
    row = 0
    rest.skip(BLANK + "[", 1)
    while mark := rest.skip(BLANK + ",", None):
        if mark == "]":
            return
        row += 1
        while True:
            try:
                item, end = decoder.raw_decode(rest.text, rest.place)
                if end < len(rest.text) or rest.is_whole:
                    break
            except RecursionError:
                raise refuse(file.name, "is not JSON: maximum recursion depth exceeded") from None
            except ValueError as error:
                if rest.is_whole:
                    raise refuse(file.name, f"is not JSON: {str(error)[:200]}") from None
            if len(rest.text) - rest.place > limits.story + CHUNK:
                raise refuse(file.name, f"item {row:,} is longer than {limits.story:,} characters")
            rest.read()
        text = rest.text[rest.place : end]
        rest.place = end
        if isinstance(item, list) and names is None and row == 1:
            names = [str(each) for each in item]  # rows without names: the first has those of the columns
            continue
        if names is not None and isinstance(item, list):
            text = json.dumps(dict(zip(names, item, strict=False)))
        if len(text) > limits.story:
            raise refuse(file.name, f"item {row:,} is longer than {limits.story:,} characters")
        yield row, text
    raise refuse(file.name, "is not JSON: the list does not end")


class _Rest:
    """The text that is still to be read, from `place`."""

    def __init__(self, texts: Iterator[str]) -> None:
        self._texts = texts
        self.text, self.place, self.is_whole = "", 0, False

    def read(self) -> None:
        """Read the next piece, and forget what is done."""
        piece = next(self._texts, "")
        self.is_whole = not piece
        self.text, self.place = self.text[self.place :] + piece, 0

    def skip(self, marks: str, most: int | None) -> str:
        """Skip these marks, blanks without end and others at most `most` times; return the next mark, '' at the end."""
        skipped = 0
        while True:
            while self.place < len(self.text) and self.text[self.place] in marks:
                skipped += self.text[self.place] not in BLANK
                self.place += 1
                if most is not None and skipped == most:
                    return self.text[self.place : self.place + 1] or " "
            if self.place < len(self.text):
                return self.text[self.place]
            if self.is_whole:
                return ""
            self.read()
