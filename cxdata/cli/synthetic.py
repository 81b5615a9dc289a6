"""The command `synthesize`."""

from pathlib import Path

import click

from cxdata.cli.options import overwrite_option
from cxdata.codebook.codes import load_codebook
from cxdata.errors import ExportError
from cxdata.ingest.flat_table.synthetic import FORMATS, write_synthetic
from cxdata.text.formatting import format_count


@click.command("synthesize")
@click.option(
    "--stories", type=click.IntRange(1, 10_000_000), required=True, metavar="N", help="The number of stories."
)
@click.option(
    "--seed",
    type=click.IntRange(0, 10**12),
    default=1,
    show_default=True,
    metavar="S",
    help="The same seed gives the same stories.",
)
@click.option(
    "--format",
    "form",
    type=click.Choice(list(FORMATS)),
    default="parquet",
    show_default=True,
    help="The format of the file.",
)
@click.option(
    "--out", type=click.Path(path_type=Path, dir_okay=False), help="The file. Default: synthetic-N-S.FORMAT here."
)
@overwrite_option
def synthesize_command(stories: int, seed: int, form: str, out: Path | None, overwrite: bool) -> None:
    """Make synthetic stories for tests and benchmarks.

    They describe no customer and no company, and each says so in its title, summary, company and source. Parquet and
    CSV have one row per effort found, and one per step without effort. JSONL has one story per line.
    """
    path = out or Path(f"synthetic-{stories}-{seed}.{form}")
    if path.exists() and not overwrite:
        raise ExportError(f"{path} is there already. Name another file, or use --overwrite")
    lines = write_synthetic(path, stories, seed, form, load_codebook())
    click.echo(
        f"{path}: {format_count(stories, 'synthetic story', 'synthetic stories')} in {format_count(lines, 'row')}"
    )
