"""The command `ask`."""

import json
from collections import defaultdict
from functools import partial
from typing import Any

import click

from cxdata.cli.engine import migrated_engine
from cxdata.cli.options import kind_option
from cxdata.errors import QuestionError
from cxdata.publish.kinds import KIND, name_kind, with_kind
from cxdata.questions.ask import ask, ask_rows, find_question, list_questions
from cxdata.questions.parameters import ALL_KINDS
from cxdata.store.engine import Connection
from cxdata.text.formatting import format_count


@click.command("ask")
@click.argument("question", required=False)
@click.option("--param", "params", multiple=True, metavar="NAME=VALUE", help="A parameter. Repeat a name for a list.")
@kind_option
@click.option(
    "--format",
    "form",
    type=click.Choice(["table", "csv", "json"]),
    default="table",
    show_default=True,
    help="The format of the answer.",
)
def ask_command(question: str | None, params: tuple[str, ...], kind: str | None, form: str) -> None:
    """List the questions, or answer QUESTION.

    A parameter that you leave out makes no choice. Without --kind the answer is of one kind of story, the one that the
    pages show first. An unknown value prints as an empty cell (table and csv) or null
    (json). In csv an apostrophe comes before any cell that a spreadsheet would run as a formula.
    """
    if question is None:
        for known in list_questions().values():
            click.echo(f"{known.name:<20} {known.question}")
        return
    connection = migrated_engine().read()
    table = ask(connection, question, _of_kind(connection, question, _parameters(params), kind))
    if form == "csv":
        from cxdata.export.tables import format_csv  # noqa: PLC0415 - the others need none of it

        click.echo(format_csv(table, "\n"), nl=False)
        return
    rows = table.to_pylist()
    if form == "json":
        click.echo(json.dumps(rows, indent=2, default=str, ensure_ascii=False))
    else:
        click.echo(_format_table(table.column_names, rows))


def _of_kind(connection: Connection, question: str, given: dict[str, Any], kind: str | None) -> dict[str, Any]:
    """Add the kind of story to the parameters: the one asked for, else the first, which a line then names."""
    if kind is not None:
        if KIND in given:
            raise QuestionError(f"--kind {kind} and --param {KIND}={given[KIND]}: give one of them")
        return given | {KIND: kind}
    asked = with_kind(find_question(question), given, partial(ask_rows, connection))
    kinds = [] if asked == given else ask_rows(connection, "story_kinds")
    if len(kinds) > 1:
        click.echo(f"of {name_kind(str(asked[KIND]))} alone (--kind {ALL_KINDS}: of all kinds)", err=True)
    return asked


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
