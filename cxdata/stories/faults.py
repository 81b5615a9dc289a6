"""Faults of the validation library in plain words: places count from one, and the choices are named."""

from collections.abc import Iterable, Iterator
from types import UnionType
from typing import Any, Union, get_args, get_origin

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from cxdata.errors import Fault
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
    "missing": "{name} is missing",
    "literal_error": "{value}; the choices are: {expected}",
    "too_short": "{name}: there is none; at least one is needed",
    "string_too_short": "{name} is empty",
    "too_long": "{value} is too long; {max_length:,} is the most",
    "string_too_long": "{value} is too long; {max_length:,} is the most",
    "greater_than_equal": "{value} is below {ge:g}",
    "less_than_equal": "{value} is above {le:g}",
    "finite_number": "{value} is not a finite number",
    "float_type": "{value} is not a number",
    "int_type": "{value} is not a whole number",
    "bool_type": "{value} is neither true nor false",
    "string_type": "{value} is not text in quotes",
    "date_type": "{value} is not a date; write YYYY-MM-DD, without quotes",
    "tuple_type": "{value} is not a list",
    "model_type": "{value} is not a table",
    "dict_type": "{value} is not a table",
}
QUOTES = ("'", '"')  # a problem that begins with one names its value itself
SINGULAR = {"encounters": "encounter", "promises": "promise", "signs": "sign", "lessons": "lesson", "stories": "story",
            "points": "point",
            "effort": "effort event", "drivers": "driver", "emotions": "emotion", "aliases": "alias"}  # fmt: skip


def translate_faults(record: type[BaseModel], place: str, error: ValidationError) -> list[Fault]:
    """Return the faults of a record read at `place`; beyond MOST_FAULTS, one fault gives the number of the others."""
    details = [*_drop_consequences(error.errors(include_url=False))]
    faults = [fault for detail in details[:MOST_FAULTS] for fault in _translate_detail(record, place, detail)]
    if len(details) > MOST_FAULTS:
        faults.append(Fault(place, f"and {len(details) - MOST_FAULTS:,} more faults"))
    return faults


def _drop_consequences(details: list[ErrorDetails]) -> Iterator[ErrorDetails]:
    """Drop the faults that only follow from others: a list whose every part is faulty counts as empty."""
    above = {detail["loc"][:length] for detail in details for length in range(len(detail["loc"]))}
    yield from (detail for detail in details if detail["type"] != "too_short" or detail["loc"] not in above)


def _translate_detail(record: type[BaseModel], place: str, detail: ErrorDetails) -> Iterator[Fault]:
    steps = _format_location(detail["loc"])
    *above, name = steps or [place]
    where = ": ".join([place, *above])
    value = f"{name} {_format_value(detail['input'])}"
    context = detail.get("ctx", {})
    match detail["type"]:
        case "extra_forbidden":
            owner = _find_owner(record, detail["loc"][:-1])
            yield Fault(where, f"key {format_choices(name, owner.model_fields, 'the record')}")
        case "value_error" if isinstance(detail["input"], dict):
            for line in str(context["error"]).split("\n"):
                yield Fault(": ".join([place, *steps]), line)
        case "value_error":
            problem = str(context["error"])
            yield Fault(where, f"{name if problem.startswith(QUOTES) else value} {problem}")
        case "string_pattern_mismatch":
            yield Fault(where, f"{value} is not {PATTERNS[context['pattern']]}")
        case known if known in WORDS:
            yield Fault(where, WORDS[known].format(name=name, value=value, **context))
        case _:
            yield Fault(where, f"{value} should {detail['msg'].partition(' should ')[2]}")


def _format_value(value: Any) -> str:
    # a table or list could be deep or long without end, and a number too long for Python to write
    if isinstance(value, dict | list):
        return "(a table)" if isinstance(value, dict) else "(a list)"
    try:
        return truncate(repr(value))
    except ValueError:
        return "(a number of thousands of digits)"


def _format_location(location: Iterable[int | str]) -> list[str]:
    """Return ('encounters', 2, 'effort', 0) as ['encounter 3', 'effort event 1']."""
    steps: list[str] = []
    for part in location:
        if isinstance(part, int) and steps:
            steps[-1] = f"{SINGULAR.get(steps[-1], steps[-1])} {part + 1}"
        else:
            steps.append(str(part))
    return steps


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
