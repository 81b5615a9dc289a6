"""Checks of a chart's declaration against two questions: its own, and the one behind a click."""

from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cache

from cxdata.charts import Chart, Declaration, find_chart
from cxdata.charts.kit.measures import MEASURES
from cxdata.errors import ChartError
from cxdata.questions.ask import find_question
from cxdata.questions.parameters import PARAMETERS
from cxdata.text.suggestions import format_choices

BEHIND = "stories_behind"
"""The question that a click on a mark asks."""

SCOPE = "library"
"""The question that counts the stories of a chart."""


def declaration_faults(chart: Chart) -> list[str]:
    """List the faults of a chart's declaration; [] if it has none.

    Raises QuestionError if the chart's question does not exist.
    """
    return list(_faults(chart))


@cache
def check_declaration(name: str) -> None:
    """Check a chart once in a process; ChartError lists every fault of its declaration."""
    faults = declaration_faults(find_chart(name))
    if faults:
        raise ChartError("\n".join(f"chart {name}: {fault}" for fault in faults))


def _faults(chart: Chart) -> Iterator[str]:
    declared = chart.CHART
    columns = find_question(declared.question).columns
    known = find_question(BEHIND).parameters
    if not declared.drill_down:
        yield "drill_down is empty, so a click opens no story"
    for field, parameter in declared.drill_down.items():
        if field not in columns:
            yield f"drill_down field {format_choices(field, columns, f'question {declared.question}')}"
        if parameter not in known:
            yield f"drill_down of {field!r}: parameter {format_choices(parameter, known, f'question {BEHIND}')}"
    for parameter, count in Counter(declared.drill_down.values()).items():
        if count > 1 and parameter in known and not PARAMETERS[parameter].is_list:
            yield f"drill_down fills {parameter!r} from {count} fields, and it takes one value"
    yield from _scope_faults(declared, columns)
    for column in declared.rows:
        if column not in columns:
            yield f"rows: column {format_choices(column, columns, f'question {declared.question}')}"
    if declared.measure not in MEASURES:
        yield f"measure {format_choices(declared.measure, MEASURES, 'the file cxdata/charts/kit/measures.py')}"
    elif declared.about_work and MEASURES[declared.measure].kind != "work":
        yield f"about_work is set, and {declared.measure!r} measures {MEASURES[declared.measure].kind}"


def _scope_faults(declared: Declaration, columns: Sequence[str]) -> Iterator[str]:
    limits = find_question(SCOPE).parameters
    for column, parameter in declared.scope.items():
        if column not in columns:
            yield f"scope: column {format_choices(column, columns, f'question {declared.question}')}"
        if parameter not in limits:
            yield f"scope of {column!r}: parameter {format_choices(parameter, limits, f'question {SCOPE}')}"
