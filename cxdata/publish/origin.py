"""The origin of stories in words: authors, publications, complaints."""

from collections.abc import Mapping
from typing import Any

from cxdata.text.formatting import format_number, join_list

COMPLAINT_KINDS = ("complaint", "complaints", "open data")  # of sources, as in the macro is_complaint


def join_authors(library: Mapping[str, Any]) -> str:
    """Join the authors of a row of the question `library`: 'A', 'A and B', 'A, B, C and 997 more'."""
    authors = str(library["authors"] or "")
    return authors if " more" in authors else join_list(authors.split(", "))


def format_attribution(story: Mapping[str, Any]) -> str:
    """Name the author of a story, or the register of a complaint; the row needs `author` and `source_kind`."""
    return f"{'filed with' if story['source_kind'].lower() in COMPLAINT_KINDS else 'told by'} {story['author']}"


def describe_origin(library: Mapping[str, Any]) -> str:
    """Say where the stories of a row of the question `library` come from, and what they cannot show."""
    total, made, filed = library["story_count"], library["synthetic_count"], library["complaint_count"]
    picked = total - made - filed
    said = []
    if made:
        said.append(f"{_of_them(made, total)} synthetic: made by a program, of no real company.")
    if filed:
        said.append(
            f"{_of_them(filed, total)} complaints, mapped from a form and not read one by one: nobody who was content "
            "filed one, and their number does not say how often it happens."
        )
    if picked:
        who = "They" if picked == total else "The other one" if picked == 1 else f"The other {format_number(picked)}"
        verb = "was" if picked == 1 < total else "were"
        said.append(f"{who} {verb} picked by hand: each shows what can happen, none how often.")
    return " ".join(said)


def _of_them(some: int, every: int) -> str:
    if some == every:
        return "All are"
    return "1 of them is" if some == 1 else f"{format_number(some)} of them are"
