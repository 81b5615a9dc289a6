"""The commands that import stories: `import`, `undo`, and `template` for the project's own table."""

import csv
import getpass
import re
import shlex
import sys
from pathlib import Path

import click

from cxdata.cli.engine import migrated_engine
from cxdata.cli.options import RespelledOption, by_option
from cxdata.editing.batches import delete_batch, list_batches
from cxdata.ingest import ImportReport, run_import
from cxdata.ingest.flat_table.template import write_template
from cxdata.ingest.mapping.changes import MappingChanges
from cxdata.ingest.mapping.model import DATE_CHOICES
from cxdata.ingest.reading import ReadOptions
from cxdata.ingest.values.days import DAY_READINGS, LEAVE_EMPTY
from cxdata.ingest.values.numbers import UNIT_CHOICES, read_scale
from cxdata.publish.coverage import format_effort_coverage
from cxdata.text.formatting import format_count

MAX_SHOWN = 20  # faults printed; the fault file has all of them


@click.command("import")
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option(
    "--mapping", metavar="M", help="The name of a mapping (cfpb, reviews) or its file. Default: the one that fits."
)
@click.option(
    "--dates",
    cls=RespelledOption,
    formerly="--date-order",
    multiple=True,
    type=click.Choice(DATE_CHOICES),
    help="How to read dates that can be read in several ways, and whether to import rows without a faulty one.",
)
@click.option("--company", metavar="NAME", help="The company of every row. {file} is the name of the file.")
@click.option(
    "--only", multiple=True, metavar="COLUMN=WORD", help="Import only rows with this word. Repeat it for more."
)
@click.option("--every-row", is_flag=True, help="Make every row a story of its own, also where ids repeat.")
@click.option("--ces-scale", metavar="LOW-HIGH", help="The scale of the customer effort score, if it is not 1-7.")
@click.option("--ces-easy", type=click.Choice(["high", "low"]), help="Whether a high or a low score means easy.")
@click.option("--unit", type=click.Choice(UNIT_CHOICES), help="The unit of durations that have none. Default: minutes.")
@click.option("--as-account", is_flag=True, help="Read each file as one story, in the customer's own words.")
@click.option("--sheet", metavar="NAME", help="The sheet of a workbook. Default: the only one with a table.")
@click.option("--header", metavar="ROW", help="The row that names the columns, from 1, or none. Default: found.")
@click.option(
    "--separator", metavar="MARK", help="The mark between cells, or tab. Default: the one that fits most rows."
)
@click.option("--encoding", metavar="NAME", help="The encoding of text, such as windows-1251. Default: by its bytes.")
@click.option("--status", type=click.Choice(["draft", "reviewed", "published"]), help="The status of every story.")
@click.option("--redact", is_flag=True, help="Replace e-mail addresses, phone numbers and card numbers in texts.")
@click.option("--dry-run", is_flag=True, help="Show what would happen, and change nothing.")
@click.option(
    "--on-fault",
    cls=RespelledOption,
    formerly="--on-error",
    type=click.Choice(["stop", "skip"]),
    default="stop",
    show_default=True,
    help="stop: import nothing. skip: import the good rows, and write the others to a file here.",
)
@click.option(
    "--batch",
    "name",
    cls=RespelledOption,
    formerly="--as",
    metavar="BATCH",
    help="A name for the batch. Default: the day and a hash of the files.",
)
@click.option(
    "--by", default=getpass.getuser, metavar="NAME", help="Who imports it. Default: the user who is logged in."
)
def import_command(
    files: tuple[Path, ...],
    mapping: str | None,
    dates: tuple[str, ...],
    company: str | None,
    only: tuple[str, ...],
    every_row: bool,
    ces_scale: str | None,
    ces_easy: str | None,
    unit: str | None,
    as_account: bool,
    sheet: str | None,
    header: str | None,
    separator: str | None,
    encoding: str | None,
    status: str | None,
    redact: bool,
    dry_run: bool,
    on_fault: str,
    name: str | None,
    by: str,
) -> None:
    """Import stories as one batch.

    FILES are story files (TOML), JSONL with one story per line, or tables (CSV, Excel, JSON, Parquet). A Word document,
    an e-mail or a web page is one story. A table has our own columns (see `template`), or a mapping says what its
    columns mean. All stories are imported or none, unless you say `--on-fault skip`. A story that is there already is
    skipped. `undo BATCH` deletes the batch.
    """
    engine = migrated_engine()
    with _ProgressBar() as bar:
        report = run_import(
            engine,
            files,
            by=by,
            batch=name,
            mapping=mapping,
            order=next((each for each in DAY_READINGS if each in dates), None),
            leave_days=LEAVE_EMPTY in dates,
            changes=MappingChanges(
                company,
                _read_filter(only),
                every_row,
                _read_scale(ces_scale, ces_easy),
                ces_easy,  # type: ignore[arg-type]  # click checks the words
                unit,
            ),
            status=status,  # type: ignore[arg-type]
            on_fault=on_fault,  # type: ignore[arg-type]
            dry_run=dry_run,
            redact=redact,
            reading=ReadOptions(encoding, separator, _header_row(header), sheet, as_account),
            progress=bar.show,
            # a batch name may hold a path separator
            keep=Path.cwd() / re.sub(r"[^\w.-]+", "-", f"faults-{name or files[0].stem}"),
        )
    engine.remember_copies(Path(path) for path in report.file_names.values())
    _print_report(report, on_fault)
    if report.is_refused:
        sys.exit(1)


