"""Every question: its header, parameters, grain and order, and answers from full and empty databases."""

import re
import tomllib
from collections.abc import Callable
from typing import Any

import duckdb
import pytest

from cxdata.errors import QuestionError
from cxdata.questions.ask import ask, find_question, list_questions
from cxdata.questions.parameters import PARAMETERS
from cxdata.resources import ROOT
from tests.fixtures.question_parameters import SAMPLE, needed
from tests.fixtures.stories import make_story, step, work

Make = Callable[..., duckdb.DuckDBPyConnection]

# The grain: the columns that identify a row. () is an answer of one row.
GRAIN = {
    "annotations": ("annotation",),
    "agreement": ("measure", "code"),
    "choices": ("filter", "value"),
    "convergence": ("company", "measure", "period"),
    "cost_of_failure": ("company", "item", "touchpoint", "outcome"),
    "driver_weights": ("driver",),
    "failure_demand": ("company", "demand"),
    "how_sure": ("company",),
    "matched_pairs": ("job",),
    "rank_stability": ("company", "spread"),
    "unit_costs": ("item",),
    "weightings": ("weighting",),
    "company_names": ("alias",),
    "company_scores": ("company",),
    "company_touchpoints": ("touchpoint",),
    "effort": ("story",),
    "effort_and_experience": ("story",),
    "effort_by_driver": ("company", "driver"),
    "effort_over_time": ("period",),
    "effort_sources": ("driver",),
    "experience_over_time": ("period",),
    "fame_and_shame": ("story",),
    "fix_first": ("company", "touchpoint", "driver"),
    "what_to_fix": ("driver", "touchpoint"),
    "hall_agreement": ("verdict", "hall"),
    "hall_stories": ("story",),
    "head_to_head": ("driver",),
    "job_companies": ("job", "company"),
    "job_stories": ("story",),
    "journey": ("step",),
    "last_changes": (),
    "lessons": ("lesson",),
    "library": (),
    "mark_labels": ("mark", "value"),
    "nearest_stories": ("story",),
    "promise_gap": ("story", "promise"),
    "promises": ("story", "claim"),
    "sector_funnel": ("company",),
    "signs": ("sign", "hall"),
    "signs_by_company": ("company", "sign"),
    "sources": ("source",),
    "stories_behind": ("story",),
    "story": (),
    "story_account": (),
    "story_effort": ("step", "event"),
    "story_kinds": ("kind",),
    "story_neighbours": ("among", "direction"),
    "story_promises": ("claim",),
    "story_replies": ("reply",),
    "story_scores": ("story",),
    "story_signs": ("sign",),
    "touchpoint_effort": ("company", "touchpoint"),
    "touchpoint_feeling": ("company", "touchpoint"),
    "touchpoint_goodwill": ("touchpoint",),
    "touchpoint_halls": ("touchpoint", "hall"),
    "type_over_time": ("period",),
    "type_prevalence": ("driver",),
}

# These questions read the codebook or notes of editors, and not the stories.
WITHOUT_STORIES = {"mark_labels", "driver_weights", "unit_costs", "weightings", "annotations"}

# No shipped story has an account, a reply or a note; tests/integration/editing covers them.
UNANSWERED = {"annotations", "story_account", "story_replies"}

# Columns that links, files and readers count on; a question may have more.
PROMISED = {
    "story_scores": "story company job effort_points effort_score experience hall verdict",
    "company_scores": "company story_count mean_points effort_score experience hall",
    "effort_by_driver": "company driver points events story_count",
    "touchpoint_feeling": "company touchpoint encounter_count mean_feeling story_count",
    "head_to_head": "driver left_points right_points",
    "journey": "step touchpoint feeling summary",
    "promises": "company claim kept story",
}

ONE = make_story("only", step(3, work("disputing", minutes=10.0)), step(None))
EVERY = sorted(list_questions())
WITH_PARAMETERS = [(name, parameter) for name in EVERY for parameter in list_questions()[name].parameters]


