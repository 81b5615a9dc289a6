"""Benchmark of imports: many stories with checks and rollups, against DuckDB's plain load of the same file.

Makes synthetic stories (--folder keeps them for the next run), loads each file plainly into a table, then imports it
into a new database of the shipped stories, in turn. Prints seconds, ratios and peak memory.

    .venv/bin/python benchmarks/import_time.py [--stories 1000000] [--folder DIR] [--forms parquet,csv]
"""

import argparse
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
GOALS = {"parquet": 3.0, "csv": 4.0}
GOAL_MEMORY = 4.0  # GB
PLAIN = """
import sys, duckdb
connection = duckdb.connect(sys.argv[1], config={"storage_compatibility_version": "v1.5.0"})
connection.execute("set enable_progress_bar = false")
connection.execute(f"create table plain as select * from {sys.argv[3]}('{sys.argv[2]}')")
connection.execute("checkpoint")
"""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--stories", type=int, default=1_000_000)
    parser.add_argument("--folder", type=Path, default=Path(tempfile.gettempdir()) / "cxdata-benchmark")
    parser.add_argument("--forms", default="parquet,csv")
    asked = parser.parse_args()
    asked.folder.mkdir(parents=True, exist_ok=True)
    for form in asked.forms.split(","):
        file = asked.folder / f"synthetic-{asked.stories}.{form}"
        if not file.exists():
            made, _ = run("-m", "cxdata", "synthesize", "--stories", asked.stories, "--seed", 1, "--format", form,
                          "--out", file)  # fmt: skip
            print(f"{file.name}: made in {made:.1f} s", flush=True)
        plain_file, database = asked.folder / "plain.duckdb", asked.folder / f"imported-{form}.duckdb"
        for left in (plain_file, database):
            left.unlink(missing_ok=True)
        plain, _ = run("-c", PLAIN, plain_file, file, {"parquet": "read_parquet", "csv": "read_csv"}[form])
        run("-m", "cxdata", "build", database=database)
        ours, memory = run("-m", "cxdata", "import", file, "--as", form, database=database)
        over = [" over"] * (ours / plain > GOALS[form]) + [" too much memory"] * (memory > GOAL_MEMORY)
        print(
            f"{form}: plain load {plain:.1f} s, import {ours:.1f} s, {ours / plain:.2f} times "
            f"(goal {GOALS[form]:g}); {memory:.2f} GB at most; {database.stat().st_size / 1e9:.2f} GB{', '.join(over)}",
            flush=True,
        )


def run(*arguments: object, database: Path | None = None) -> tuple[float, float]:
    """Run a Python process; return its seconds, and the peak GB of it and its children."""
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    if database:
        environment["CXDATA_DATABASE"] = str(database)
    began = time.monotonic()
    process = subprocess.Popen(
        [sys.executable, *map(str, arguments)], cwd=ROOT, env=environment, stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    assert process.stderr
    errors = process.stderr.read()
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = status
    if status:
        raise SystemExit(f"{arguments[:3]} failed:\n{errors[-2000:]}")
    return time.monotonic() - began, used.ru_maxrss / (1e6 if sys.platform != "darwin" else 1e9)


if __name__ == "__main__":
    main()
