"""The halls of companies: SQL equals tests.fixtures.oracles.hall_placement, and every question says the same hall."""

import random
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

import duckdb
import pytest

from cxdata.codebook.codes import Codebook
from cxdata.questions.ask import ask_rows
from cxdata.store.rollups import refresh_rollups
from cxdata.stories import Story
from tests.fixtures.large_databases import Stock, make_large
from tests.fixtures.oracles.hall_placement import Placement, place_in_halls
from tests.fixtures.statistics import read_libraries
from tests.fixtures.stories import make_story, step

Make = Callable[..., duckdb.DuckDBPyConnection]
Felt = Mapping[str, Sequence[float | None]]
PLACED = """
with felt as (
    select
        company,
        count(experience) as experience_count,
        avg(experience) as experience,
        var_samp(experience) as experience_variance
    from (select unnest($companies) as company, unnest($experiences) as experience)
    group by company
)

select company, experience_count, experience, shrunken_experience, hall, hall_reason from placed_company('felt')
"""
FILTERS: list[dict[str, Any]] = [
    {},
    {"since": "2025-03-01", "until": "2025-08-31"},
    {"since": "2025-03-02"},
    {"jobs": ["buy_a_laptop"]},
    {"touchpoints": ["phone"]},
]


def random_library(seed: int) -> Felt:
    """Up to twenty companies, kind or unkind, alike or scattered, with no story, few or many."""
    draw = random.Random(seed)
    middle = draw.choice([0, 2, -2, 3])
    return {
        f"C{company}": [
            None if draw.random() < 0.1 else max(-5.0, min(5.0, round(2 * draw.gauss(middle, scatter)) / 2))
            for _ in range(draw.choice([1, 4, 5, 6, 12, 40]))
        ]
        for company in range(draw.choice([1, 2, 3, 4, 5, 9, 20]))
        if (scatter := draw.choice([0, 0.5, 2])) is not None
    }


def agrees(row: Sequence[Any], placement: Placement) -> None:
    count, mean, shrunken, hall, reason = row
    assert (count, reason or hall) == (placement.stories_read, placement.hall)
    assert mean == (None if placement.mean is None else pytest.approx(placement.mean, abs=1e-9))
    expected = placement.shrunken_mean
    assert shrunken == (None if expected is None else pytest.approx(expected, abs=1e-9))


@pytest.mark.parametrize(
    "libraries",
    [list(read_libraries("halls.json").values()), [random_library(seed) for seed in range(200)]],
    ids=["golden", "random"],
)
def test_sql_places_companies_as_python_does(libraries: list[Felt], database: duckdb.DuckDBPyConnection) -> None:
    halls = set()
    for library in libraries:
        told = [(company, value) for company, values in library.items() for value in values]
        given = {"companies": [company for company, _ in told], "experiences": [value for _, value in told]}
        found = {company: row for company, *row in database.execute(PLACED, given).fetchall()}
        placements = place_in_halls(library)
        assert set(found) == set(placements)
        for company, placement in placements.items():
            agrees(found[company], placement)
            halls.add(placement.hall)
    assert halls == {"fame", "shame", "mixed", "too few", "unknown"}


@pytest.fixture(scope="module")
def many(codebook: Codebook) -> Iterator[duckdb.DuckDBPyConnection]:
    with make_large(Stock(1_500, 300, encounters=3, events=2), codebook) as connection:
        # three companies whose stories all went well, or badly
        for number, feeling in ((3, 5), (5, -5), (8, 3)):
            connection.execute(
                "update encounter set feeling = $feeling where feeling is not null and story in "
                "(select story from story where company = 'The tale company ' || $number)",
                {"feeling": feeling, "number": number},
            )
        refresh_rollups(connection)
        yield connection


def experiences(connection: duckdb.DuckDBPyConnection, chosen: Mapping[str, Any]) -> Felt:
    felt: dict[str, list[float | None]] = defaultdict(list)
    for row in ask_rows(connection, "story_scores", chosen):
        felt[row["company"]].append(row["experience"])
    return felt


@pytest.mark.parametrize("chosen", FILTERS, ids=str)
def test_company_scores_place_companies_by_the_chosen_stories(
    chosen: dict[str, Any], many: duckdb.DuckDBPyConnection
) -> None:
    placements = place_in_halls(experiences(many, chosen))
    found = ask_rows(many, "company_scores", chosen)
    assert {row["company"] for row in found} == set(placements)
    for row in found:
        columns = ("experience_count", "experience", "shrunken_experience", "hall", "hall_reason")
        agrees([row[column] for column in columns], placements[row["company"]])
    assert {"fame", "shame"} <= {row["hall"] for row in found}


