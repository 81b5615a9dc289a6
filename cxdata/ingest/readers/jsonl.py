"""Nested stories: story files together, and JSON, one story a line or all in a list; staged as records."""

import json
from collections.abc import Iterator

import pyarrow as pa
from pydantic import ValidationError

from cxdata.codebook.codes import Codebook
from cxdata.errors import Fault, StoryError
from cxdata.ingest.limits import Limits
from cxdata.ingest.readers.base import Progress
from cxdata.ingest.readers.detection import DetectedFile, decoded
from cxdata.ingest.report import FaultRow
from cxdata.store.engine import Connection
from cxdata.store.records.rows import ImportBatch, batch_tables
from cxdata.stories import Library, Story
from cxdata.stories.faults import translate_faults
from cxdata.stories.records import Account

CHUNK = 2000  # stories that are held at a time


class NestedStory(Story):
    """A story as it may come as JSON: with the account in the customer's own words beside it."""

    account: Account | None = None

    def story_alone(self) -> Story:
        """The story as every other, checked already."""
        return Story.model_construct(**{name: getattr(self, name) for name in Story.model_fields})


def stage_library(connection: Connection, library: Library, batch: ImportBatch) -> None:
    """Stage the records of a library; a company or source that is staged already keeps its row."""
    for table, records in batch_tables(library, batch).items():
        if table == "batch":
            continue
        key = {"company": "company", "company_alias": "alias", "source": "source"}.get(table)
        connection.register("incoming", records)
        fresh = f" where {key} not in (select {key} from staged_{table})" if key else ""
        connection.execute(f"insert into staged_{table} by name select * from incoming{fresh}")
        connection.unregister("incoming")


def stage_json(
    connection: Connection,
    file: DetectedFile,
    codebook: Codebook,
    batch: ImportBatch,
    limits: Limits,
    tell: Progress,
) -> int:
    """Stage the stories of a JSON file, those with faults left out and their faults told; how many lines there were."""
    size = file.path.stat().st_size
    told: dict[tuple[str, str], tuple[int, object]] = {}
    stories: list[NestedStory] = []
    faults: list[FaultRow] = []
    row = read = 0
    for row, line in _lines(file, limits):
        read += len(line)
        story = _story(line, codebook, file.name, row, faults)
        if story is not None and _agrees(story, told, file.name, row, faults):
            stories.append(story)
        if len(stories) >= CHUNK:
            _stage_told(connection, stories, batch)
            stories.clear()
            tell(f"reading {file.name}", min(read, size), size)
        if len(faults) >= limits.faults:
            break
    _stage_told(connection, stories, batch)
    record_faults(connection, faults)
    return row


def _stage_told(connection: Connection, stories: list[NestedStory], batch: ImportBatch) -> None:
    if not stories:
        return
    stage_library(connection, Library(tuple(story.story_alone() for story in stories)), batch)
    accounts = [{"story": story.story, "words": story.account} for story in stories if story.account]
    if accounts:
        connection.register("incoming", pa.Table.from_pylist(accounts))
        connection.execute("insert into staged_account by name select * from incoming")
        connection.unregister("incoming")


def record_faults(connection: Connection, faults: list[FaultRow]) -> None:
    """Put faults that were found outside of the database among those found in it."""
    if faults:
        connection.executemany(
            "insert into fault values ($file, $row, $story, $column, $value, $why)",
            [
                {key: getattr(fault, key) for key in ("file", "row", "story", "column", "value", "why")}
                for fault in faults
            ],
        )


def fault_rows(error: StoryError) -> list[FaultRow]:
    """The faults of story files as rows of a table."""
    return [FaultRow(fault.place, None, None, None, None, fault.problem) for fault in error.faults]


def _lines(file: DetectedFile, limits: Limits) -> Iterator[tuple[int, str]]:
    """Each story's JSON with its number. StoryError where a line is longer than any story."""
    rest, row = "", 0
    for text in decoded(file.path, file.encoding):
        rest += text
        if row == 0 and rest.lstrip().startswith("["):
            yield from _of_list(file, limits)
            return
        *whole, rest = rest.split("\n")
        for line in whole:
            row += 1
            if line.strip():
                yield row, _short_enough(line, file, row, limits)
        if len(rest) > limits.story:
            _short_enough(rest, file, row + 1, limits)
    if rest.strip():
        yield row + 1, _short_enough(rest, file, row + 1, limits)


def _short_enough(line: str, file: DetectedFile, row: int, limits: Limits) -> str:
    if len(line) > limits.story:
        raise StoryError([Fault(file.name, f"line {row:,} is longer than {limits.story:,} characters")])
    return line


def _of_list(file: DetectedFile, limits: Limits) -> Iterator[tuple[int, str]]:
    most = limits.story * 50
    if file.path.stat().st_size > most:
        raise StoryError([Fault(file.name, f"is a list of more than {most:,} bytes; write one story a line (JSONL)")])
    try:
        found = json.loads("".join(decoded(file.path, file.encoding)))
    except (ValueError, RecursionError) as error:
        raise StoryError([Fault(file.name, f"is not JSON: {str(error)[:200]}")]) from None
    for row, each in enumerate(found, start=1):
        yield row, json.dumps(each)


def _story(line: str, codebook: Codebook, name: str, row: int, faults: list[FaultRow]) -> NestedStory | None:
    try:
        return NestedStory.model_validate_json(line.strip().removeprefix("\ufeff"), context={"codebook": codebook})
    except ValidationError as error:
        if error.errors(include_url=False, include_input=False)[0]["type"] == "json_invalid":
            problem = error.errors(include_url=False, include_input=False)[0]["msg"]
            faults.append(
                FaultRow(name, row, None, None, None, f"is not JSON: {problem.partition(': ')[2] or problem}")
            )
        else:
            for fault in translate_faults(NestedStory, name, error):
                place = fault.place.removeprefix(name).strip(": ")
                faults.append(FaultRow(name, row, None, place or None, None, fault.problem))
    return None


def _agrees(
    story: Story, told: dict[tuple[str, str], tuple[int, object]], name: str, row: int, faults: list[FaultRow]
) -> bool:
    """Whether the lines before say the same of this company and source."""
    agrees = True
    for noun, key, record in (
        ("company", story.company.name.lower(), story.company),
        ("source", story.source.id, story.source),
        ("story", story.story, story),
    ):
        first, before = told.setdefault((noun, key), (row, record if noun != "story" else story.story))
        if first != row and (noun == "story" or before != record):
            why = "stands in" if noun == "story" else "is told of otherwise in"
            faults.append(FaultRow(name, row, story.story, noun, key, f"{why} line {first:,} too"))
            agrees = False
    return agrees
