"""Parameters of questions: filters, spellings, invalid values, and attempts at SQL injection."""

import re
from collections.abc import Callable
from typing import Any

import duckdb
import pytest

from cxdata.errors import NotFound, QuestionError
from cxdata.questions.ask import ask, ask_rows, list_questions
from tests.fixtures.question_parameters import needed
from tests.fixtures.stories import make_story, step, work

Make = Callable[..., duckdb.DuckDBPyConnection]
USED = sorted({parameter for asked in list_questions().values() for parameter in asked.parameters} - {"search"})


def test_filters_select_whole_stories(database: duckdb.DuckDBPyConnection) -> None:
    def stories(**choices: Any) -> dict[str, float]:
        return {row["story"]: row["effort_points"] for row in ask(database, "story_scores", choices).to_pylist()}

    everything = stories()
    assert set(stories(companies=["AO.com", "Argos"])) == {"ao-laptop", "argos-laptop"}
    assert "ao-laptop" in stories(jobs=["return_a_laptop"])  # its main job is a different one
    assert stories(touchpoints=["ivr"])["ao-laptop"] == everything["ao-laptop"]  # not the points of the ivr alone
    assert stories(companies=["AO.com"], jobs=["return_a_gift"]) == {}
    assert set(stories(halls=["fame", "shame", "mixed"])) | {"statin-plain-pack"} == set(everything)


def test_job_and_touchpoint_filters_match_the_same_encounter(database_of: Make) -> None:
    database = database_of(make_story("tale", step(1, touchpoint="website"), step(1, job="return_a_laptop")))

    def count(job: str, touchpoint: str) -> int:
        return ask(database, "story_scores", {"jobs": [job], "touchpoints": [touchpoint]}).num_rows

    assert (count("buy_a_laptop", "website"), count("return_a_laptop", "phone")) == (1, 1)
    assert count("return_a_laptop", "website") == 0


@pytest.mark.parametrize(
    ("since", "until", "chosen"),
    [
        ("2017-12-31", None, {"year", "month", "day"}),
        (None, "2017-01-01", {"year"}),  # the year may include this day
        ("2017-12-02", "2017-12-30", {"year", "month"}),
        ("2018-01-01", None, set()),
    ],
)
def test_period_includes_stories_that_may_fall_into_it(
    database_of: Make, since: str | None, until: str | None, chosen: set[str]
) -> None:
    told = {"year": "2017", "month": "2017-12", "day": "2017-12-31"}
    dated = [make_story(name, happened_on=when, happened_basis="told") for name, when in told.items()]
    found = ask(
        database_of(*dated, make_story("undated")), "story_scores", {"since": since, "until": until}
    ).to_pylist()
    assert {row["story"] for row in found} == chosen


@pytest.mark.parametrize("spelling", ["AO.com", "ao.com", "AO", "ao", "aO.CoM"])
def test_every_spelling_finds_the_company(spelling: str, database: duckdb.DuckDBPyConnection) -> None:
    rows = ask(database, "company_scores", {"companies": spelling}).to_pylist()
    assert [row["company"] for row in rows] == ["AO.com"]


