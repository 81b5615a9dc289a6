"""Claims about which company takes the most effort: kinds, names and grammar."""

import csv
import json
import random

import pytest

from cxdata.claims.leaders import claim_leader
from cxdata.resources import ROOT

REFERENCE = ROOT / "tests" / "data" / "reference"


def golden_libraries() -> list[tuple[str, dict[str, list[float | None]], dict[str, str]]]:
    """Read the invented libraries, each with what a claim about it may say."""
    libraries = json.loads((REFERENCE / "claims.json").read_text("utf-8"))
    with (REFERENCE / "claims_expected.csv").open(encoding="utf-8", newline="") as file:
        expected = {row["library"]: row for row in csv.DictReader(file)}
    return [(each["library"], each["companies"], expected[each["library"]]) for each in libraries]


@pytest.mark.parametrize(("library", "values", "expected"), golden_libraries(), ids=lambda each: str(each)[:4])
def test_claims_agree_with_the_golden_libraries(
    library: str, values: dict[str, list[float | None]], expected: dict[str, str]
) -> None:
    claim = claim_leader(values)
    if claim.kind == "superlative" and "companies compared" in claim.sentence:
        assert expected["outside_scope"]  # the sentence leaves out companies with few stories, and says so
        return
    said = {"described": "described only", "none": "described only"}.get(claim.kind, claim.kind)
    assert said == expected["kind_pairwise"]
    if claim.kind in ("superlative", "tied", "one story"):
        assert set(claim.subjects) == set(filter(None, expected["named"].split(";")))


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({}, "Nobody has read these stories for effort"),
        ({"A": [None, None]}, "Nobody has read these stories for effort"),
        ({"A": [0.0]}, "No effort was found in this story"),
        ({"A": [0.0], "B": [0.0, 0.0]}, "No effort was found in these 3 stories"),
        ({"A": [4.0]}, "One customer’s dealings with A took 4 points of effort"),
        ({"A": [4.0], "B": [1.0]}, "One customer’s dealings with A took the most effort of these 2: 4 points"),
        ({"A": [20.0], "B": [0.0, 30.0]}, "One customer’s dealings with A took 20 points of effort"),
        ({"A": [1.0, 2.0, 3.0]}, "Dealings with A took 2 points of effort on average in these 3 stories"),
        (
            {"MemoryBits": [10.5], "Software4Students": [10.5], "C": [1.0]},
            "Dealings with MemoryBits and Software4Students each took one customer 10.5 points of effort",
        ),
        ({"A": [1.0, 3.0], "B": [2.0, 2.0]}, "A and B both took 2 points of effort per story"),
        ({"A": [1.0, 1.0], "B": [0.0, 0.0]}, "Mean effort runs from no points per story (B) to 1 (A)"),
        # of one story each no figure is a mean
        ({"A": [1.0], "B": [0.0], "C": [1.0, 1.0]}, "A and C both took 1 point of effort per story"),
        (
            {"A": [20.0, 21.0, 22.0, 23.0, 24.0], "B": [1.0, 2.0, 3.0, 4.0, 5.0]},
            "A takes the most effort: 22 points per story",
        ),
        (
            {"A": [20.0, 21.0, 22.0, 23.0, 24.0], "B": [1.0, 2.0, 3.0, 4.0, 5.0], "C": [1.0]},
            "A takes the most effort of the 2 companies compared: 22 points per story",
        ),
    ],
)
def test_leader_is_named_only_where_the_stories_bear_it(values: dict[str, list[float | None]], sentence: str) -> None:
    assert claim_leader(values).headline == sentence


def test_wide_scatter_of_another_company_keeps_a_leader_from_being_named() -> None:
    values = {
        "A": [18.0, 19.0, 20.0, 21.0, 22.0],
        "B": [0.0, 20.0, 30.0, 39.0, 0.0],
        "C": [1.0, 2.0, 3.0, 4.0, 5.0],
        "D": [2.0, 3.0, 4.0, 5.0, 6.0],
        "E": [1.0, 1.0, 2.0, 3.0, 4.0],
    }
    claim = claim_leader(values)
    assert (claim.kind, claim.ranks) == ("described", False)
    assert "most" not in claim.sentence


def test_one_population_dealt_to_companies_seldom_names_a_leader() -> None:
    """Of 500 shuffles at most 5% may name a leader, for chance alone made it; seeded, so that it answers the same."""
    draw = random.Random(12)
    stories = [0.0] * 40 + [draw.lognormvariate(1.5, 1.0) for _ in range(80)]
    named = 0
    for _ in range(500):
        draw.shuffle(stories)
        dealt = {f"Company {n}": stories[n * 20 : (n + 1) * 20] for n in range(6)}
        named += claim_leader(dealt).ranks
    assert named <= 25
