"""Hostile text in cells, headers, file names and mappings stays text; nothing runs it."""

import csv
import gzip
import os
import shutil
import subprocess
import sys
import threading
import time
from dataclasses import replace
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import tomli_w
from click.testing import CliRunner

from cxdata.cli.root import main
from cxdata.errors import StoryError
from cxdata.ingest import run_import, sandbox
from cxdata.ingest.limits import COMMAND_LINE, Limits
from cxdata.store.duckdb_file import DuckDBFile
from cxdata.store.file_swap import DRAFT
from cxdata.stories import Library
from cxdata.text.spreadsheet import FORMULA_STARTS
from tests.fixtures.databases import answer, look
from tests.fixtures.imports import brought, problems, table, told_rows

SQL = "'; drop table story; -- \"; select $x {0} %s"
SCRIPT = "<script>alert(1)</script> [x](javascript:alert(1)) "
RUN = "=cmd|'/c calc'!A0"
TEXTS = ("title", "company", "sector", "coder", "notes", "summary", "account", "source_title", "source_author",
         "source_kind", "short", "encounter_summary", "locator", "evidence", "effort_locator")  # fmt: skip


@pytest.fixture
def row(library: Library) -> dict[str, Any]:
    """A story of one encounter with an effort, with its own source and company."""
    found = next(row for row in told_rows(*library.stories) if row["title"] and row["driver"])
    return found | {
        "story": "hostile",
        "source": "hostile",
        "source_url": None,
        "company": "Hostile",
        "status": "published",
    }


