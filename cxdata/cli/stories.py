"""The command `check`: validates story files and imports nothing."""

import sys
from pathlib import Path

import click

from cxdata.codebook.codes import load_codebook
from cxdata.errors import StoryError
from cxdata.publish.coverage import describe_story_reading
from cxdata.stories import read_story_files
from cxdata.text.formatting import format_count


@click.command("check")
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
        click.echo(f"  {describe_story_reading(story)}")
    for collection in library.lessons:
        click.echo(f"{collection.source.id}: right; {format_count(len(collection.lessons), 'lesson')}")
    for coding in library.second_codings:
        found = sum(len(encounter.drivers) for encounter in coding.encounters)
        click.echo(f"{coding.story}, coded again by {coding.coder}: right; {format_count(found, 'driver')} found")
