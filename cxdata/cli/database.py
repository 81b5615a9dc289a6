"""The commands for the database as a whole: `build`, `migrate`, `backup` and `restore`."""

import getpass
import sys
from pathlib import Path

import click

from cxdata.access.audit_log import record
from cxdata.access.backups import add_records, check_records, copy_records
from cxdata.access.roles import Action
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
    """Write the whole database to FILE, and its audit log.

    The log goes to the folder FILE.access: keep the two together. Readers and editors can go on meanwhile.
    """
    engine = migrated_engine()
    with record(engine, getpass.getuser(), Action.BACK_UP, file.name):
        engine.back_up(file, overwrite)
    backup = _open_backup(file)
    # after the database, so that the log has every change in it
    if log := copy_records(engine, backup):
        engine.remember_copies([log])
    click.echo(f"{file}: {_describe_contents(backup)}")


@click.command("restore")
@click.argument("file", type=click.Path(path_type=Path))
def restore_command(file: Path) -> None:
    """Replace the database by the backup FILE.

    The backup is checked first: it must be whole, written by this program, and of this version. The present database is
    kept beside it under a new name, which is printed. The running dashboard follows with its next page.

    The audit log of the backup is added to the one that is there. Nothing in that one is taken back.
    """
    engine = open_engine(get_settings())
    backup = _open_backup(file)
    with record(engine, getpass.getuser(), Action.RESTORE, file.name):
        check_records(backup)
        kept = engine.restore(file)
        added = add_records(engine, backup)
    click.echo(f"{engine.address}: {_describe_contents(engine)}, from {file}")
    if added:
        click.echo(f"{format_count(added, 'entry', 'entries')} of its audit log added")
    if kept:
        click.echo(f"the database from before is kept: {kept}")


def _open_backup(file: Path) -> Engine:
    return open_engine(Settings(database=Address.parse(str(file))))


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
    """Build the database again from the shipped stories.

    Stories that you imported and changes that you made are kept.
    """
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
            f" {format_count(migrated.batches, 'batch', 'batches')} that were imported. Drafts are not counted above"
        )


@click.command("migrate")
@click.option("--check", is_flag=True, help="Change nothing. Exit with 1 if there is something to do.")
def migrate_command(check: bool) -> None:
    """Bring the database up to date with this version.

    It builds the database if there is none. What people added is kept.
    """
    engine = open_engine(get_settings())
    if is_current := _is_current(engine):
        click.echo(f"{engine.address}: up to date")
    elif check:
        click.echo(f"{engine.address}: not up to date: run `cxdata migrate`")
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
