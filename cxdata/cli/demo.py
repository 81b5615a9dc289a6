"""The database of `serve --demo`: synthetic stories alone, in a file of its own."""

import tempfile
from pathlib import Path

import click

from cxdata.codebook.codes import load_codebook
from cxdata.errors import DatabaseError
from cxdata.ingest import run_import
from cxdata.ingest.flat_table.synthetic import write_synthetic
from cxdata.settings import get_settings
from cxdata.store.build import write_database
from cxdata.store.duckdb_file import DuckDBFile
from cxdata.store.version import schema_version, shipped_version
from cxdata.stories import Library

STORIES, SEED = 2_000, 1
BY = "cxdata serve --demo"


def find_demo() -> Path:
    """Return the database of the demo, beside that of the settings; the first call of a version builds it."""
    folder = get_settings().address.path.parent
    path = folder / f"demo-{shipped_version()}-{schema_version()}.duckdb"
    if not path.exists():
        click.echo(f"making {STORIES:,} synthetic stories for the demo, once ...")
        _build(path)
        for old in set(folder.glob("demo-*.duckdb")) - {path}:
            old.unlink(missing_ok=True)
    return path


def _build(path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=path.parent, prefix=".demo-") as folder:
        draft, stories = Path(folder) / "draft.duckdb", Path(folder) / "stories.parquet"
        write_database(draft, Library(()))
        write_synthetic(stories, STORIES, SEED, "parquet", load_codebook())
        report = run_import(DuckDBFile(draft), [stories], by=BY, status="published")
        if report.is_refused:
            raise DatabaseError(f"the demo cannot be built: {report.faults[0].why}")
        draft.replace(path)
