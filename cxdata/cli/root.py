"""The command `cxdata` and its list of commands. Errors of this package exit with 1, misuse with 2."""

from typing import Any

import click

from cxdata.cli.database import backup_command, build_command, migrate_command, restore_command
from cxdata.cli.digest import digest_command
from cxdata.cli.editing import (
    companies_command,
    erase_command,
    history_command,
    merge_command,
    note_command,
    rename_command,
    reply_command,
    retain_command,
    sign_off_command,
)
from cxdata.cli.export import export_command, verify_command
from cxdata.cli.ingest import import_command, template_command, undo_command
from cxdata.cli.pack import pack_command
from cxdata.cli.questions import ask_command
from cxdata.cli.serve import serve_command
from cxdata.cli.stories import check_command
from cxdata.cli.synthetic import synthesize_command
from cxdata.errors import CxdataError
from cxdata.version import __version__

SECOND_NAMES = {
    "rebuild": "build",
    "delete-batch": "undo",
    "validate": "check",
    "new-table": "template",
    "synthesise": "synthesize",
    "changelog": "history",
}
"""Other names of commands. They work, and help does not list them."""


GROUPS = {
    "Look": ("serve", "ask", "export", "pack", "digest", "verify"),
    "Import": ("check", "template", "import", "undo", "synthesize"),
    "Edit": ("sign-off", "reply", "note", "history", "companies", "rename", "merge"),
    "Personal data": ("erase", "retain"),
    "Database": ("build", "migrate", "backup", "restore"),
}
"""The commands as help shows them, the most used first."""


class CommandLine(click.Group):
    """Shows commands in groups, prints errors of this package without a traceback, and knows second names."""

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002 - click's own
        """Write the commands in groups, one line each."""
        for group, names in GROUPS.items():
            with formatter.section(group):
                formatter.write_dl([(name, self.commands[name].get_short_help_str(limit=80)) for name in names])

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


@click.group(cls=CommandLine)
@click.version_option(__version__, prog_name="cxdata")
def main() -> None:
    """Customer stories: import them, publish them, and ask questions of them.

    \b
    Examples:
      cxdata serve
      cxdata ask company_scores
      cxdata export effort --out charts

    The database is the file in CXDATA_DATABASE, or else one in your user data folder.
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
    note_command,
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
    pack_command,
    digest_command,
    verify_command,
    synthesize_command,
    serve_command,
):
    main.add_command(command)
