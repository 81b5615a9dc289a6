"""Story files (TOML): read them, check them against the codebook, and report all their faults at once."""

import tomllib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import UnionType
from typing import Any, TypeVar, Union, get_args, get_origin

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from cxdata.codebook import Codebook
from cxdata.errors import Fault, StoryError, name_choices, shorten
from cxdata.places import SHIPPED_STORIES
from cxdata.stories.records import Company, Lessons, Source, Story

LARGEST_FILE = 1_000_000  # bytes; the longest account coded so far is a hundredth of it
DEEPEST_NESTING = 100  # brackets within brackets; a story file needs three

Checked = TypeVar("Checked", bound=BaseModel)


@dataclass(frozen=True)
class Library:
    """Stories and lessons that hold together: one fact, one value, across all their files."""

    stories: tuple[Story, ...]
    lessons: tuple[Lessons, ...]


def read_library(codebook: Codebook, folder: Path = SHIPPED_STORIES) -> Library:
    """The stories and lessons of a folder, or a StoryError with every fault in every file."""
    return _check_together(
        codebook,
        stories=sorted(folder.glob("*.toml")),
        lessons=sorted((folder / "lessons").glob("*.toml")),
    )


def read_stories(paths: Sequence[Path], codebook: Codebook) -> tuple[Story, ...]:
    """The stories in these files, checked one by one and against each other; StoryError with every fault."""
    return _check_together(codebook, stories=paths, lessons=()).stories


def read_story(content: bytes, codebook: Codebook, place: str) -> Story:
    """The story in a file's bytes; `place` names it in faults. StoryError with every fault, never anything else."""
    story = _read(Story, content, codebook, place)
    stem = place.removesuffix(".toml")
    if story.story != stem:
        raise StoryError([Fault(place, f"story {story.story!r} is not the file's name; call one like the other")])
    return story


def read_lessons(content: bytes, codebook: Codebook, place: str) -> Lessons:
    """The lessons in a file's bytes; StoryError with every fault."""
    return _read(Lessons, content, codebook, place)


def _check_together(codebook: Codebook, stories: Iterable[Path], lessons: Iterable[Path]) -> Library:
    faults: list[Fault] = []
    read: dict[str, Story] = {}
    taught: dict[str, Lessons] = {}
    attempted: set[str] = set()
    for path in stories:
        if path.stem in attempted:
            faults.append(Fault(str(path), f"another of these files tells the story {path.stem!r} too"))
            continue
        attempted.add(path.stem)
        try:
            read[path.name] = read_story(_bytes(path), codebook, path.name)
        except StoryError as error:
            faults += error.faults
    for path in lessons:
        try:
            taught[path.name] = read_lessons(_bytes(path), codebook, path.name)
        except StoryError as error:
            faults += error.faults
    faults += _contradictions("company", ((place, story.company.name, story.company) for place, story in read.items()))
    faults += _contradictions(
        "source",
        [(place, story.source.id, story.source) for place, story in read.items()]
        + [(place, lessons.source.id, lessons.source) for place, lessons in taught.items()],
    )
    faults += _stray_lessons(attempted, taught)
    if faults:
        raise StoryError(faults)
    return Library(tuple(read.values()), tuple(taught.values()))


def _contradictions(noun: str, told: Iterable[tuple[str, str, Company | Source]]) -> Iterator[Fault]:
    """Files that say different things of one company or source: each says all of it, and they must agree."""
    first: dict[str, tuple[str, Company | Source]] = {}
    for place, name, record in told:
        first_place, first_record = first.setdefault(name, (place, record))
        for field in type(record).model_fields:
            here, there = getattr(record, field), getattr(first_record, field)
            if here != there:
                yield Fault(place, f"{noun} {name!r}: {field} is {here!r}, but {there!r} in {first_place}")


def _stray_lessons(known: set[str], lessons: dict[str, Lessons]) -> Iterator[Fault]:
    seen: dict[str, str] = {}
    for place, taught in lessons.items():
        for lesson in taught.lessons:
            if seen.setdefault(lesson.lesson, place) != place or sum(
                other.lesson == lesson.lesson for other in taught.lessons
            ) > 1:
                yield Fault(place, f"lesson {lesson.lesson!r} is given twice (first in {seen[lesson.lesson]})")
            for borne_out in lesson.stories:
                if borne_out.story not in known:
                    words = name_choices(borne_out.story, sorted(known), "the library")
                    yield Fault(place, f"lesson {lesson.lesson!r}: story {words}")


