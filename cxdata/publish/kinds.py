"""Kinds of story: the one that a question is asked of, and in words how many stories of which kind there are."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from cxdata.codebook.codes import load_codebook
from cxdata.codebook.kinds import COMPLAINT, CUSTOMER_STORY, SURVEY, SYNTHETIC
from cxdata.questions.ask import Question, Value
from cxdata.questions.rows import StoryKindsRow
from cxdata.text.formatting import format_count, join_list, pluralise

KIND = "story_kind"
"""The parameter of questions that chooses a kind of story, also as addresses name it."""
Ask = Callable[[str, Mapping[str, Value]], Sequence[Any]]
"""Answers a question over choices with its rows."""
COUNTS = {COMPLAINT: "complaint_count", SURVEY: "survey_count", SYNTHETIC: "synthetic_count"}
"""The columns of the question `library` that count the stories of a kind; the others are customer stories."""


def with_kind(asked: Question, choices: Mapping[str, Value], ask: Ask) -> dict[str, Value]:
    """Add the kind of story to choices that name none: the first kind of the library, so that no chart mixes kinds.

    A story named in the choices is of its own kind, and a question may be the same for all kinds.
    """
    if KIND not in asked.parameters or choices.get(KIND) or choices.get("story"):
        return dict(choices)
    first = find_default(ask("story_kinds", {}))
    return {KIND: first, **choices} if first else dict(choices)


def find_noun(choices: Mapping[str, Value], ask: Ask) -> str:
    """Return what claims over these choices call a story: the kind of it, where the library has several kinds."""
    kinds = {row["kind"]: row["kind_label"].lower() for row in ask("story_kinds", {})}
    return kinds.get(str(choices.get(KIND)), "story") if len(kinds) > 1 else "story"


def find_default(kinds: Iterable[StoryKindsRow]) -> str | None:
    """Return the kind of story to show first, from the rows of the question `story_kinds`; None without a story."""
    return next((row["kind"] for row in kinds if row["is_default"]), None)


def count_kinds(library: Mapping[str, Any]) -> dict[str, int]:
    """Count the stories of each kind that a row of the question `library` has, in the order of the codebook."""
    found = {kind: int(library[column]) for kind, column in COUNTS.items()}
    found[CUSTOMER_STORY] = int(library["story_count"]) - sum(found.values())
    return {kind: found[kind] for kind in load_codebook()["kinds"] if found.get(kind)}


def answers_alone(library: Mapping[str, Any]) -> bool:
    """Tell whether the people who are named as authors collected survey answers and told no story."""
    counts = count_kinds(library)
    return SURVEY in counts and CUSTOMER_STORY not in counts


def format_kind(number: int, kind: str) -> str:
    """Count stories of a kind: '8 customer stories', '1 complaint'; of 'all', '8 stories'."""
    kinds = load_codebook()["kinds"]
    return format_count(number, kinds[kind].label.lower() if kind in kinds else "story")


def name_kind(kind: str) -> str:
    """Name the stories of a kind: 'customer stories'; those of all kinds are 'stories of all kinds'."""
    kinds = load_codebook()["kinds"]
    return pluralise(kinds[kind].label.lower()) if kind in kinds else "stories of all kinds"


def list_kinds(counts: Mapping[str, int]) -> str:
    """Join the counts of kinds: '8 customer stories and 2,000 complaints'; 'no story' of none."""
    return join_list([format_kind(number, kind) for kind, number in counts.items()]) or "no story"


def describe_kinds(counts: Mapping[str, int]) -> str:
    """Count the stories for a subtitle: '8 customer stories', 'kinds mixed: 8 customer stories and 1 complaint'."""
    mixed = "kinds mixed: " if len(counts) > 1 else ""
    return mixed + list_kinds(counts) if counts else ""


def describe_basis(counts: Mapping[str, int]) -> str:
    """Say in sentences on how many stories of which kind a chart rests; '' for no story."""
    return describe_mixed(counts) or (f"Based on {list_kinds(counts)}." if counts else "")


def describe_mixed(counts: Mapping[str, int]) -> str:
    """Warn in sentences that kinds are mixed; '' for one kind."""
    if len(counts) < 2:
        return ""
    return (
        f"Kinds of story are mixed: {list_kinds(counts)}. They have different reasons, so do not compare"
        " companies across kinds."
    )
