"""Kinds of story: one at a time unless a reader asks for all, and every figure of a kind as if it stood alone."""

from collections.abc import Callable, Mapping
from typing import Any

import duckdb
import pytest

from cxdata.codebook.codes import Codebook
from cxdata.errors import QuestionError
from cxdata.questions.ask import ask_rows, find_question, list_questions
from cxdata.stories import Story
from tests.fixtures.stories import make_story, step, work

Make = Callable[..., duckdb.DuckDBPyConnection]
SOURCES = {"customer_story": "blog post", "complaint": "open data", "survey": "survey", "synthetic": "synthetic"}
OF_SOURCES = [
    ("blog post", "customer_story"),
    ("Complaints", "complaint"),
    ("open data", "complaint"),
    ("survey", "survey"),
]
CHOOSING = sorted(name for name, question in list_questions().items() if "story_kind" in question.parameters)
NEEDED = {"company": "Shop A", "left": "Shop A", "right": "Shop B", "job": "buy_a_laptop"}
# each takes another way through the rollups
SCOPES: dict[str, Mapping[str, Any]] = {
    "everything": {},
    "one job": {"jobs": ["buy_a_laptop"]},
    "a year": {"since": "2025-01-01", "until": "2025-12-31"},
    "some months": {"since": "2025-02-01", "until": "2025-09-30"},
    "some days": {"since": "2025-02-03"},
    "other weights": {"weighting": "waiting_first", "weights": ["worry:2"]},
}


def stories_of(kind: str, number: int = 24) -> list[Story]:
    """Stories of one kind by four companies, which have stories of the other kinds too, and other feelings in them."""
    shift = list(SOURCES).index(kind)
    drivers = ("repeat_contact", "disputing", "worry", "avoidable_contact")
    stories = []
    for n in range(number):
        effort = [work(drivers[(n + k + shift) % 4], times=k + 1) for k in range((n + shift) % 4)]
        stories.append(
            make_story(
                f"{kind.replace('_', '-')}-{n}",
                step((n * 3 + shift) % 11 - 5, *effort, touchpoint=("phone", "email")[n % 2], demand="failure"),
                step((n * 7 + shift) % 11 - 5, touchpoint="website", demand="value", job="return_a_laptop"),
                company=f"Shop {'ABCD'[n % 4]}",
                happened_on=f"{2024 + n % 2}-{1 + (n + shift) % 12:02}-1{n % 10}",
                happened_basis="told",
                outcome=("resolved", "unresolved")[n % 2],
                promises=[{"claim": f"Claim {n % 3}", "kept": "kept", "evidence": "Told.", "locator": "end"}],
                signs=[{"sign": "easy_to_reach", "shown": (n + shift) % 3 == 0}],
                source={"id": f"a-{shift}", "title": "A piece", "author": f"Writer {shift}", "kind": SOURCES[kind]},
            )
        )
    return stories


@pytest.fixture(scope="module")
def made(codebook: Codebook) -> Callable[..., duckdb.DuckDBPyConnection]:
    from cxdata.store.build import create_schema  # noqa: PLC0415
    from cxdata.stories import Library  # noqa: PLC0415

    def make(*kinds: str) -> duckdb.DuckDBPyConnection:
        connection = duckdb.connect()
        create_schema(connection, Library(tuple(story for kind in kinds for story in stories_of(kind))), codebook)
        return connection

    return make


@pytest.fixture(scope="module")
def mixed(made: Make) -> duckdb.DuckDBPyConnection:
    return made(*SOURCES)


@pytest.fixture(scope="module")
def alone(made: Make) -> dict[str, duckdb.DuckDBPyConnection]:
    return {kind: made(kind) for kind in SOURCES}


def rounded(value: Any) -> Any:
    if isinstance(value, float):
        return round(value, 7)
    if isinstance(value, dict):
        # two libraries are not built in the same second
        return {key: rounded(each) for key, each in value.items() if not key.endswith("_at")}
    return [rounded(each) for each in value] if isinstance(value, list) else value


@pytest.mark.parametrize(
    "scope", [pytest.param(scope, marks=[pytest.mark.slow] if SCOPES[scope] else []) for scope in SCOPES]
)
@pytest.mark.parametrize("name", CHOOSING)
def test_figures_of_a_kind_are_those_of_a_library_of_that_kind(
    name: str, scope: str, mixed: duckdb.DuckDBPyConnection, alone: Mapping[str, duckdb.DuckDBPyConnection]
) -> None:
    asked = find_question(name)
    given = {key: NEEDED[key] for key in asked.needs}
    given |= {key: value for key, value in SCOPES[scope].items() if key in asked.parameters}
    kinds = list(alone)
    if SCOPES[scope]:  # another kind for each question and scope: all four would take four times as long
        kinds = [kinds[(CHOOSING.index(name) + list(SCOPES).index(scope)) % len(kinds)]]
    for kind in kinds:
        found = ask_rows(mixed, name, given | {"story_kind": kind})
        assert rounded(found) == rounded(ask_rows(alone[kind], name, given)), kind


def test_every_question_that_chooses_stories_chooses_their_kind() -> None:
    for name, question in list_questions().items():
        # notes of editors are about companies, and not about stories
        is_of_stories = {"companies", "sectors"} <= set(question.parameters)
        assert not is_of_stories or "story_kind" in question.parameters, name


def test_kinds_are_listed_with_the_one_to_show_first(mixed: duckdb.DuckDBPyConnection, database_of: Make) -> None:
    shown = {row["kind"]: row["is_default"] for row in ask_rows(mixed, "story_kinds")}
    assert shown == {"customer_story": True, "complaint": False, "survey": False, "synthetic": False}
    few = database_of(*stories_of("customer_story", 4), *stories_of("complaint", 6), *stories_of("survey", 5))
    assert [row["kind"] for row in ask_rows(few, "story_kinds") if row["is_default"]] == ["complaint"]
    enough = database_of(*stories_of("customer_story", 5), *stories_of("complaint", 6))
    assert [row["kind"] for row in ask_rows(enough, "story_kinds") if row["is_default"]] == ["customer_story"]


def test_all_kinds_are_given_to_who_asks_for_all(mixed: duckdb.DuckDBPyConnection) -> None:
    assert ask_rows(mixed, "library", {"story_kind": "all"})[0]["story_count"] == 4 * 24


def test_a_story_asked_for_by_name_is_found_whatever_its_kind(mixed: duckdb.DuckDBPyConnection) -> None:
    found = ask_rows(mixed, "stories_behind", {"story": "survey-3"})
    assert [row["story_kind"] for row in found] == ["survey"]
    assert ask_rows(mixed, "library", {"story": "survey-3"})[0]["story_count"] == 1


def test_an_unknown_kind_is_refused_with_the_choices(mixed: duckdb.DuckDBPyConnection) -> None:
    with pytest.raises(QuestionError, match="Did you mean complaint"):
        ask_rows(mixed, "library", {"story_kind": "complain"})


@pytest.mark.parametrize(
    ("source_kind", "kind"),
    OF_SOURCES,
)
def test_kind_follows_from_the_source_unless_the_story_names_one(source_kind: str, kind: str) -> None:
    source = {"id": "a", "title": "A piece", "author": "A. Writer", "kind": source_kind}
    assert make_story("tale", source=source).kind == kind
    assert make_story("tale", source=source, kind="survey").kind == "survey"