def hashable(row: dict[str, Any], columns: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(repr(row[column]) for column in columns)


def test_every_question_declares_its_grain_here() -> None:
    assert sorted(GRAIN) == EVERY, "a new question needs its grain in tests/integration/questions/test_questions.py"


@pytest.mark.parametrize("name", EVERY)
def test_every_question_has_a_complete_header(name: str) -> None:
    asked = find_question(name)
    assert asked.question.endswith("?")
    assert asked.one_row
    assert asked.columns
    assert asked.caution
    assert set(asked.needs) <= set(asked.parameters)


@pytest.mark.parametrize("name", EVERY)
def test_columns_match_the_header_in_order(name: str, database: duckdb.DuckDBPyConnection) -> None:
    assert tuple(ask(database, name, needed(name)).column_names) == find_question(name).columns


@pytest.mark.parametrize("name", EVERY)
def test_rows_are_unique_by_their_grain(name: str, database: duckdb.DuckDBPyConnection) -> None:
    rows = ask(database, name, needed(name)).to_pylist()
    assert rows or name in UNANSWERED
    assert len({hashable(row, GRAIN[name]) for row in rows}) == len(rows)


@pytest.mark.parametrize("name", EVERY)
def test_every_row_has_its_story_count(name: str) -> None:
    assert "story_count" in find_question(name).columns or "story" in GRAIN[name] or name in WITHOUT_STORIES


@pytest.mark.parametrize("name", EVERY)
def test_answers_are_ordered_whatever_the_threads(name: str, database: duckdb.DuckDBPyConnection) -> None:
    first = ask(database, name, needed(name))
    database.execute("set threads = 1")
    again = ask(database, name, needed(name))
    database.execute("reset threads")
    assert again.equals(first)
    # only an answer of one row needs no order
    assert not GRAIN[name] or re.search(r"^order by", find_question(name).sql, flags=re.MULTILINE)


@pytest.mark.parametrize(("name", "parameter"), WITH_PARAMETERS)
def test_every_parameter_narrows_the_answer(name: str, parameter: str, database: duckdb.DuckDBPyConnection) -> None:
    whole = ask(database, name, needed(name))
    part = ask(database, name, needed(name) | {parameter: SAMPLE[parameter]})
    assert part.column_names == whole.column_names
    assert part.num_rows <= whole.num_rows


@pytest.mark.parametrize("name", EVERY)
def test_parameters_are_declared_for_python_and_for_the_linter(name: str) -> None:
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["sqlfluff"]["templater"][
        "placeholder"
    ]
    assert set(find_question(name).parameters) <= set(PARAMETERS) & set(settings) & set(SAMPLE)


def test_every_declared_parameter_is_used() -> None:
    assert {parameter for _, parameter in WITH_PARAMETERS} == set(PARAMETERS)


def test_every_question_answers_without_stories(database_of: Make) -> None:
    empty = database_of()
    for name in EVERY:
        if any(parameter in ("story", "company", "left", "right") for parameter in find_question(name).needs):
            with pytest.raises(QuestionError, match=r"has: nothing yet$"):
                ask(empty, name, needed(name))
        else:
            table = ask(empty, name, needed(name))
            assert tuple(table.column_names) == find_question(name).columns
            assert table.num_rows == (0 if GRAIN[name] else 1) or name in WITHOUT_STORIES, name


def test_every_question_answers_with_one_story(database_of: Make) -> None:
    database = database_of(ONE)
    own = {"search": "on", "story": "only", "company": "Acme", "left": "Acme", "right": "Acme", "job": "buy_a_laptop"}
    for name in EVERY:
        table = ask(database, name, {parameter: own[parameter] for parameter in find_question(name).needs})
        assert tuple(table.column_names) == find_question(name).columns


@pytest.mark.parametrize("name", PROMISED)
def test_questions_have_the_promised_columns(name: str) -> None:
    assert set(PROMISED[name].split()) <= set(find_question(name).columns)