def _read_filter(only: tuple[str, ...]) -> tuple[tuple[str, tuple[str, ...]], ...]:
    words: dict[str, list[str]] = {}
    for each in only:
        column, mark, word = each.partition("=")
        if not (mark and column.strip()):
            raise click.BadParameter("write COLUMN=WORD", param_hint="--only")
        words.setdefault(column.strip(), []).append(word.strip())
    return tuple((column, tuple(each)) for column, each in words.items())


def _read_scale(scale: str | None, easy: str | None) -> tuple[float, float] | None:
    if scale is None:
        return (1, 7) if easy else None
    if easy is None:
        raise click.UsageError("Say also which end of the scale is easy: --ces-easy high or --ces-easy low")
    try:
        return read_scale(scale)
    except ValueError as error:
        raise click.BadParameter(str(error), param_hint="--ces-scale") from None


def _header_row(header: str | None) -> int | None:
    if header is None:
        return None
    if header.strip().lower() == "none":
        return 0
    if not header.strip().isdigit():
        raise click.BadParameter("give the number of a row, or none", param_hint="--header")
    return int(header)


@click.command("template")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
def template_command(file: Path) -> None:
    """Write a table (CSV) to fill in, with one example story."""
    with file.open("x", encoding="utf-8-sig", newline="") as written:
        csv.writer(written).writerows(write_template())
    click.echo(f"{file}: one row per effort found, or per step without effort. The README explains the columns")


@click.command("undo")
@click.argument("batch", required=False)
@by_option
def undo_command(batch: str | None, by: str) -> None:
    """List the import batches, or delete BATCH.

    Without BATCH it lists the batches. With BATCH it deletes all stories of that import.
    """
    if batch is None:
        for row in list_batches(migrated_engine().read()):
            origin = f"{row['imported_at']:%Y-%m-%d %H:%M} UTC by {row['imported_by']}, {row['file']}"
            click.echo(f"{row['batch']:<24} {format_count(row['rows'], 'story')}, {origin}")
        return
    deleted = delete_batch(migrated_engine(), batch, by)
    click.echo(f"batch {batch} is deleted: {format_count(len(deleted), 'story')}")


def _print_report(report: ImportReport, on_fault: str) -> None:
    for file in report.files:
        counts = [f"{format_count(file.rows, 'row')} ({file.read_as})", f"{format_count(file.stories, 'new story')}"]
        counts += [f"{file.known:,} there already"] * bool(file.known)
        counts += [f"{format_count(file.duplicate_rows, 'row')} found twice"] * bool(file.duplicate_rows)
        counts += [f"{format_count(file.left_out, 'story')} left out"] * bool(file.left_out)
        counts += [f"{format_count(file.faults, 'fault')}"] * bool(file.faults)
        click.echo(f"{file.name}: {', '.join(counts)}")
        for note in file.notes:
            click.echo(f"  {note}")
        if file.unused:
            click.echo(f"  not used: {', '.join(file.unused)}")
    if report.personal_data:
        advice = " Import with --redact to replace them." if report.holds_personal_data else ""
        click.echo(f"{report.personal_data}{advice}", err=True)
    for note in report.notes[:MAX_SHOWN]:
        click.echo(note, err=True)
    if len(report.notes) > MAX_SHOWN:
        click.echo(f"and {len(report.notes) - MAX_SHOWN:,} more. `companies` lists them all", err=True)
    for fault in report.faults[:MAX_SHOWN]:
        click.echo(str(fault), err=True)
    if report.fault_kinds > MAX_SHOWN:
        click.echo(f"and {format_count(report.fault_kinds - MAX_SHOWN, 'more kind', 'more kinds')} of fault", err=True)
    for what, path in report.file_names.items():
        click.echo(f"{what}: {path}", err=True)
    if report.stories:
        click.echo(format_effort_coverage(*report.effort_counts))
    click.echo(_describe_outcome(report, on_fault), err=report.is_refused)


def _describe_outcome(report: ImportReport, on_fault: str) -> str:
    if report.is_refused:
        more = "" if on_fault == "skip" else ". Use --on-fault skip to import the good rows"
        return f"{format_count(report.fault_count, 'fault')}. Nothing was imported{more}."
    if report.batch is None:
        return "Nothing new."
    would = "would be" if report.dry_run else "is" if report.stories == 1 else "are"
    drafts = (
        f" {format_count(report.drafts, 'story is a draft', 'stories are drafts')} and on no page yet. Somebody who did"
        f" not code them can publish them: `cxdata sign-off {shlex.quote(report.batch)} --status published`."
        if report.drafts and not report.dry_run
        else ""
    )
    return (
        f"{format_count(report.stories, 'story')} of {format_count(report.companies, 'new company')} {would} imported"
        f" as batch {report.batch}.{drafts}"
    )


class _ProgressBar:
    """Shows progress on a terminal, and nothing elsewhere."""

    def __init__(self) -> None:
        self._doing, self._watched = "", sys.stderr.isatty()

    def __enter__(self) -> "_ProgressBar":
        return self

    def __exit__(self, *_: object) -> None:
        if self._watched and self._doing:
            click.echo("\r\033[K", nl=False, err=True)

    def show(self, doing: str, done: int, total: int) -> None:
        """Redraw the bar."""
        self._doing = doing
        if self._watched:
            share = f"{'#' * int(30 * done / total):<30} {100 * done / total:3.0f}%" if total and done else ""
            click.echo(f"\r\033[K{doing} {share}", nl=False, err=True)
