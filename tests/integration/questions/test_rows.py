"""The generated row types match the headers and the answers of their questions."""

from typing import Any, get_type_hints

import duckdb
import pytest

from cxdata.questions import rows
from cxdata.questions.ask import ask_rows, find_question, list_questions
from cxdata.questions.row_generator import PATH, generate_rows, row_name
from tests.fixtures.question_parameters import needed

EVERY = sorted(list_questions())


def test_row_types_match_the_generator() -> None:
    assert PATH.read_text("utf-8") == generate_rows(), "run: python -m cxdata.questions.row_generator"


@pytest.mark.parametrize("name", EVERY)
def test_row_type_has_the_columns_of_the_header_in_order(name: str) -> None:
    assert tuple(get_type_hints(getattr(rows, row_name(name)))) == find_question(name).columns


@pytest.mark.parametrize("name", EVERY)
def test_every_value_has_the_type_of_its_column(name: str, database: duckdb.DuckDBPyConnection) -> None:
    types = get_type_hints(getattr(rows, row_name(name)))
    for row in ask_rows(database, str(name), needed(name)):
        for column, value in row.items():
            assert is_of(value, types[column]), f"{column}: {value!r} is no {types[column]}"


def is_of(value: Any, kind: Any) -> bool:
    """Return whether a value has a type: a scalar, a list of scalars, or an optional one."""
    arguments = getattr(kind, "__args__", ())
    if getattr(kind, "__origin__", None) is list:
        return isinstance(value, list) and all(is_of(each, arguments[0]) for each in value)
    if getattr(kind, "__origin__", None) is dict:
        return isinstance(value, dict)
    return isinstance(value, arguments or kind) if not arguments else any(is_of(value, each) for each in arguments)