def _bytes(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(LARGEST_FILE + 1)
    except OSError as error:
        raise StoryError([Fault(str(path), f"cannot be read: {error.strerror or error}")]) from None


def _read(record: type[Checked], content: bytes, codebook: Codebook, place: str) -> Checked:
    document = _parse(content, place)
    try:
        return record.model_validate(document, context={"codebook": codebook})
    except ValidationError as error:
        faults = [fault for detail in error.errors() for fault in _faults(record, place, detail)]
        raise StoryError(faults) from None


def _parse(content: bytes, place: str) -> dict[str, Any]:
    def refuse(problem: str) -> StoryError:
        return StoryError([Fault(place, problem)])

    if len(content) > LARGEST_FILE:
        raise refuse(f"is larger than {LARGEST_FILE:,} bytes, too large for one story")
    try:
        # editors on Windows put a byte order mark first
        text = content.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        raise refuse(f"is not UTF-8 text: byte {error.start + 1} is {content[error.start]:#04x}") from None
    if _nesting(text) > DEEPEST_NESTING:
        raise refuse(f"nests brackets more than {DEEPEST_NESTING} deep")
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise refuse(f"is not TOML: {error}") from None
    except (ValueError, RecursionError) as error:
        # a date like 2017-02-30 or a number of thousands of digits is well-formed TOML and still nothing
        raise refuse(f"has a value that cannot be read: {shorten(error, 200)}") from None


def _nesting(text: str) -> int:
    depth = deepest = 0
    for mark in text:
        if mark in "[{":
            depth += 1
            deepest = max(deepest, depth)
        elif mark in "]}":
            depth = max(depth - 1, 0)
    return deepest


def _faults(record: type[BaseModel], place: str, detail: ErrorDetails) -> Iterator[Fault]:
    """A fault of the validation library, in our words: the place counts from one and the choices are named."""
    *parents, last = detail["loc"] or ("",)
    where = ": ".join([place, *_steps(parents)])
    value = f"{last} {shorten(repr(detail['input']))}"
    context = detail.get("ctx", {})
    match detail["type"]:
        case "missing":
            yield Fault(where, f"{last} is missing")
        case "extra_forbidden":
            owner = _owner(record, parents)
            yield Fault(where, f"key {name_choices(str(last), owner.model_fields, 'the record')}")
        case "literal_error":
            yield Fault(where, f"{value}; the choices are: {context['expected']}")
        case "value_error":
            problem = str(context["error"])
            if isinstance(detail["input"], dict):
                for line in problem.split("\n"):
                    yield Fault(": ".join([place, *_steps(detail["loc"])]), line)
            elif problem.startswith("'"):
                yield Fault(where, f"{last} {problem}")
            else:
                yield Fault(where, f"{value} {problem}")
        case "too_short":
            yield Fault(where, f"{last}: there is none; at least one is needed")
        case "model_type" | "dict_type":
            yield Fault(": ".join([place, *_steps(detail["loc"])]), f"{shorten(repr(detail['input']))} is not a table")
        case _:
            message = detail["msg"].removeprefix("Input ").removeprefix("should ")
            yield Fault(where, f"{_counted(last)} {shorten(repr(detail['input']))} should {message}")


SINGULAR = {"encounters": "encounter", "promises": "promise", "signs": "sign", "lessons": "lesson", "stories": "story",
            "effort": "effort event", "emotions": "emotion", "aliases": "alias"}  # fmt: skip


def _steps(location: Iterable[int | str]) -> list[str]:
    """('encounters', 2, 'effort', 0) as ['encounter 3', 'effort event 1']."""
    steps: list[str] = []
    for part in location:
        if isinstance(part, int) and steps:
            steps[-1] = f"{SINGULAR.get(steps[-1], steps[-1])} {part + 1}"
        else:
            steps.append(str(part))
    return steps


def _counted(part: int | str) -> str:
    return f"item {part + 1}" if isinstance(part, int) else part


def _owner(record: type[BaseModel], parents: Iterable[int | str]) -> type[BaseModel]:
    """The record type that stands at a place within another."""
    for part in parents:
        if isinstance(part, str):
            annotation = record.model_fields[part].annotation
            while not (isinstance(annotation, type) and issubclass(annotation, BaseModel)):
                inner = [each for each in get_args(annotation) if each not in (type(None), Ellipsis)]
                assert inner and get_origin(annotation) in (tuple, Union, UnionType)
                annotation = inner[0]
            record = annotation
    return record
