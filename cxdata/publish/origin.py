"""The origin of stories in words: authors, publications, complaints."""

from collections.abc import Mapping
from typing import Any

from cxdata.codebook.kinds import COMPLAINT, CUSTOMER_STORY, SURVEY, SYNTHETIC
from cxdata.publish.kinds import count_kinds
from cxdata.text.formatting import format_number, join_list

ARTICLES = ("a", "an", "the", "our")
BODIES = frozenset(
    [
        *("Agency", "Association", "Authority", "Board", "Bureau", "Centre", "Commission", "Council", "Department"),
        *("Institute", "Ministry", "Office", "Ombudsman", "Organisation", "Register", "Service", "Union"),
    ]
)
"""Last words of public bodies that a sentence names with an article."""


def join_authors(library: Mapping[str, Any]) -> str:
    """Join the authors of a row of the question `library`: 'A', 'A and B', 'A, B, C and 997 more'."""
    authors = str(library["authors"] or "")
    return authors if " more" in authors else join_list(authors.split(", "))


def format_attribution(story: Mapping[str, Any]) -> str:
    """Name the author of a story, or the register of a complaint; the row needs `author` and `story_kind`."""
    return f"filed with {_name_body(story['author'])}" if story["story_kind"] == COMPLAINT else f"by {story['author']}"


def describe_registers(library: Mapping[str, Any]) -> str:
    """Name where the complaints of a row of the question `library` were filed; '' where there is none."""
    registers = str(library["registers"] or "")
    return f"filed with {', '.join(map(_name_body, registers.split(', ')))}" if registers else ""


def _name_body(name: str) -> str:
    """Write a public body as a sentence names it: 'the US Consumer Financial Protection Bureau'."""
    words = name.split()
    return f"the {name}" if words[-1:] and words[-1] in BODIES and words[0].lower() not in ARTICLES else name


def describe_origin(library: Mapping[str, Any]) -> str:
    """Say how the stories of a row of the question `library` came here, and what they therefore cannot show."""
    total, counts = library["story_count"], count_kinds(library)
    sentences = [_ORIGINS[kind].format(these=_of_them(counts[kind], total)) for kind in _ORIGINS if kind in counts]
    picked = counts.get(CUSTOMER_STORY)
    if picked:
        which = "these stories" if picked == total else "the other story" if picked == 1 else "the other stories"
        they = "It shows" if picked == 1 else "They show"
        which = "this story" if picked == total == 1 else which
        sentences.append(f"We chose {which}. {they} what can happen, not how often.")
    return " ".join(sentences)


SENT = "The touchpoint of a complaint is how it was sent, not where the trouble happened."
"""What a touchpoint means in complaints, whose form does not ask where something went wrong."""
_ORIGINS = {
    SYNTHETIC: "{these} synthetic: a program made them, and no company is real.",
    COMPLAINT: "{these} complaints. Nobody who was content filed one, and their number does not show how often it"
    " happens.",
    SURVEY: "{these} survey answers. Somebody chose whom to ask and what, and their number does not show how often it"
    " happens.",
}
_SELECTIONS = {
    CUSTOMER_STORY: ("stories chosen by hand", "stories chosen by hand, not a random sample"),
    COMPLAINT: ("complaints filed", "only complaints: nobody who was content filed one"),
    SURVEY: ("surveys answered", "only survey answers: somebody chose whom to ask and what"),
}
"""How stories of a kind came here: beside other kinds, and alone."""


def describe_selection(library: Mapping[str, Any]) -> str:
    """Say in a few words how the stories were chosen, for the source line of every picture and file."""
    real = [kind for kind in count_kinds(library) if kind in _SELECTIONS]
    if len(real) == 1:
        return _SELECTIONS[real[0]][1]
    return ", ".join(_SELECTIONS[kind][0] for kind in real)


def _of_them(some: int, every: int) -> str:
    if some == every:
        return "All are"
    return "1 of them is" if some == 1 else f"{format_number(some)} of them are"
