"""Hostile files are refused with a reason or made harmless; the database and its folder stay unchanged."""

import gzip
import io
import os
import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from cxdata.export.web import html_page
from cxdata.ingest import run_import
from cxdata.ingest.limits import COMMAND_LINE
from cxdata.store.duckdb_file import DuckDBFile
from cxdata.store.file_swap import DRAFT
from tests.fixtures.imports import problems, refused

HEADER = "story,title,job,summary\n"
SMALL = replace(
    COMMAND_LINE, unpacked=3_000_000, growth_from=2_000_000, line=400_000, story=100_000, columns=500, faults=50
)


def packed(**inside: bytes) -> bytes:
    memory = io.BytesIO()
    with zipfile.ZipFile(memory, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in inside.items():
            archive.writestr(name, content)
    return memory.getvalue()


def parquet(told: dict[str, Any], **how: Any) -> bytes:
    memory = io.BytesIO()
    pq.write_table(pa.table(told), memory, **how)
    return memory.getvalue()


def plain(rows: int = 3) -> dict[str, Any]:
    return {name: [name] * rows for name in ("story", "title", "job", "summary")}


def corrupted(content: bytes, place: int, length: int = 8) -> bytes:
    return content[:place] + b"\xff" * length + content[place + length :]


GOOD = parquet(plain(1000), compression="none", use_dictionary=False)
REFUSED: dict[str, tuple[str, Callable[[], bytes], str]] = {
    "a bomb": ("b.csv.gz", lambda: gzip.compress(b"0" * 5_000_000), "unpacks to more than 2,000,000 bytes"),
    "a large one": ("b.csv.gz", lambda: gzip.compress(os.urandom(3_100_000)), "unpacks to more than 3,000,000 bytes"),
    "half a gzip": (
        "b.csv.gz",
        lambda: gzip.compress(os.urandom(9000))[:5000],
        "cannot be unpacked: Compressed file ended",
    ),
    "a zip bomb": ("b.zip", lambda: packed(a=b"0" * 5_000_000), "unpacks to more than 2,000,000 bytes"),
    "files in a zip": (
        "b.zip",
        lambda: packed(a=b"1", b=b"2"),
        "is an archive of 2 files. Unpack it and import",
    ),
    "a workbook": (
        "b.xlsx",
        lambda: packed(**{"[Content_Types].xml": b"x", "xl/w.xml": b"y"}),
        "cannot be read as a workbook",
    ),
    "half a zip": ("b.zip", lambda: packed(a=b"1" * 999)[:60], "cannot be unpacked: File is not a zip file"),
    "no footer": ("b.parquet", lambda: GOOD[:-30], "cannot be read as Parquet"),
    "a lying footer": ("b.parquet", lambda: corrupted(GOOD, len(GOOD) - 60), "cannot be read as Parquet"),
    "corrupted pages": ("b.parquet", lambda: corrupted(GOOD, 4, 40), "cannot be read as Parquet"),
    "corrupted text": (
        "b.parquet",
        lambda: GOOD.replace(b"summary", b"s\xff\xfemary", 900),
        "cannot be read as Parquet",
    ),
    "columns of lists": (
        "b.parquet",
        lambda: parquet(plain(1) | {"x": [["a", "b"]]}),
        "column 'x' has lists or bytes",
    ),
    "one word for all": (
        "b.parquet",
        lambda: parquet(plain(2000) | {"title": ["x" * 9000] * 2000}),
        "unpacks to 18,030,000 bytes. At most 3,000,000 are",
    ),
    "a huge cell": (
        "b.parquet",
        lambda: parquet(plain(1) | {"title": ["x" * 500_000]}),
        "has a row of 500,015 bytes. At most 400,000 are",
    ),
    "deep JSON": ("b.jsonl", lambda: b"[" * 100_000, "is not JSON: maximum recursion depth exceeded"),
    "a deep story": (
        "b.jsonl",
        lambda: b'{"a":' * 9_000 + b"1" + b"}" * 9_000,
        "row 1: is not JSON: maximum recursion depth exceeded",
    ),
    "a long line": (
        "b.jsonl",
        lambda: b'{"a": "' + b"x" * 2_500_000 + b'"}',
        "line 1 is longer than 100,000 characters",
    ),
    "a long row": (
        "b.csv",
        lambda: bytes(HEADER + "a,b,c," + "x" * 900_000 + "\n", "utf-8"),
        "has a row of more than 400,000 bytes",
    ),
    "a long header": (
        "b.csv",
        lambda: b"x" * 2_000_000 + b"\n1\n",
        "cannot be read as a table: field larger than",
    ),
    "no end of quotes": (
        "b.csv",
        lambda: bytes(HEADER + 'a,"b,c\n' + "d,e\n" * 200_000, "utf-8"),
        "a quotation mark that is never",
    ),
    "columns": (
        "b.csv",
        lambda: b",".join(b"c%d" % n for n in range(100_000)) + b"\n1\n",
        "has 100,000 columns. At most 500 are possible",
    ),
    "bytes": (
        "b.csv",
        lambda: HEADER.encode() + b"a,\x81\x8d,c,d\n",
        "is not UTF-8 (byte 27) and not Windows-1252 (byte 27)",
    ),
    "a script": ("b.toml", lambda: b"#!/bin/sh\nrm -rf /\n", "is not TOML"),
    "a database": ("b.csv", lambda: b"\x10\x20\x30\x00DUCK\x40\x00" * 9, "has a NUL character"),
}


@pytest.mark.parametrize("what", REFUSED)
def test_hostile_file_is_refused_with_a_reason(
    what: str, base: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("cxdata.ingest.pipeline.COMMAND_LINE", SMALL)
    name, make, why = REFUSED[what]
    path = tmp_path / name
    path.write_bytes(make())
    before = base.read_bytes()
    told = refused(base, path)
    assert any(why in each for each in told), told
    assert not any(str(tmp_path) in each or "Traceback" in each for each in told), told
    assert base.read_bytes() == before
    assert [each.name for each in base.parent.iterdir() if each.name.startswith(DRAFT)] == []


def test_lines_of_50_megabytes_are_refused(base: Path, tmp_path: Path) -> None:
    (tmp_path / "long.jsonl").write_bytes(b'{"a": "' + b"x" * 50_000_000)
    (tmp_path / "long.csv").write_bytes(HEADER.encode() + b"a,b,c," + b"x" * 50_000_000)
    assert refused(base, tmp_path / "long.jsonl") == ["long.jsonl: line 1 is longer than 1,000,000 characters"]
    (told,) = refused(base, tmp_path / "long.csv")
    assert told.startswith("long.csv: has a row of more than 8,000,000 bytes")


def test_modules_in_the_working_folder_are_never_run(
    base: Path, tmp_path: Path, write: Callable[..., Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    """People import from their download folder, where a duckdb.py must not be executed."""
    story = write("kettle")
    for name in ("duckdb", "json", "pyarrow", "vl_convert"):
        (tmp_path / f"{name}.py").write_text(
            f"open({str(tmp_path / 'was-run')!r}, 'w')\nraise SystemExit(3)\n", "utf-8"
        )
    monkeypatch.chdir(tmp_path)
    report = run_import(DuckDBFile(base), [story], by="me", status="draft")
    assert (report.stories, problems(report)) == (1, [])
    assert "vegaEmbed" in html_page._library.__wrapped__()  # bypass the cache of other tests
    assert not (tmp_path / "was-run").exists()
