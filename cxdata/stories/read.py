"""Story files (TOML): read them, check them against the codebook, and report all their faults at once."""

import tomllib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from cxdata.codebook import Codebook
from cxdata.errors import Fault, StoryError, name_choices
from cxdata.places import SHIPPED_STORIES
from cxdata.stories.faults import name_faults
from cxdata.stories.records import Company, Lessons, Source, Story

# These keep a hostile file from holding up its reader: tomllib's time grows with the square of what a line nests.
LARGEST_FILE = 256_000  # bytes; the longest account coded so far is a tenth of it
DEEPEST_NESTING = 100  # brackets within brackets; a story file needs three
MOST_DOTS = 1000  # on a line; each can nest a key within another

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


def read_files(paths: Sequence[Path], codebook: Codebook) -> Library:
    """The stories and lessons in these files, checked one by one and together; StoryError with every fault.

    Lessons may name stories among these files or among the shipped ones.
    """
    lessons = [path for path in paths if _is_lessons(path)]
    stories = [path for path in paths if path not in lessons]
    return _check_together(codebook, stories, lessons, known={path.stem for path in SHIPPED_STORIES.glob("*.toml")})


def read_story(content: bytes, codebook: Codebook, place: str) -> Story:
    """The story in a file's bytes; `place` names it in faults. StoryError with every fault, never anything else."""
    story = _read(Story, content, codebook, place)
    if story.story != place.removesuffix(".toml"):
        raise StoryError([Fault(place, f"story {story.story!r} is not the file's name; call one like the other")])
    return story


def read_lessons(content: bytes, codebook: Codebook, place: str) -> Lessons:
    """The lessons in a file's bytes; StoryError with every fault."""
    return _read(Lessons, content, codebook, place)


def _is_lessons(path: Path) -> bool:
    try:
        return "lessons" in _parse(_bytes(path), path.name)
    except StoryError:
        return False  # a file that cannot be read is reported as a story, which most are


def _check_together(
    codebook: Codebook, stories: Iterable[Path], lessons: Iterable[Path], known: Iterable[str] = ()
) -> Library:
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
    faults += _shared_spellings((place, story.company) for place, story in read.items())
    faults += _contradictions(
        "source",
        [(place, story.source.id, story.source) for place, story in read.items()]
        + [(place, lessons.source.id, lessons.source) for place, lessons in taught.items()],
    )
    faults += _stray_lessons(attempted | set(known), taught)
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


def _shared_spellings(told: Iterable[tuple[str, Company]]) -> Iterator[Fault]:
    """Two companies that one spelling would lead to."""
    leads_to: dict[str, str] = {}
    for place, company in told:
        for spelling in (company.name, *company.aliases):
            other = leads_to.setdefault(spelling.lower(), company.name)
            if other != company.name:
                yield Fault(place, f"company {company.name!r}: {spelling!r} already leads to {other!r}")


def _stray_lessons(known: set[str], lessons: dict[str, Lessons]) -> Iterator[Fault]:
    seen: dict[str, str] = {}
    for place, taught in lessons.items():
        for lesson in taught.lessons:
            if (
                seen.setdefault(lesson.lesson, place) != place
                or sum(other.lesson == lesson.lesson for other in taught.lessons) > 1
            ):
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
        raise StoryError(name_faults(record, place, error)) from None


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
    for number, line in enumerate(text.split("\n"), start=1):
        if line.count(".") > MOST_DOTS:
            raise refuse(f"has more than {MOST_DOTS:,} dots on line {number}; no key or sentence needs them")
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise refuse(f"is not TOML: {error}") from None
    except (ValueError, RecursionError) as error:
        # a date like 2017-02-30 or a number of thousands of digits is well-formed TOML and still nothing
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
