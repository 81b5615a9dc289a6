"""The commands for the database as a whole: `build`, `migrate`, `backup` and `restore`."""

import sys
from pathlib import Path

import click

from cxdata.cli.engine import migrated_engine
from cxdata.cli.options import overwrite_option
from cxdata.errors import DatabaseMissing
from cxdata.questions.ask import ask
from cxdata.settings import Address, Settings, get_settings
from cxdata.store import Engine, data_version, open_engine
from cxdata.text.formatting import format_count


@click.command("backup")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@overwrite_option
def backup_command(file: Path, overwrite: bool) -> None:
    """Write the whole database, as it stands, to FILE; readers and a change go on meanwhile."""
    migrated_engine().back_up(file, overwrite)
    backup = open_engine(Settings(database=Address.parse(str(file))))
    click.echo(f"{file}: {_describe_contents(backup)}")


@click.command("restore")
@click.argument("file", type=click.Path(path_type=Path))
def restore_command(file: Path) -> None:
    """Put the backup FILE in the place of the database, once it is found whole, ours and of this version.

    The database that stood there is kept beside it, and its new name printed. The running dashboard shows what is
    restored with its next page.
    """
    engine = open_engine(get_settings())
    kept = engine.restore(file)
    click.echo(f"{engine.address}: {_describe_contents(engine)}, from {file}")
    if kept:
        click.echo(f"what stood there before is kept: {kept}")


def _describe_contents(engine: Engine) -> str:
    connection = engine.read()
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
    engine = open_engine(get_settings())
    migrated = engine.migrate(rebuild=True)
    connection = engine.read()
    library = ask(connection, "library").to_pylist()[0]
    click.echo(
        f"{engine.address}: {format_count(library['story_count'], 'story')},"
        f" {format_count(library['encounter_count'], 'encounter')},"
        f" {format_count(library['event_count'], 'effort event')}"
    )
    if migrated and migrated.stories:
        click.echo(
            f"among them {format_count(migrated.stories, 'story')} in"
            f" {format_count(migrated.batches, 'batch', 'batches')} that were brought in; drafts do not count above"
        )


@click.command("migrate")
@click.option("--check", is_flag=True, help="Change nothing; exit 1 if there is something to do.")
def migrate_command(check: bool) -> None:
    """Build the database if there is none, and bring one of another version up to date; what people added is kept."""
    engine = open_engine(get_settings())
    if is_current := _is_current(engine):
        click.echo(f"{engine.address}: up to date")
    elif check:
        click.echo(f"{engine.address}: not up to date; run `cxdata migrate`")
    else:
        engine.migrate()
        click.echo(f"{engine.address}: {_describe_contents(engine)}")
    if check and not is_current:
        sys.exit(1)


def _is_current(engine: Engine) -> bool:
    try:
        return engine.version().is_current
    except DatabaseMissing:
        return False
