"""Where things lie: the project's own files, and the database of whoever runs it."""

import logging
import os
import tempfile
from functools import cache
from pathlib import Path

import platformdirs

ROOT = Path(__file__).resolve().parent.parent
SQL = ROOT / "sql"
SHIPPED_STORIES = Path(__file__).resolve().parent / "stories" / "shipped"

log = logging.getLogger("cxdata")


@cache
def database_path() -> Path:
    """The database file: $CXDATA_DATABASE, else the user's data folder, else a temporary place (said in the log)."""
    chosen = os.environ.get("CXDATA_DATABASE")
    if chosen:
        return Path(chosen).expanduser().absolute()
    for folder in (platformdirs.user_data_path("cxdata"), Path(tempfile.gettempdir()) / f"cxdata-{_user()}"):
        if _is_writable(folder):
            return folder / "stories.duckdb"
        log.warning("%s cannot be written to; looking for another place for the database", folder)
    fallback = Path(tempfile.mkdtemp(prefix="cxdata-")) / "stories.duckdb"
    log.warning("the database lives in the temporary place %s and goes with it", fallback)
    return fallback


def _user() -> str:
    return str(os.getuid()) if hasattr(os, "getuid") else os.environ.get("USERNAME", "user")


def _is_writable(folder: Path) -> bool:
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        with tempfile.TemporaryFile(dir=folder):
            return True
    except OSError:
        return False
