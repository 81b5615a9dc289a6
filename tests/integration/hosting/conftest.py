"""Servers as a host runs them."""

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from cxdata.resources import ROOT
from tests.fixtures.browser import run_server
from tests.fixtures.hosting.deployment import Deployment, run_deployed
from tests.fixtures.hosting.people import LISTS, write_secrets
from tests.fixtures.words.canary import bring_canary

BASE = "/cx"


@pytest.fixture(scope="session")
def deployed(built: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Deployment]:
    """The shipped nginx before two processes. A test kills the first process in the end."""
    with run_deployed(built, tmp_path_factory.mktemp("deployed")) as deployment:
        yield deployment


@pytest.fixture(scope="session")
def hosted(deployed: Deployment) -> str:
    """The address of a process below its base path, without nginx, and without the slash at its end."""
    return deployed.processes[1].address + BASE


@pytest.fixture(scope="session")
def gated_database(built: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The database of the server for people on lists, with the canary draft."""
    path = tmp_path_factory.mktemp("gated") / "stories.duckdb"
    path.write_bytes(built.read_bytes())
    bring_canary(path)
    return path


@pytest.fixture(scope="session")
def gated(gated_database: Path) -> Iterator[str]:
    """The address of a server for people on lists."""
    path, folder = gated_database, gated_database.parent
    # nobody signs in here: the tests sign cookies themselves
    write_secrets(folder, f"http://127.0.0.1:{{port}}{BASE}", "http://127.0.0.1:1")
    command = (sys.executable, "-m", "streamlit", "run", str(ROOT / "app.py"), "--server.headless", "true")
    with run_server(
        path, folder / "log", command, cwd=folder, STREAMLIT_SERVER_BASE_URL_PATH=BASE, PYTHONPATH=str(ROOT), **LISTS
    ) as address:
        yield address + BASE
