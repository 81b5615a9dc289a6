"""The command `ask`."""

import json
from collections import defaultdict
from typing import Any

import click

from cxdata.cli.engine import migrated_engine
from cxdata.errors import QuestionError
from cxdata.questions.ask import ask, list_questions
from cxdata.text.formatting import format_count


@click.command("ask")
@click.argument("question", required=False)
@click.option("--param", "params", multiple=True, metavar="NAME=VALUE", help="A parameter. Repeat a name for a list.")
@click.option(
    "--format",
    "form",
    type=click.Choice(["table", "csv", "json"]),
    default="table",
    show_default=True,
    help="The format of the answer.",
)
def ask_command(question: str | None, params: tuple[str, ...], form: str) -> None:
    """List the questions, or answer QUESTION.

    A parameter that you leave out makes no choice. An unknown value prints as an empty cell (table and csv) or null
    (json). In csv an apostrophe comes before any cell that a spreadsheet would run as a formula.
    """
    if question is None:
        for known in list_questions().values():
            click.echo(f"{known.name:<20} {known.question}")
        return
    table = ask(migrated_engine().read(), question, _parameters(params))
    if form == "csv":
        from cxdata.export.tables import format_csv  # noqa: PLC0415 - the others need none of it

        click.echo(format_csv(table, "\n"), nl=False)
        return
    rows = table.to_pylist()
    if form == "json":
        click.echo(json.dumps(rows, indent=2, default=str, ensure_ascii=False))
    else:
        click.echo(_format_table(table.column_names, rows))


def _parameters(params: tuple[str, ...]) -> dict[str, Any]:
    given: dict[str, list[str]] = defaultdict(list)
    for param in params:
        name, equals, value = param.partition("=")
        if not equals:
            raise QuestionError(f"--param {param!r}: write it NAME=VALUE")
        given[name].append(value)
    return {name: values[0] if len(values) == 1 else values for name, values in given.items()}


def _format_table(columns: list[str], rows: list[dict[str, Any]]) -> str:
    cells = [[_cell(row[column]) for column in columns] for row in rows]
    widths = [max(len(column), *(len(line[place]) for line in cells), 0) for place, column in enumerate(columns)]
    lines = [columns, ["-" * width for width in widths], *cells]
    printed = [
        "  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip() for line in lines
    ]
    return "\n".join([*printed, f"({format_count(len(rows), 'row')})"])


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, float):
        return f"{value:.4g}"
    text = " ".join(str(value).split())
    return text if len(text) <= 60 else text[:59] + "…"
