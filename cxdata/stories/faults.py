"""Faults of the validation library in plain words, with the choices named."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from types import UnionType
from typing import Any, Union, get_args, get_origin

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from cxdata.errors import Fault
from cxdata.stories.contradictions import RecordError
from cxdata.stories.records import COUNTRY, SLUG, URL
from cxdata.text.formatting import truncate
from cxdata.text.suggestions import format_choices

MOST_FAULTS = 100  # in one file: nobody fixes more at a time, and a hostile file could hold a hundred thousand
PATTERNS = {
    SLUG: "lower-case words joined by hyphens, such as ao-laptop",
    COUNTRY: "a country's two letters, such as GB",
    URL: "a web address that starts with http:// or https://",
}
WORDS = {
    "missing": "is missing",
    "literal_error": "{value} is unknown. The choices are: {expected}",
    "string_too_short": "is empty",
    "too_long": "{value} is too long. At most {max_length:,} are possible",
    "string_too_long": "{value} is too long. At most {max_length:,} are possible",
    "greater_than_equal": "{value} is below {ge:g}",
    "less_than_equal": "{value} is above {le:g}",
    "finite_number": "{value} is not a finite number",
    "float_type": "{value} is not a number",
    "int_type": "{value} is not a whole number",
    "bool_type": "{value} is unknown. The choices are: true, false",
    "string_type": "{value} is not text in quotes",
    "date_type": "{value} is not a date. Write YYYY-MM-DD, without quotes",
    "tuple_type": "{value} is not a list",
    "model_type": "{value} is not a table",
    "dict_type": "{value} is not a table",
}
QUOTES = ("'", '"')  # a problem that begins with one names its value itself


def translate_faults(record: type[BaseModel], file: str, error: ValidationError) -> list[Fault]:
    """Return the faults of a record that `file` names; beyond MOST_FAULTS, one fault gives the number of the others."""
    details = [*_drop_consequences(error.errors(include_url=False))]
    faults = [fault for detail in details[:MOST_FAULTS] for fault in _translate_detail(record, file, detail)]
    if len(details) > MOST_FAULTS:
        faults.append(Fault(file, f"and {len(details) - MOST_FAULTS:,} more faults"))
    return faults


def _drop_consequences(details: list[ErrorDetails]) -> Iterator[ErrorDetails]:
    """Drop the faults that only follow from others: a list whose every part is faulty counts as empty."""
    above = {detail["loc"][:length] for detail in details for length in range(len(detail["loc"]))}
    yield from (detail for detail in details if detail["type"] != "too_short" or detail["loc"] not in above)


def _translate_detail(record: type[BaseModel], file: str, detail: ErrorDetails) -> Iterator[Fault]:
    path = detail["loc"]
    value = _format_value(detail["input"])
    context = detail.get("ctx", {})
    match detail["type"]:
        case "extra_forbidden":
            owner = _find_owner(record, path[:-1])
            yield Fault(file, f"key {format_choices(str(path[-1]), owner.model_fields, 'the record')}", path[:-1])
        case "too_short":
            yield Fault(file, "there is none. At least one is needed", path)
        case "value_error" if isinstance(context["error"], RecordError):
            for fault in context["error"].faults:
                yield replace(fault, file=file, path=(*path, *fault.path))
        case "value_error" if isinstance(detail["input"], dict):
            yield Fault(file, str(context["error"]), path)
        case "value_error":
            problem = str(context["error"])
            yield Fault(file, problem if problem.startswith(QUOTES) else f"{value} {problem}", path, is_predicate=True)
        case "string_pattern_mismatch":
            yield Fault(file, f"{value} is not {PATTERNS[context['pattern']]}", path, is_predicate=True)
        case known if known in WORDS:
            yield Fault(file, WORDS[known].format(value=value, **context), path, is_predicate=True)
        case _:
            yield Fault(file, f"{value} should {detail['msg'].partition(' should ')[2]}", path, is_predicate=True)


def _format_value(value: Any) -> str:
    # a table or list could be deep or long without end, and a number too long for Python to write
    if isinstance(value, dict | list):
        return "(a table)" if isinstance(value, dict) else "(a list)"
    try:
        return truncate(repr(value))
    except ValueError:
        return "(a number of thousands of digits)"


def _find_owner(record: type[BaseModel], parents: Iterable[int | str]) -> type[BaseModel]:
    """Return the record type at a place within another."""
    steps = iter(parents)
    for part in steps:
        if isinstance(part, str):
            annotation = record.model_fields[part].annotation
            while not (isinstance(annotation, type) and issubclass(annotation, BaseModel)):
                inner = [each for each in get_args(annotation) if each not in (type(None), Ellipsis)]
                assert get_origin(annotation) in (tuple, dict, Union, UnionType)
                if get_origin(annotation) is dict:
                    next(steps)  # a name that the writer chose
                annotation = inner[-1]
            record = annotation
    return record
