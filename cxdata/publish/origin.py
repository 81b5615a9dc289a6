"""Where stories came from, in words: authors, publications, complaints filed."""

from collections.abc import Mapping
from typing import Any

from cxdata.text.formatting import format_number, join_list

COMPLAINT_KINDS = (
    "complaint",
    "complaints",
    "open data",
)  # the kinds of source of complaints; as the macro is_complaint has it


def join_authors(library: Mapping[str, Any]) -> str:
    """A row of the question `library`: 'A', 'A and B', or, as the question has it, 'A, B, C and 997 more'."""
    authors = str(library["authors"] or "")
    return authors if " more" in authors else join_list(authors.split(", "))


def format_attribution(story: Mapping[str, Any]) -> str:
    """Who tells a story, of a row with its author and source_kind: a complaint is filed with whoever publishes it."""
    return f"{'filed with' if story['source_kind'].lower() in COMPLAINT_KINDS else 'told by'} {story['author']}"


def describe_origin(library: Mapping[str, Any]) -> str:
    """How the stories of a row of the question `library` came here, and what they therefore cannot say."""
    told, made, filed = library["story_count"], library["synthetic_count"], library["complaint_count"]
    picked = told - made - filed
    said = []
    if made:
        said.append(f"{_of_them(made, told)} synthetic: made by a program, of no real company.")
    if filed:
        said.append(
            f"{_of_them(filed, told)} complaints, mapped from a form and not read one by one: nobody who was content "
            "filed one, and their number does not say how often it happens."
        )
    if picked:
        who = "They" if picked == told else "The other one" if picked == 1 else f"The other {format_number(picked)}"
        verb = "was" if picked == 1 < told else "were"
        said.append(f"{who} {verb} picked by hand: each shows what can happen, none how often.")
    return " ".join(said)


def _of_them(some: int, every: int) -> str:
    if some == every:
        return "All are"
    return "1 of them is" if some == 1 else f"{format_number(some)} of them are"
