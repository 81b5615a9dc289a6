"""What stories were read for, in words."""

from typing import Any

import pytest

from cxdata.publish.coverage import (
    describe_coverage,
    describe_reading,
    describe_story_reading,
    format_effort_coverage,
    format_known_effort,
)
from tests.fixtures.stories import make_story, step

WHOLE = {f"read_{measure}": "whole" for measure in ("feeling", "effort", "promises", "signs")}
NONE = dict.fromkeys(WHOLE, "none")
FORM = NONE | {"read_effort": "part", "read_drivers": ["disputing", "wait_for_reply"]}
BASE = {"coder": "Founders' desk", "is_mapped": False, "editor": None, "read_drivers": []}
MAPPED = {"coder": "the mapping Complaints", "is_mapped": True}


@pytest.mark.parametrize(
    ("told", "words"),
    [
        (WHOLE, "Read whole by Founders' desk."),
        (WHOLE | {"editor": "Editor B"}, "Read whole by Founders' desk, edited by Editor B."),
        (WHOLE | {"read_signs": "none"},
         "Read by Founders' desk for: feelings, effort and promises. Signs of care: not read."),
        (FORM | MAPPED, "Mapped from a form, which asks for: {types}. Feelings, promises and signs of care: not read."),
        (NONE | MAPPED, "Mapped from a form. Feelings, effort, promises and signs of care: not read."),
        (WHOLE | MAPPED | {"editor": "Editor B"}, "Read whole by Editor B."),
        (
            FORM | MAPPED | {"editor": "Editor B", "read_feeling": "whole"},
            "Mapped from a form, edited by Editor B. Read for: feelings and {types}."
            " Promises and signs of care: not read.",
        ),
    ],
)  # fmt: skip
def test_a_story_says_what_it_was_read_for_and_by_whom(told: dict[str, Any], words: str) -> None:
    assert describe_reading(BASE | told) == words.format(types="disputing and waiting for days")


def test_a_story_file_says_what_it_was_read_for() -> None:
    story = make_story("tale", step(1), read_effort="part", read_drivers=["worry"], read_signs="none")
    assert (
        describe_story_reading(story) == "Read by Coder A for: feelings, promises and worry. Signs of care: not read."
    )


def test_an_import_counts_what_stories_were_read_for() -> None:
    assert format_effort_coverage(2000, 0, 15_511) == (
        "Effort: read whole in 2,000 stories, some types in 0, not read in 15,511."
    )


COUNTS = {"story_count": 17_519, "effort_read": 8, "feeling_read": 8, "promises_read": 8, "signs_read": 17_519}


@pytest.mark.parametrize(
    ("counts", "words"),
    [
        ({}, "Effort is known for 8 of 17,519 stories. 8 of 17,519 stories were read for feelings and promises."),
        (
            {"feeling_read": 1},
            "Effort is known for 8 of 17,519 stories. 1 of 17,519 stories was read for feelings."
            " 8 of 17,519 stories were read for promises.",
        ),
        ({"effort_read": 17_519, "feeling_read": 17_519, "promises_read": 17_519}, ""),
        ({"story_count": 1, "effort_read": 0, "feeling_read": 1, "promises_read": 1, "signs_read": 1},
         "Effort is known for 0 of 1 story."),
    ],
)  # fmt: skip
def test_coverage_names_the_measures_that_some_stories_were_not_read_for(counts: dict[str, int], words: str) -> None:
    assert describe_coverage(COUNTS | counts, "effort", "feeling", "promises", "signs") == words


@pytest.mark.parametrize(
    ("points", "known_types", "found", "words"),
    [
        (4.0, None, 4.0, "4 effort points"),
        (0.0, None, 0.0, "no effort found"),
        (None, None, 0.0, "total effort unknown"),
        (None, 2, 4.0, "2 of 24 effort types known: at least 4 points"),
        (None, 1, 0.0, "1 of 24 effort types known: no effort found"),
    ],
)
def test_points_of_some_types_are_the_least_a_story_has(
    points: float | None, known_types: int | None, found: float, words: str
) -> None:
    assert format_known_effort(points, known_types, found) == words
