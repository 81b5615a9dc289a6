"""The command `synthesize`."""

from pathlib import Path

import click

from cxdata.cli.options import overwrite_option
from cxdata.codebook.codes import load_codebook
from cxdata.errors import ExportError
from cxdata.ingest.flat_table.synthetic import FORMATS, write_synthetic
from cxdata.text.formatting import format_count


@click.command("synthesize")
@click.option("--stories", type=click.IntRange(1, 10_000_000), required=True, metavar="N", help="How many.")
@click.option(
    "--seed",
    type=click.IntRange(0, 10**12),
    default=1,
    show_default=True,
    metavar="S",
    help="The same seed gives the same bytes; another, other stories.",
)
@click.option(
    "--format",
    "form",
    type=click.Choice(list(FORMATS)),
    default="parquet",
    show_default=True,
    help="How to write it.",
)
@click.option(
    "--out", type=click.Path(path_type=Path, dir_okay=False), help="The file; else synthetic-N-S.FORMAT, here."
)
@overwrite_option
def synthesize_command(stories: int, seed: int, form: str, out: Path | None, overwrite: bool) -> None:
    """Make a labelled set of synthetic stories for benchmarks: of no customer and of no company.

    Parquet and CSV are flat, one row an effort event or an encounter without one; jsonl has one nested story a line.
    Each story says in its title, summary, company and source that it is synthetic.
    """
    path = out or Path(f"synthetic-{stories}-{seed}.{form}")
    if path.exists() and not overwrite:
        raise ExportError(f"{path} is there already; name another file, or use --replace")
    lines = write_synthetic(path, stories, seed, form, load_codebook())
    click.echo(
        f"{path}: {format_count(stories, 'synthetic story', 'synthetic stories')} in {format_count(lines, 'row')}"
    )
