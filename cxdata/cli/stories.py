"""The command `check`: validates story files and imports nothing."""

import sys
from pathlib import Path

import click

from cxdata.codebook.codes import load_codebook
from cxdata.errors import StoryError
from cxdata.publish.coverage import describe_story_reading
from cxdata.stories import read_story_files
from cxdata.text.formatting import format_count, join_list


@click.command("check")
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
def check_command(files: tuple[Path, ...]) -> None:
    """Check story files (TOML) without importing them.

    It checks stories, lessons and second codings against the codebook and each other. Each fault is one line with its
    file, place, value and choices. The exit code is 1 if there is a fault.
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
            f"{story.story}: correct. {format_count(len(story.encounters), 'step')},"
            f" {format_count(events, 'effort')}, {format_count(len(story.promises), 'promise')}, {story.status}"
        )
        click.echo(f"  {describe_story_reading(story)}")
    for collection in library.lessons:
        click.echo(f"{collection.source.id}: correct. {format_count(len(collection.lessons), 'lesson')}")
    for coding in library.second_codings:
        found = sum(len(encounter.drivers or ()) for encounter in coding.encounters)
        read = f" {format_count(found, 'effort')} found" if "effort" in coding.read_for else ""
        click.echo(f"{coding.story}, coded again by {coding.coder}: correct.{read}")
        click.echo(f"  read for {join_list(coding.read_for, len(coding.read_for))}")
