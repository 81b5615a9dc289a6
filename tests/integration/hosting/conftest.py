"""Servers as a host runs them."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.fixtures.browser import run_server

BASE = "/cx"


@pytest.fixture(scope="session")
def hosted(built: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a server below a base path, without the slash at its end."""
    folder = tmp_path_factory.mktemp("hosted")
    path = folder / "stories.duckdb"
    path.write_bytes(built.read_bytes())
    with run_server(path, folder / "log", STREAMLIT_SERVER_BASE_URL_PATH=BASE) as address:
        yield address + BASE
