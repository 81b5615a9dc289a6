"""Story files together: stories, lessons and second codings of a folder, checked against one another."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from cxdata.codebook.codes import Codebook
from cxdata.errors import Fault, StoryError
from cxdata.resources import STORIES
from cxdata.stories.parser import Checked, parse_record, parse_story, parse_toml, read_bytes
from cxdata.stories.records import Company, Lessons, Source, Story
from cxdata.stories.second_coding import SecondCoding
from cxdata.text.suggestions import format_choices


@dataclass(frozen=True)
class Library:
    """Stories, lessons and second codings that agree: each fact has one value across all their files."""

    stories: tuple[Story, ...]
    lessons: tuple[Lessons, ...] = ()
    second_codings: tuple[SecondCoding, ...] = ()


def read_library(codebook: Codebook, folder: Path = STORIES) -> Library:
    """Return the stories, lessons and second codings of a folder. Raises StoryError with every fault in every file."""
    return _check_together(
        codebook,
        stories=sorted(folder.glob("*.toml")),
        lessons=sorted((folder / "lessons").glob("*.toml")),
        second=sorted((folder / "second").glob("*.toml")),
    )


def read_story_files(paths: Sequence[Path], codebook: Codebook, known: Iterable["CodedStory"] | None = None) -> Library:
    """Read these files, and check them one by one and together. Raises StoryError with every fault.

    Lessons and second codings may name stories of these files or of `known`: those of a database, else the shipped
    ones.
    """
    kinds = {path: _kind(path) for path in paths}
    stories, lessons, second = (
        [path for path in paths if kinds[path] == kind] for kind in ("story", "lessons", "second")
    )
    if not lessons and not second:
        known = ()
    elif known is None:
        known = map(summarise_coding, read_library(codebook).stories)
    return _check_together(codebook, stories, lessons, second, known)


@dataclass(frozen=True)
class CodedStory:
    """The fields of a story that a second coding refers to: its first coder, and how many encounters and promises."""

    story: str
    coder: str
    encounters: int
    promises: int


def summarise_coding(story: Story) -> CodedStory:
    """Return the fields of a story that a second coding refers to."""
    return CodedStory(story.story, story.coder, len(story.encounters), len(story.promises))


def _kind(path: Path) -> str:
    try:
        document = parse_toml(read_bytes(path), path.name)
    except StoryError:
        return "story"  # a file that cannot be read is reported as a story, which most are
    if "lessons" in document:
        return "lessons"
    encounters = document.get("encounters")
    first = encounters[0] if isinstance(encounters, list) and encounters else None
    return "second" if isinstance(first, dict) and "step" in first and "company" not in document else "story"


def _check_together(
    codebook: Codebook,
    stories: Iterable[Path],
    lessons: Iterable[Path],
    second: Iterable[Path],
    known: Iterable[CodedStory] = (),
) -> Library:
    faults: list[Fault] = []
    read: dict[str, Story] = {}
    attempted: set[str] = set()
    for path in stories:
        if path.stem in attempted:
            faults.append(Fault(str(path), f"another of these files has the story {path.stem!r} too"))
            continue
        attempted.add(path.stem)
        try:
            read[path.name] = parse_story(read_bytes(path), codebook, path.name)
        except StoryError as error:
            faults += error.faults
    taught = _read_each(Lessons, lessons, codebook, faults)
    codings = _read_each(SecondCoding, second, codebook, faults)
    by_name = {story.story: story for story in (*known, *map(summarise_coding, read.values()))}
    faults += _contradictions("company", ((place, story.company.name, story.company) for place, story in read.items()))
    faults += _shared_spellings((place, story.company) for place, story in read.items())
    faults += _contradictions(
        "source",
        [(place, story.source.id, story.source) for place, story in read.items()]
        + [(place, lessons.source.id, lessons.source) for place, lessons in taught.items()],
    )
    faults += _stray_lessons(attempted | set(by_name), taught)
    faults += _stray_codings(attempted, by_name, codings)
    if faults:
        raise StoryError(faults)
    return Library(tuple(read.values()), tuple(taught.values()), tuple(codings.values()))


def _read_each(
    record: type[Checked], paths: Iterable[Path], codebook: Codebook, faults: list[Fault]
) -> dict[str, Checked]:
    found: dict[str, Checked] = {}
    for path in paths:
        try:
            found[path.name] = parse_record(record, read_bytes(path), codebook, path.name)
        except StoryError as error:
            faults += error.faults
    return found


def _contradictions(noun: str, records: Iterable[tuple[str, str, Company | Source]]) -> Iterator[Fault]:
    """Yield a fault for each field in which two files differ on one company or source."""
    first: dict[str, tuple[str, Company | Source]] = {}
    for place, name, record in records:
        first_place, first_record = first.setdefault(name, (place, record))
        for field in type(record).model_fields:
            value, before = getattr(record, field), getattr(first_record, field)
            if value != before:
                yield Fault(place, f"{noun} {name!r}: {field} is {value!r}, but {before!r} in {first_place}")


def _shared_spellings(companies: Iterable[tuple[str, Company]]) -> Iterator[Fault]:
    """Yield a fault for each spelling that would lead to two companies."""
    leads_to: dict[str, str] = {}
    for place, company in companies:
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
                    words = format_choices(borne_out.story, sorted(known), "the library")
                    yield Fault(place, f"lesson {lesson.lesson!r}: story {words}")


def _stray_codings(
    attempted: set[str], stories: dict[str, CodedStory], codings: dict[str, SecondCoding]
) -> Iterator[Fault]:
    """Yield the faults of second codings: each needs another coder, and the same encounters and promises."""
    seen: dict[tuple[str, str], str] = {}
    for place, coding in codings.items():
        other = seen.setdefault((coding.story, coding.coder), place)
        if other != place:
            yield Fault(place, f"{coding.coder} codes {coding.story!r} in {other} too")
        story = stories.get(coding.story)
        if story is None:
            if coding.story not in attempted:  # the encounters of a story with faults are unknown
                yield Fault(place, f"story {format_choices(coding.story, sorted(stories), 'the library')}")
            continue
        if coding.coder == story.coder:
            yield Fault(
                place,
                f"coder {coding.coder!r} also made the first coding of the story. A second coding needs another person",
            )
        steps = [encounter.step for encounter in coding.encounters]
        yield from _differences(place, "encounters", "steps", steps, story.encounters)
        if "promises" in coding.read_for:
            numbers = [promise.promise for promise in coding.promises]
            yield from _differences(place, "promises", "numbers", numbers, story.promises)


def _differences(place: str, records: str, noun: str, given: list[int], count: int) -> Iterator[Fault]:
    """Yield a fault if a second coding is of other records than the story has."""
    if given == list(range(1, count + 1)):
        return
    listed = f"are the {noun} {', '.join(map(str, given))}" if given else "are missing"
    has = f"has 1 to {count}, in order" if count > 1 else f"has {'1' if count else 'none'}"
    yield Fault(place, f"{records} {listed}. The story {has}")
