"""The command line. Errors of this package go to stderr and exit 1; misuse exits 2."""

import json
import sys
from collections import defaultdict
from pathlib import Path
from typing import Any

import click

from cxdata import __version__
from cxdata.cli.database import backup_command, restore_command
from cxdata.cli.editing import (
    companies_command,
    history_command,
    merge_command,
    rename_command,
    reply_command,
    sign_off_command,
)
from cxdata.cli.export import export_command, verify_command
from cxdata.cli.ingest import import_command, template_command, undo_command
from cxdata.cli.synthetic import synthesize_command
from cxdata.codebook.codes import load_codebook
from cxdata.errors import CxdataError, QuestionError, StoryError
from cxdata.questions.ask import ask, list_questions
from cxdata.settings import database_path
from cxdata.store import open_database
from cxdata.store.migrate.migration import migrate
from cxdata.stories import read_story_files
from cxdata.text.formatting import format_count


class ErrorGroup(click.Group):
    """Shows the package's own errors as plain words; anything else is a bug and shows as one."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command, and end with 1 on an error that names what to put right."""
        try:
            return super().invoke(ctx)
        except CxdataError as error:
            click.echo(str(error), err=True)
            ctx.exit(1)


@click.group(cls=ErrorGroup)
@click.version_option(__version__, prog_name="cxdata")
def main() -> None:
    r"""Customer stories: check them, put them into a database, ask questions of it.

    \b
    python -m cxdata build                      build the database from the shipped stories
    python -m cxdata check my-story.toml        every fault of a story file at once
    python -m cxdata import my-story.toml       bring stories in as a batch: TOML, JSONL, CSV, Parquet
    python -m cxdata template my-stories.csv    a table to fill in and import
    python -m cxdata undo                       list the batches; with a name, take that one out whole
    python -m cxdata sign-off my-story --status published   publish what somebody else coded
    python -m cxdata reply my-story             record what the company says, or take it back
    python -m cxdata history my-story           what was changed, when and by whom
    python -m cxdata companies                  companies whose names are nearly alike
    python -m cxdata rename "AO.com" "AO"       call a company otherwise
    python -m cxdata merge "AO Ltd" "AO.com"    make one company of two
    python -m cxdata ask                        list the questions
    python -m cxdata ask company_scores         ask one
    python -m cxdata ask head_to_head --param job=return_a_laptop --param left=AO.com --param right=Argos
    python -m cxdata export --all --out charts  every chart as a picture
    python -m cxdata verify charts/*.png        whether they are what the data gives
    python -m cxdata backup stories.backup      the whole database into a file
    python -m cxdata restore stories.backup     and back into its place
    python -m cxdata synthesize --stories 1000  made-up stories, labelled so, for benchmarks

    The database is the file in CXDATA_DATABASE, else one in your user data folder.
    """


@main.command("build")
def build_command() -> None:
    """Build the database anew from what ships; what was brought in or changed in the one that is there is kept."""
    path = database_path()
    renewed = migrate(path, anew=True)
    connection = open_database(path)
    library = ask(connection, "library").to_pylist()[0]
    click.echo(
        f"{path}: {format_count(library['story_count'], 'story')},"
        f" {format_count(library['encounter_count'], 'encounter')},"
        f" {format_count(library['event_count'], 'effort event')}"
    )
    if renewed and renewed.stories:
        click.echo(
            f"among them {format_count(renewed.stories, 'story')} in"
            f" {format_count(renewed.batches, 'batch', 'batches')} that were brought in; drafts do not count above"
        )


@main.command("check")
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
def check_command(files: tuple[Path, ...]) -> None:
    """Check story, lessons and second coding files (TOML) against the codebook and each other; nothing is imported.

    Every fault is printed on a line of its own, `file: place: value; the choices`, and the exit code is then 1.
    """
    try:
        library = read_story_files(files, load_codebook())
    except StoryError as error:
        click.echo(str(error), err=True)
        click.echo(f"{format_count(len(error.faults), 'fault')} in {format_count(len(files), 'file')}", err=True)
        sys.exit(1)
    for story in library.stories:
        events = sum(len(encounter.effort) for encounter in story.encounters)
        click.echo(
            f"{story.story}: right; {format_count(len(story.encounters), 'encounter')},"
            f" {format_count(events, 'effort event')}, {format_count(len(story.promises), 'promise')}, {story.status}"
        )
    for taught in library.lessons:
        click.echo(f"{taught.source.id}: right; {format_count(len(taught.lessons), 'lesson')}")
    for coding in library.second_codings:
        found = sum(len(encounter.drivers) for encounter in coding.encounters)
        click.echo(f"{coding.story}, coded again by {coding.coder}: right; {format_count(found, 'driver')} found")


@main.command("ask")
@click.argument("question", required=False)
@click.option("--param", "params", multiple=True, metavar="NAME=VALUE", help="A parameter; repeat a name for a list.")
@click.option(
    "--format",
    "form",
    type=click.Choice(["table", "csv", "json"]),
    default="table",
    show_default=True,
    help="How to print.",
)
def ask_command(question: str | None, params: tuple[str, ...], form: str) -> None:
    """Ask QUESTION of the database; without QUESTION, list them all.

    Parameters that are left out leave their choice open. NULL, what no account says, prints as an empty cell (table and
    csv) or null (json). In csv a cell that a spreadsheet would run begins with an apostrophe.
    """
    if question is None:
        for known in list_questions().values():
            click.echo(f"{known.name:<20} {known.question}")
        return
    table = ask(open_database(), question, _parameters(params))
    if form == "csv":
        from cxdata.export.tables import format_csv  # noqa: PLC0415 - the others need none of it

        click.echo(format_csv(table, "\n"), nl=False)
        return
    rows = table.to_pylist()
    if form == "json":
        click.echo(json.dumps(rows, indent=2, default=str, ensure_ascii=False))
    else:
        click.echo(_format_table(table.column_names, rows))


for command in (
    import_command,
    template_command,
    undo_command,
    sign_off_command,
    reply_command,
    history_command,
    companies_command,
    rename_command,
    merge_command,
    backup_command,
    restore_command,
    export_command,
    verify_command,
    synthesize_command,
):
    main.add_command(command)


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
