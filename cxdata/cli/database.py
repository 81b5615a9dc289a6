"""The commands for the database as a whole: `build`, `backup` and `restore`."""

from pathlib import Path

import click

from cxdata.cli.options import overwrite_option
from cxdata.questions.ask import ask
from cxdata.settings import database_path
from cxdata.store import data_version, open_database
from cxdata.store.backup import back_up, restore
from cxdata.store.migrate.migration import migrate
from cxdata.text.formatting import format_count


@click.command("backup")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@overwrite_option
def backup_command(file: Path, overwrite: bool) -> None:
    """Write the whole database, as it stands, to FILE; readers and a change go on meanwhile."""
    back_up(database_path(), file, overwrite)
    click.echo(f"{file}: {_describe_contents(file)}")


@click.command("restore")
@click.argument("file", type=click.Path(path_type=Path))
def restore_command(file: Path) -> None:
    """Put the backup FILE in the place of the database, once it is found whole, ours and of this version.

    The database that stood there is kept beside it, and its new name printed. The running dashboard shows what is
    restored with its next page.
    """
    path = database_path()
    kept = restore(path, file)
    click.echo(f"{path}: {_describe_contents(path)}, from {file}")
    if kept:
        click.echo(f"what stood there before is kept: {kept}")


def _describe_contents(path: Path) -> str:
    connection = open_database(path)
    library = ask(connection, "library").to_pylist()[0]
    contents = (
        f"{format_count(library['all_stories'], 'published story', 'published stories')}, data"
        f" {data_version(connection)}"
    )
    connection.close()
    return contents


@click.command("build")
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
