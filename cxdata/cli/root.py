"""The command `cxdata` and its list of commands. Errors of this package exit with 1, misuse with 2."""

from typing import Any

import click

from cxdata import __version__
from cxdata.cli.database import backup_command, build_command, migrate_command, restore_command
from cxdata.cli.editing import (
    companies_command,
    erase_command,
    history_command,
    merge_command,
    rename_command,
    reply_command,
    retain_command,
    sign_off_command,
)
from cxdata.cli.export import export_command, verify_command
from cxdata.cli.ingest import import_command, template_command, undo_command
from cxdata.cli.questions import ask_command
from cxdata.cli.serve import serve_command
from cxdata.cli.stories import check_command
from cxdata.cli.synthetic import synthesize_command
from cxdata.errors import CxdataError

SECOND_NAMES = {
    "rebuild": "build",
    "delete-batch": "undo",
    "validate": "check",
    "new-table": "template",
    "synthesise": "synthesize",
    "changelog": "history",
}
"""Other names of commands. They work, and help does not list them."""


class ErrorGroup(click.Group):
    """Prints errors of this package without a traceback, and finds commands by their second names."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command; exit with 1 on an error of this package."""
        try:
            return super().invoke(ctx)
        except CxdataError as error:
            click.echo(str(error), err=True)
            ctx.exit(1)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Find a command by its first or its second name."""
        return super().get_command(ctx, SECOND_NAMES.get(cmd_name, cmd_name))


@click.group(cls=ErrorGroup)
@click.version_option(__version__, prog_name="cxdata")
def main() -> None:
    """Customer stories: check them, put them into a database, ask questions of it.

    \b
    cxdata build                      build the database from the shipped stories
    cxdata migrate                    bring the database of another version up to date
    cxdata check my-story.toml        every fault of a story file at once
    cxdata import my-story.toml       bring stories in as a batch: TOML, JSONL, CSV, Parquet
    cxdata template my-stories.csv    a table to fill in and import
    cxdata undo                       list the batches; with a name, take that one out whole
    cxdata sign-off my-story --status published   publish what somebody else coded
    cxdata reply my-story             record what the company says, or take it back
    cxdata history my-story           what was changed, when and by whom
    cxdata erase my-story             delete a story and every word about it
    cxdata retain --months 24         delete or redact customers' words older than that
    cxdata companies                  companies whose names are nearly alike
    cxdata rename "AO.com" "AO"       call a company otherwise
    cxdata merge "AO Ltd" "AO.com"    make one company of two
    cxdata serve                      start the dashboard
    cxdata ask                        list the questions
    cxdata ask company_scores         ask one
    cxdata ask head_to_head --param job=return_a_laptop --param left=AO.com --param right=Argos
    cxdata export --all --out charts  every chart as a picture
    cxdata verify charts/*.png        whether they are what the data gives
    cxdata backup stories.backup      the whole database into a file
    cxdata restore stories.backup     and back into its place
    cxdata synthesize --stories 1000  made-up stories, labelled so, for benchmarks

    The database is the file in CXDATA_DATABASE, else one in your user data folder.
    """  # noqa: D301 - click reads the character that \b stands for


for command in (
    build_command,
    migrate_command,
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
    erase_command,
    retain_command,
    backup_command,
    restore_command,
    export_command,
    verify_command,
    synthesize_command,
    serve_command,
):
    main.add_command(command)
