"""What stories were read for, in words: of one story, and of many."""

from collections.abc import Mapping
from typing import Any

from cxdata.codebook.codes import load_codebook
from cxdata.stories import Story
from cxdata.text.formatting import format_count, format_effort, format_number, format_points, format_signed, join_list

NOUNS = {"effort": "effort", "feeling": "feelings", "promises": "promises", "signs": "signs of care"}
READ_COUNTS = {"effort": "effort_read", "feeling": "feeling_read", "promises": "promises_read", "signs": "signs_read"}
"""The column of the question `library` that counts the stories read for a measure; agreement has none."""
READ = ("feeling", "effort", "promises", "signs")
UNEDITED = {"is_mapped": False, "editor": None}
EVERY_TYPE = 100  # a codebook has fewer effort types


def describe_reading(story: Mapping[str, Any]) -> str:
    """Say in one line what a story was read for and by whom, from a row of the question `story`.

    The row has the columns read_..., coder, is_mapped and editor; `editor` is who last edited the story, or None.
    """
    read = [NOUNS[measure] for measure in READ if story[f"read_{measure}"] == "whole"]
    unread = [NOUNS[measure] for measure in READ if story[f"read_{measure}"] == "none"]
    reader = story["editor"] if story["is_mapped"] and story["editor"] else story["coder"]
    if len(read) == len(READ) and (story["editor"] or not story["is_mapped"]):
        edited = f", edited by {story['editor']}" if story["editor"] and reader != story["editor"] else ""
        return f"Read whole by {reader}{edited}."
    asked = [*read, *([join_types(story["read_drivers"])] if story["read_effort"] == "part" else [])]
    found = join_list(asked)
    if not story["is_mapped"]:
        first = f"Read by {reader} for: {found}." if asked else f"Written by {reader}."
    elif story["editor"]:
        first = f"Mapped from a form, edited by {reader}." + (f" Read for: {found}." if asked else "")
    else:
        first = f"Mapped from a form, which asks for: {found}." if asked else "Mapped from a form."
    rest = join_list(unread)
    return f"{first} {rest[:1].upper()}{rest[1:]}: not read." if rest else first


def describe_story_reading(story: Story) -> str:
    """Say what a story file was read for, as `describe_reading` does."""
    columns = {*(f"read_{measure}" for measure in READ), "read_drivers", "coder"}
    return describe_reading(story.model_dump(include=columns) | UNEDITED)


def format_known_effort(points: float | None, known_types: int | None, found: float) -> str:
    """Write the effort of a story: all of it, or the points of the types it was read for, which are the least it has.

    `known_types` counts these types, None of a story read whole or not at all.
    """
    if points is not None or not known_types:
        return format_effort(points)
    known = f"{known_types} of {format_count(len(load_codebook()['drivers']), 'effort type')} known"
    return f"{known}: {f'at least {format_points(found)}' if found else 'no effort found'}"


def format_experience(story: Mapping[str, Any]) -> str:
    """Write the experience of a story: 'experience +4.5', 'experience not stated', or 'not read' if nobody looked.

    The row needs `experience` and `read_feeling`.
    """
    unknown = "not read" if story["read_feeling"] == "none" else "not stated"
    return f"experience {format_signed(story['experience'], unknown)}"


def join_types(drivers: tuple[str, ...] | list[str]) -> str:
    """Join effort types by their labels: 'disputing and worry'."""
    codes = load_codebook()["drivers"]
    return join_list([codes[code].label.lower() if code in codes else code for code in drivers], EVERY_TYPE)


def format_effort_coverage(whole: int, part: int, none: int) -> str:
    """Count the stories by what they were read for of effort, as one sentence."""
    return (
        f"Effort: read whole in {format_count(whole, 'story')}, some types in {format_number(part)},"
        f" not read in {format_number(none)}."
    )


def count_known(library: Mapping[str, Any], measure: str) -> int:
    """Count the stories of which a measure is known, as macro is_known has it; of a feeling, those that state one."""
    if measure == "feeling":
        return int(library["story_count"] - library["unscored_count"])
    return int(library[READ_COUNTS[measure]])


def describe_coverage(library: Mapping[str, Any], *measures: str) -> str:
    """Say how many stories each measure is known for, from a row of the question `library`; empty if it is for all.

    The measures are keys of READ_COUNTS. Measures of one count share a sentence, but for effort.
    """
    total = library["story_count"]
    counts = {measure: library[READ_COUNTS[measure]] for measure in measures}
    known = {measure: count for measure, count in counts.items() if count < total}
    sentences = []
    if "effort" in known:
        effort = known.pop("effort")
        sentences.append(f"Effort is known for {format_number(effort)} of {format_count(total, 'story')}.")
    for count in dict.fromkeys(known.values()):
        # a story may be read for feelings and state none, so that these are not known
        names = join_list(NOUNS[measure] for measure, read in known.items() if read == count)
        verb = "was" if count == 1 else "were"
        sentences.append(f"{format_number(count)} of {format_count(total, 'story')} {verb} read for {names}.")
    return " ".join(sentences)