@pytest.mark.parametrize(
    ("name", "choices", "message"),
    [
        (
            "company_score",
            {},
            r"^question 'company_score' is unknown\. Did you mean company_scores\? "
            r"The library has: agreement, annotations, choices, ",
        ),
        (
            "journey",
            {"stories": "x"},
            r"^journey: parameter 'stories' is unknown\. Did you mean story\? The question has: ",
        ),
        ("journey", {}, r"^journey: needs story. The database has: amazon-toothbrush, ao-laptop, "),
        (
            "journey",
            {"story": "ao-lap"},
            r"^journey: story 'ao-lap' is unknown\. Did you mean ao-laptop\? The database has: ",
        ),
        ("head_to_head", {"job": "x"}, "^head_to_head: needs left. The database has: AO.com, Amazon, "),
        ("effort", {"companies": ["AO", "Acme"]}, "^effort: companies 'Acme'.*The database has: AO.com, "),
        ("effort", {"companies": 3}, "^effort: companies: 3 is not a list$"),
        (
            "effort",
            {"halls": "fam"},
            r"^effort: halls 'fam' is unknown\. Did you mean fame\? A hall has: fame, mixed, shame$",
        ),
        ("effort", {"since": "May"}, "^effort: since 'May' is not a date. Write YYYY-MM-DD$"),
        ("company_scores", {"min_stories": float("inf")}, "^company_scores: min_stories 'inf' is not a whole number$"),
        ("company_scores", {"min_stories": "few"}, "^company_scores: min_stories 'few' is not a whole number$"),
        (
            "promises",
            {"kept": "no"},
            "^promises: kept 'no' is unknown. A promise has: kept, exceeded, kept late, broken, unclear$",
        ),
    ],
)
def test_wrong_question_error_lists_the_choices(
    name: str, choices: dict[str, Any], message: str, database: duckdb.DuckDBPyConnection
) -> None:
    with pytest.raises((NotFound, QuestionError), match=re.compile(message)):
        ask(database, name, choices)


@pytest.mark.parametrize(
    "value", ["x'; drop table story; --", "' or 1=1 --", "$story", "\0", "ao-laptop' union select 1"]
)
@pytest.mark.parametrize("parameter", USED)
def test_sql_in_a_value_is_an_unknown_value(value: str, parameter: str, database: duckdb.DuckDBPyConnection) -> None:
    name = next(asked.name for asked in list_questions().values() if parameter in asked.parameters)
    with pytest.raises(QuestionError):
        ask(database, name, needed(name) | {parameter: value})


@pytest.mark.parametrize(
    "text", ["'; drop table story; --", "%laptop%", "l_ptop", "\\", "\0", "no such words", "é" * 10_000]
)
def test_search_treats_special_characters_as_text(text: str, database: duckdb.DuckDBPyConnection) -> None:
    assert ask(database, "stories_behind", {"search": text}).num_rows == 0


@pytest.mark.parametrize("value", ["\ud800", "AO\udcff"])
def test_lone_surrogates_are_an_unknown_value(value: str, database: duckdb.DuckDBPyConnection) -> None:
    for name, parameter in (("company_scores", "companies"), ("journey", "story"), ("effort", "since")):
        with pytest.raises(QuestionError):
            ask(database, name, {parameter: value})
    assert ask(database, "stories_behind", {"search": value}).num_rows == 0


@pytest.mark.parametrize(("value", "companies"), [("0", 8), (-3, 8), ("9" * 50, 0)])
def test_numbers_of_any_size_are_accepted(
    value: str | int, companies: int, database: duckdb.DuckDBPyConnection
) -> None:
    assert ask(database, "company_scores", {"min_stories": value}).num_rows == companies


def test_questions_change_no_rows(database: duckdb.DuckDBPyConnection) -> None:
    before = ask(database, "story_scores")
    for name in list_questions():
        ask(database, name, needed(name))
    assert ask(database, "story_scores").equals(before)


@pytest.mark.parametrize("name", sorted(list_questions()))
def test_ask_rows_equals_the_table_of_ask(name: str, database: duckdb.DuckDBPyConnection) -> None:
    assert ask_rows(database, name, needed(name)) == ask(database, name, needed(name)).to_pylist()


def test_fix_first_ranks_by_points_per_story(database_of: Make) -> None:
    often = [make_story(f"often-{n}", step(None, work("repeat_contact")), company="Often") for n in range(3)]
    once = make_story("once", step(None, work("repeat_contact", times=2)), company="Once")
    rows = ask_rows(database_of(*often, once), "fix_first")
    # 3 stories of 1 time each, 1 story of 2 times
    assert [row["company"] for row in rows] == ["Once", "Often"]
    assert rows[0]["points"] < rows[1]["points"]
    assert rows[1]["points_per_story"] == rows[1]["points"] / 3
