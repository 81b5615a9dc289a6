"""The command line. Errors of this package go to stderr and exit 1; misuse exits 2."""

from typing import Any

import click

from cxdata import __version__
from cxdata.cli.database import backup_command, build_command, restore_command
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
from cxdata.cli.questions import ask_command
from cxdata.cli.stories import check_command
from cxdata.cli.synthetic import synthesize_command
from cxdata.errors import CxdataError


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


for command in (
    build_command,
    check_command,
    ask_command,
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