def test_a_filter_on_companies_or_sectors_moves_no_company(many: duckdb.DuckDBPyConnection) -> None:
    whole = {row["company"]: row["shrunken_experience"] for row in ask_rows(many, "company_scores")}
    for company in ("The tale company 3", "The tale company 8"):
        (row,) = ask_rows(many, "company_scores", {"companies": [company]})
        assert row["shrunken_experience"] == pytest.approx(whole[company])
    assert len(whole) == len(ask_rows(many, "company_scores", {"sectors": ["Retail"]}))


def test_stories_chosen_by_their_hall_rate_no_company(many: duckdb.DuckDBPyConnection) -> None:
    for question in ("company_scores", "signs_by_company"):
        rows = ask_rows(many, question, {"halls": ["shame"]})
        assert {(row["hall"], row["hall_reason"]) for row in rows} == {(None, "chosen by hall")}
    rows = ask_rows(many, "fame_and_shame", {"halls": ["shame"]})
    assert {(row["company_hall"], row["hall_reason"]) for row in rows} == {(None, "chosen by hall")}


def test_every_question_says_the_same_hall_of_a_company(many: duckdb.DuckDBPyConnection) -> None:
    halls = {row["company"]: (row["hall"], row["hall_reason"]) for row in ask_rows(many, "company_scores")}
    for row in ask_rows(many, "signs_by_company"):
        assert (row["hall"], row["hall_reason"]) == halls[row["company"]]
    for row in ask_rows(many, "fame_and_shame"):
        assert (row["company_hall"], row["hall_reason"]) == halls[row["company"]]


def test_single_stories_are_those_of_companies_without_a_rating(many: duckdb.DuckDBPyConnection) -> None:
    rated = {row["company"] for row in ask_rows(many, "company_scores") if row["hall"]}
    expected = {
        (row["story"], row["hall"])
        for row in ask_rows(many, "story_scores")
        if row["company"] not in rated and row["hall"] in ("fame", "shame")
    }
    found = ask_rows(many, "hall_stories")
    assert {(row["story"], row["hall"]) for row in found} == expected
    assert expected
    first = ask_rows(many, "hall_stories", {"most": 1})
    assert [row["story"] for row in first] == [
        next(row["story"] for row in found if row["hall"] == hall) for hall in ("fame", "shame")
    ]
    assert [row["hall_count"] for row in first] == [
        sum(row["hall"] == hall for row in found) for hall in ("fame", "shame")
    ]


def stories_of(company: str, *feelings: int, **told: Any) -> list[Story]:
    """One story of this company for each feeling."""
    return [
        make_story(f"{company.lower()}-{number}", step(feeling), company=company, **told)
        for number, feeling in enumerate(feelings)
    ]


def test_a_pair_has_the_mean_of_its_job_and_a_hall_from_five_stories(database_of: Make) -> None:
    with database_of(*stories_of("Many", 5, 5, 4, 5, 5), *stories_of("Few", -5, -4)) as database:
        (row, *_) = ask_rows(database, "head_to_head", {"job": "buy_a_laptop", "left": "Many", "right": "Few"})
    assert (row["left_experience"], row["left_hall"]) == (pytest.approx(4.8), "fame")
    assert (row["right_experience"], row["right_hall"]) == (-4.5, None)


def test_the_shipped_companies_have_too_few_stories_or_no_feeling(database: duckdb.DuckDBPyConnection) -> None:
    rows = ask_rows(database, "company_scores")
    assert {row["hall"] for row in rows} == {None}
    reasons = [row["hall_reason"] for row in rows]
    assert (reasons.count("too few"), reasons.count("unknown")) == (7, 1)
    stories = ask_rows(database, "hall_stories")
    assert [row["hall"] for row in stories] == ["fame"] * 4 + ["shame"] * 3


def test_an_emotion_belongs_to_the_story_in_which_it_is_named(database: duckdb.DuckDBPyConnection) -> None:
    named = {row["company"]: set(row["emotions"]) for row in ask_rows(database, "hall_stories")}
    assert [company for company, emotions in named.items() if "contempt" in emotions] == ["AO.com"]
    assert "gratitude" not in named["Argos"]


def test_unread_stories_are_told_from_those_without_a_feeling(database_of: Make) -> None:
    unread = make_story("unread", step(None), company="Unread", read_feeling="none")
    with database_of(unread, make_story("silent", step(None), company="Silent")) as database:
        rows = {row["company"]: row for row in ask_rows(database, "company_scores")}
    assert {company: row["hall_reason"] for company, row in rows.items()} == dict.fromkeys(rows, "unknown")
    assert (rows["Unread"]["feeling_read"], rows["Silent"]["feeling_read"]) == (0, 1)
