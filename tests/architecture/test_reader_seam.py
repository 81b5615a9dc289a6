"""The seam of readers: an installed package adds a format, and imports, reports and pages know it."""

import os
import subprocess
import sys
from pathlib import Path
from textwrap import dedent

import pytest

from cxdata.errors import Unavailable
from cxdata.ingest import inspect_files, run_import
from cxdata.ingest.readers import all_readers, find_reader
from cxdata.resources import ROOT
from cxdata.store.duckdb_file import DuckDBFile
from tests.fixtures.databases import look

READER = dedent(
    '''
    """Fixed-width text: the header gives the start of each column."""

    import re
    from itertools import pairwise

    import pyarrow as pa
    import pyarrow.parquet as pq

    from cxdata.ingest.readers.base import TABLE_HELP, Certainty, SourceTable, check_headers, has_suffix


    class FixedWidthReader:
        name, label, suffixes, help, position = "Fixed width", "a table", ("prn",), TABLE_HELP, 9
        is_text, reads_together = True, False

        def detect(self, head, name):
            return Certainty.BY_SUFFIX if has_suffix(self, name) else Certainty.NONE

        def read(self, file, context):
            header, *lines = "".join(file.texts()).splitlines()
            ends = [*(found.start() for found in re.finditer(r"\\S+", header)), None]
            cells = [[line[start:end].strip() or None for start, end in pairwise(ends)] for line in [header, *lines]]
            check_headers(file.name, cells[0], context.limits)
            columns = {SourceTable.cell(place): list(cell) for place, cell in enumerate(zip(*cells[1:], strict=True))}
            path = context.folder / "fixed-width.parquet"
            pq.write_table(pa.table({"row": range(2, len(cells) + 1)} | columns), path)
            yield SourceTable(file.name, tuple(cells[0]), path, len(lines), f"fixed width, {file.encoding_name}")


    READER = FixedWidthReader()
    '''
)
ROWS = (
    {
        "story": "a-late-kettle",
        "title": "A kettle comes late",
        "job": "buy_a_gift",
        "summary": "A kettle comes late.",
        "outcome": "resolved",
        "company": "Invented Kettles",
        "sector": "Retail",
        "step": "1",
        "touchpoint": "phone",
        "encounter_summary": "A call.",
        "started_by": "customer",
    },
    {
        "story": "a-late-kettle",
        "step": "2",
        "touchpoint": "email",
        "encounter_summary": "A mail.",
        "started_by": "company",
    },
)


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder on the path of new processes, with an installed package of one reader."""
    folder = tmp_path / "installed"
    about = folder / "fixed_width-1.0.dist-info"
    about.mkdir(parents=True)
    (folder / "fixed_width.py").write_text(READER, "utf-8")
    (about / "METADATA").write_text("Metadata-Version: 2.1\nName: fixed-width\nVersion: 1.0\n", "utf-8")
    (about / "entry_points.txt").write_text("[cxdata.readers]\nfixed_width = fixed_width:READER\n", "utf-8")
    monkeypatch.setenv("PYTHONPATH", str(folder))
    return folder


@pytest.fixture
def table(tmp_path: Path) -> Path:
    path = tmp_path / "kettles.prn"
    widths = {column: max(len(column), *(len(row.get(column, "")) for row in ROWS)) + 2 for column in ROWS[0]}
    lines = [dict(zip(widths, widths, strict=True)), *ROWS]
    path.write_text("\n".join("".join(line.get(each, "").ljust(widths[each]) for each in widths) for line in lines))
    return path


@pytest.mark.usefixtures("package")
def test_worker_imports_a_format_that_a_package_adds(base: Path, table: Path) -> None:
    report = run_import(DuckDBFile(base), [table], by="me")
    assert [str(fault) for fault in report.faults] == []
    assert (report.stories, report.files[0].read_as, report.files[0].rows) == (1, "fixed width, UTF-8", 2)
    found = look(base, "select step, touchpoint from encounter where story = 'a-late-kettle' order by step")
    assert found == [(1, "phone"), (2, "email")]


@pytest.mark.usefixtures("package")
def test_inspection_shows_a_format_that_a_package_adds(base: Path, table: Path) -> None:
    (found,) = inspect_files(DuckDBFile(base), [table])
    assert (found.read_as, found.rows, found.headers[:2]) == ("fixed width, UTF-8", 2, ("story", "title"))


@pytest.mark.parametrize(
    ("works", "fails"),
    [
        ('"".join(file.texts())', 'file.texts()["kettle"]'),
        ("Certainty.BY_SUFFIX if has_suffix(self, name)", "head.no_such_method() if has_suffix(self, name)"),
    ],
    ids=["read", "detect"],
)
def test_failure_of_a_reader_names_the_file_and_the_reader(
    package: Path, base: Path, table: Path, caplog: pytest.LogCaptureFixture, works: str, fails: str
) -> None:
    assert works in READER
    (package / "fixed_width.py").write_text(READER.replace(works, fails), "utf-8")
    (fault,) = run_import(DuckDBFile(base), [table], by="me").faults
    (found,) = inspect_files(DuckDBFile(base), [table])
    assert fault.file == found.name == "kettles.prn"
    assert fault.why == found.fault
    assert fault.why.startswith("cannot be read: the reader Fixed width failed with ")
    assert f'{package / "fixed_width.py"}", line ' in caplog.text, "the log has the traceback"


def test_reader_that_cannot_be_loaded_is_named(package: Path, base: Path, table: Path) -> None:
    (package / "fixed_width.py").write_text("import no_such_package", "utf-8")
    with pytest.raises(Unavailable, match=r"the reader fixed_width \(fixed_width:READER\) cannot be loaded: No module"):
        run_import(DuckDBFile(base), [table], by="me")


def test_add_page_lists_a_format_that_a_package_adds(package: Path) -> None:
    code = "from pages.add.formats import list_formats; print(list_formats())"
    environment = os.environ | {"PYTHONPATH": os.pathsep.join([str(ROOT), str(package)])}
    page = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=True)
    assert "<b>CSV, Parquet, Excel or Fixed width with our columns</b>" in page.stdout


def test_bytes_win_over_a_suffix() -> None:
    assert find_reader(b"PAR1 and more", "stories.csv").name == "Parquet"
    assert find_reader(b"story,title", "stories.parquet").name == "CSV"
    assert find_reader(b'story = "a"', "A.TOML").name == "TOML"


def test_readme_names_every_format() -> None:
    text = (ROOT / "README.md").read_text("utf-8")
    assert [reader.name for reader in all_readers() if reader.name not in text] == []
