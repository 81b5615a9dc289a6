"""The wheel, installed elsewhere and used from an empty folder."""

import json
import re
import subprocess
import urllib.request
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from cxdata import __version__
from cxdata.resources import ROOT
from tests.fixtures import DATA
from tests.fixtures.browser import run_server
from tests.integration.packaging.conftest import clean_environment

pytestmark = pytest.mark.slow

Run = Callable[..., str]


def read_address(address: str) -> bytes:
    with urllib.request.urlopen(address, timeout=30) as answer:
        return bytes(answer.read())


def test_wheel_holds_data_pages_types_and_licences_without_tools(wheel: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    assert names >= {
        "cxdata/py.typed",
        "cxdata/fonts/OFL.txt",
        "cxdata/sql/schema.sql",
        "cxdata/stories/shipped/ao-laptop.toml",
        "cxdata/_app/app.py",
        "cxdata/_app/pages/__main__.py",
        "cxdata/_app/pages/static/CXSans-Regular.woff2",
        "cxdata/_app/.streamlit/config.toml",
        f"cxdata-{__version__}.dist-info/licenses/LICENSE-THIRD-PARTY",
    }
    assert {name.split("/")[0] for name in names} == {"cxdata", f"cxdata-{__version__}.dist-info"}
    assert [name for name in names if name.endswith((".pyc", "make_fonts.py"))] == []


def test_installed_command_answers_in_an_empty_folder(run: Run, programs: Path) -> None:
    rows = json.loads(run("cxdata", "ask", "company_scores", "--format", "json"))
    assert len(rows) == 8
    assert json.loads(run("python", "-m", "cxdata", "ask", "company_scores", "--format", "json")) == rows
    assert run("cxdata", "--version").split()[-1] == __version__
    place = run("python", "-c", "import cxdata; print(cxdata.__file__)")
    assert Path(place).is_relative_to(programs.parent), "the checkout answered, not the wheel"


def test_installed_command_imports_through_its_worker(run: Run, tmp_path: Path) -> None:
    story = tmp_path / "good-story.toml"
    story.write_bytes((DATA / "good-story.toml").read_bytes())
    assert "1 story of 1 new company is imported" in run("cxdata", "import", str(story), "--as", "mine")
    assert "mine" in {line.split()[0] for line in run("cxdata", "undo").splitlines()}


def check_health(programs: Path, port: str) -> int:
    """Run the health check of the container image as deploy/Dockerfile has it; return its exit code."""
    (line,) = re.findall(r"^ +CMD (\[.*\])$", (ROOT / "deploy" / "Dockerfile").read_text("utf-8"), flags=re.MULTILINE)
    program, *arguments = json.loads(line)
    environment = clean_environment(STREAMLIT_SERVER_PORT=port)
    return subprocess.run([programs / program, *arguments], env=environment, check=False, timeout=60).returncode


def test_installed_server_serves_pages_fonts_and_charts(programs: Path, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "empty" / "duckdb.py").write_text("raise SystemExit('imported from the working folder')")
    serve = [programs / "cxdata", "serve"]
    with run_server(
        tmp_path / "stories.duckdb", tmp_path / "log", serve, ("--host", "--port"), tmp_path / "empty"
    ) as at:
        assert json.loads(read_address(f"{at}/healthz"))["status"] == "ok"
        assert check_health(programs, at.rpartition(":")[2]) == 0
        assert b"<svg" in read_address(f"{at}/chart/effort.svg")[:200]
        assert read_address(f"{at}/app/static/CXSans-Regular.woff2").startswith(b"wOF2")
        assert b"<title>Streamlit</title>" in read_address(f"{at}/studio")
    assert check_health(programs, at.rpartition(":")[2]) == 1, "it has ended"