def test_formulas_are_escaped_in_every_csv_output(
    base: Path, tmp_path: Path, row: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    hostile = row | {name: f"{RUN} {name}"[:40] for name in TEXTS}
    faulty = hostile | {"story": "=faulty()", "touchpoint": "@SUM(1)", "driver": "+1+cmd", "job": "\t=1"}
    report = brought(base, table(tmp_path / "=x.csv", [hostile, faulty]), on_fault="skip")
    assert (report.stories, len(report.faults)) == (1, 4)
    written = [Path(path).read_text("utf-8-sig") for path in report.file_names.values()]
    assert len(written) == 2
    monkeypatch.setenv("CXDATA_DATABASE", str(base))
    for asked in (
        ["ask", "story_scores"],
        ["ask", "company_scores"],
        ["ask", "encounters", "--param", "story=hostile"],
    ):
        result = CliRunner().invoke(main, [*asked, "--format", "csv"], catch_exceptions=False)
        assert RUN in result.stdout or "encounters" in asked
        written.append(result.stdout)
    out = tmp_path / "out"
    CliRunner().invoke(main, ["export", "--all", "--format", "csv", "--out", str(out)], catch_exceptions=False)
    written += [path.read_text("utf-8-sig") for path in out.glob("*.csv")]
    assert len(written) > 5
    cells = [
        cell
        for text in written
        for line in csv.reader(text.splitlines())
        for cell in line
        if "cmd" in cell or "SUM" in cell
    ]
    assert cells
    assert [cell for cell in cells if cell.startswith(FORMULA_STARTS)] == []


def test_html_and_sql_in_cells_are_stored_as_text(base: Path, tmp_path: Path, row: dict[str, Any]) -> None:
    words = {name: f"{(SCRIPT, SQL)[number % 2]}{number}"[:80] for number, name in enumerate(TEXTS)}
    words |= {"short": SQL[:40], "sector": SCRIPT[:60].strip()}
    tables = look(base, "from (show tables) order by all")
    path = table(tmp_path / 'it\'s "1"; drop table story; --\n.csv', [row | words])
    report = brought(base, path, by=SQL, batch=SQL[:30])
    assert (report.stories, report.faults) == (1, ())
    assert look(base, "select title, notes, company, coder from story where story = 'hostile'") == [
        tuple(words[name].strip() for name in ("title", "notes", "company", "coder"))
    ]
    assert look(base, "select words from account") == [(words["account"].strip(),)]
    assert look(base, "from (show tables) order by all") == tables


def test_hostile_headers_are_reported_as_unused(base: Path, tmp_path: Path, row: dict[str, Any]) -> None:
    odd = {
        '"; drop table story; --': "1",
        "c0": "2",
        "row": "3",
        "file_row_number": "4",
        "' or 1=1": "5",
        SCRIPT: "6",
        RUN: "7",
    }
    path = table(tmp_path / "odd.csv", [row | odd])
    report = brought(base, path, status="draft")
    assert (report.stories, report.faults, report.files[0].unused) == (1, (), tuple(odd))
    del odd["file_row_number"]
    told = {name: [value] for name, value in (row | odd | {"story": "second", "title": "Second"}).items()}
    pq.write_table(pa.table(told), tmp_path / "odd.parquet")
    report = brought(base, tmp_path / "odd.parquet", status="draft")
    assert (report.added, report.faults, report.files[0].unused) == (("second",), (), tuple(odd))


def test_html_and_sql_in_a_mapping_are_stored_as_text(base: Path, tmp_path: Path) -> None:
    fields = {"touchpoint": "phone", "encounter_summary": SQL, "started_by": "customer"}
    told = {
        "title": SQL,
        "prefix": "mine",
        "id": ["a\"'; --"],
        "story": {
            name: {"value": value} for name, value in (("summary", "S."), ("job", "buy_a_laptop"), ("company", SQL))
        }
        | {"outcome": {"value": "resolved"}, "title": {"text": [f"{SQL[:30]} ", "{x'; --}"]}}
        | {"sector": {"column": "x'; --", "values": {"it's": SQL[:30]}}},
        "encounter": [{"fields": {name: {"value": value} for name, value in fields.items()}}],
    }
    mapping = tmp_path / "mine.toml"
    mapping.write_text(tomli_w.dumps(told), "utf-8")
    path = table(tmp_path / "theirs.csv", [{"a\"'; --": "1", "x'; --": "it's"}])
    report = brought(base, path, mapping=str(mapping))
    assert (report.added, report.faults) == (("mine-1",), ())
    found = look(
        base,
        "select company, sector, title, coder from story inner join company using (company) where story = 'mine-1'",
    )
    assert found == [(SQL, SQL[:30], f"{SQL[:30]} it's", "me")]  # the importer is the coder of a mapping


def test_faults_are_capped_and_counted(base: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("cxdata.ingest.pipeline.COMMAND_LINE", replace(COMMAND_LINE, faults=1000))
    path = tmp_path / "ragged.csv"
    path.write_text("story,title,job,summary\n" + "a,b\n" * 200_000, "utf-8")
    report = brought(base, path)
    assert (report.fault_count, report.fault_kinds, report.files[0].rows) == (200_000, 1, 200_000)
    assert [fault.rows for fault in report.faults] == ["row 2 and at least 999 more"]
    with Path(report.file_names["faults"]).open(encoding="utf-8-sig") as file:
        assert len(list(csv.reader(file))) == 1001


def test_import_follows_links_and_refuses_pipes_and_devices(base: Path, tmp_path: Path, row: dict[str, Any]) -> None:
    path = table(tmp_path / "plain.csv", [row])
    link = tmp_path / "..%2f; link.csv"
    link.symlink_to(path)
    assert brought(base, link, dry_run=True).stories == 1
    os.mkfifo(tmp_path / "pipe.csv")
    (tmp_path / "loop.csv").symlink_to(tmp_path / "loop.csv")
    (tmp_path / "zero.csv").symlink_to("/dev/zero")
    for name, why in (("pipe.csv", "is not a file"), ("zero.csv", "is not a file"), ("..", "is not a file"),
                      ("loop.csv", "cannot be read"), ("none.csv", "cannot be read: No such file")):  # fmt: skip
        with pytest.raises(StoryError, match=why):
            brought(base, tmp_path / name)


def test_gzip_bomb_is_refused_while_readers_continue(base: Path, tmp_path: Path) -> None:
    bomb = tmp_path / "bomb.csv.gz"
    bomb.write_bytes(gzip.compress(b"0" * 100_000_000) * 30)
    before, folder = base.read_bytes(), sorted(base.parent.iterdir())
    answers: list[int] = []
    ended = threading.Event()

    def read() -> None:
        while not ended.is_set():
            answers.append(len(answer(base, "story_scores")))

    reader = threading.Thread(target=read)
    reader.start()
    started = time.monotonic()
    try:
        report = run_import(DuckDBFile(base), [bomb], by="me", upload=True)
    finally:
        ended.set()
        reader.join()
    assert report.is_refused
    assert problems(report)[0].startswith("unpacks to more than ")
    assert time.monotonic() - started < 30  # two or three seconds on an idle machine
    assert set(answers) == {8}
    assert base.read_bytes() == before
    # the lock, and the audit log with the import that was refused
    assert set(base.parent.iterdir()) - set(folder) <= {Path(f"{base}.lock"), Path(f"{base}.access")}
    assert not list(base.parent.glob(f"{DRAFT}*"))


@pytest.mark.parametrize(
    ("limits", "why"),
    [
        (Limits(memory=300_000_000), "needs more memory than an import may use"),
        (Limits(seconds=1), "took longer than 1 s"),
    ],
)
def test_worker_over_its_memory_or_time_limit_is_reported(
    base: Path, tmp_path: Path, row: dict[str, Any], limits: Limits, why: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    slow = "import time; time.sleep(3); " if limits.seconds == 1 else ""  # exceeds the limit on any machine
    code = f"{slow}from cxdata.ingest import limits, worker; worker.COMMAND_LINE = limits.{limits!r}; worker.main()"
    real = subprocess.Popen
    monkeypatch.setattr(sandbox.subprocess, "Popen", lambda _, **how: real([sys.executable, "-c", code], **how))
    monkeypatch.setattr(sandbox, "COMMAND_LINE", limits)
    rows = [row | {"story": f"hostile-{n}", "account": f"{n}" * 9000} for n in range(1_000)]
    before = base.read_bytes()
    report = run_import(DuckDBFile(base), [table(tmp_path / "large.csv", rows)], by="me", status="draft")
    assert report.is_refused
    # a process without memory may die before it reports the reason
    told = (why, "its reader ended with") if limits.memory < 1e9 else (why,)
    assert [any(each in problem for each in told) for problem in problems(report)] == [True], problems(report)
    assert base.read_bytes() == before
    shutil.rmtree(base.parent)
