"""Kinds of story in words: how many stories of which kind, and that kinds are mixed."""

from collections.abc import Mapping
from typing import Any

from cxdata.codebook.codes import load_codebook
from cxdata.codebook.kinds import COMPLAINT, CUSTOMER_STORY, SURVEY, SYNTHETIC
from cxdata.text.formatting import format_count, join_list, pluralise

COUNTS = {COMPLAINT: "complaint_count", SURVEY: "survey_count", SYNTHETIC: "synthetic_count"}
"""The columns of the question `library` that count the stories of a kind; the others are customer stories."""


def count_kinds(library: Mapping[str, Any]) -> dict[str, int]:
    """Count the stories of each kind that a row of the question `library` has, in the order of the codebook."""
    found = {kind: int(library[column]) for kind, column in COUNTS.items()}
    found[CUSTOMER_STORY] = int(library["story_count"]) - sum(found.values())
    return {kind: found[kind] for kind in load_codebook()["kinds"] if found.get(kind)}


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


def describe_mixed(counts: Mapping[str, int]) -> str:
    """Warn in sentences that kinds are mixed; '' for one kind."""
    if len(counts) < 2:
        return ""
    return (
        f"Kinds of story are mixed: {list_kinds(counts)}. They have different reasons, so do not compare"
        " companies across kinds."
    )
