"""The commands `export` and `verify`. They load the drawing code when they run: other commands need none of it."""

import sys
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from cxdata.cli.engine import migrated_engine
from cxdata.cli.options import RespelledOption, kind_option
from cxdata.export.picture.presets import PRESETS

if TYPE_CHECKING:
    from cxdata.export.bulk_export import ExportTask


@click.command("export")
@click.argument("charts", nargs=-1, metavar="[CHART]...")
@click.option("--all", "is_all", is_flag=True, help="Export every chart.")
@click.option(
    "--preset",
    "presets",
    multiple=True,
    default=["blog"],
    show_default=True,
    help=f"{', '.join(PRESETS)}, or a size such as 900x500. Repeat for more.",
)
@click.option(
    "--format",
    "forms",
    multiple=True,
    default=["png"],
    show_default=True,
    help="png, svg, pdf, html, json (Vega-Lite), csv, xlsx or zip (all of it). Repeat for more.",
)
@click.option(
    "--param",
    "choices",
    cls=RespelledOption,
    formerly="--choice",
    multiple=True,
    metavar="NAME=VALUE",
    help="A choice. Repeat a name for a list.",
)
@kind_option
@click.option("--scale", default="2", show_default=True, help="Size of a PNG: 1, 2 or 3 times its preset.")
@click.option("--out", type=click.Path(path_type=Path), default=".", help="The folder to write to.")
@click.option("--overwrite", is_flag=True, help="Replace files of the same name that differ.")
def export_command(
    charts: Sequence[str],
    is_all: bool,
    presets: Sequence[str],
    forms: Sequence[str],
    choices: Sequence[str],
    kind: str | None,
    scale: str,
    out: Path,
    overwrite: bool,
) -> None:
    """Write charts as pictures, pages or data files.

    Name each CHART, or use --all. Choices are the same as in an address. A parameter of the question chooses stories,
    as in companies=Argos or story=ao-laptop. Others set the look: look=dark, headline=..., highlight=Argos,
    language=de. The same choices give the same names and bytes. A chart shows one kind of story unless you say
    --kind all.

    With --all, the 100 stories with the most effort get a journey each. One head to head shows the pair that differs
    most. A choice goes to the charts that take it. A file of the same name with other content is kept. A message says
    so, and the exit code is 1.
    """
    from cxdata.charts import CHARTS  # noqa: PLC0415
    from cxdata.export.bulk_export import list_tasks, read_choices, write_task  # noqa: PLC0415

    if bool(charts) == is_all:
        raise click.UsageError(f"name a chart, or use --all. The charts are: {', '.join(CHARTS)}")
    engine = migrated_engine()
    connection = engine.read()
    given = read_choices(choices, kind) | {"scale": [scale]}
    done: Counter[str] = Counter()
    lines: list[str] = []
    written: list[Path] = []
    due = list_tasks(connection, charts, given, presets, forms)
    try:
        with click.progressbar(due, label="Exporting", file=sys.stderr, item_show_func=_describe_task) as bar:
            for task in bar:
                outcome, line, path = write_task(connection, task, out, overwrite, skip_empty=is_all)
                done[outcome] += 1
                lines.append(line)
                written += [path] if path else []
    finally:
        engine.remember_copies(written)
        # an error does not hide the files written before it
        click.echo("".join(f"{line}\n" for line in lines), nl=False)
    click.echo(", ".join(f"{number} {outcome}" for outcome, number in done.items()), err=True)
    if done["kept"]:
        sys.exit(1)


@click.command("verify")
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
def verify_command(files: tuple[Path, ...]) -> None:
    """Check whether exported files match this database.

    A file is the same byte for byte, the same picture saved again, or altered. It may also be damaged, unknown,
    or from other data or another version. Words of a writer are named and not checked. The exit code is 0 if every
    file is the same byte for byte, else 1.
    """
    from cxdata.export.origin.verification import verify_file  # noqa: PLC0415

    connection = migrated_engine().read()
    is_same = True
    for path in files:
        verdict = verify_file(connection, path)
        is_same = is_same and verdict.is_same
        click.echo(f"{path}: {verdict.kind}: {verdict.text}")
    if not is_same:
        sys.exit(1)


def _describe_task(task: "ExportTask | None") -> str:
    return f"{task.view.chart} {task.form}" if task else ""
