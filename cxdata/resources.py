"""The project's own files: where SQL, pages and shipped stories lie, in a checkout and in an installed wheel."""

import os
from pathlib import Path

PACKAGE = Path(__file__).resolve().parent
ROOT = PACKAGE.parent
"""The checkout; in an installed wheel the folder that holds the package."""


def _find(in_wheel: str, in_checkout: str) -> Path:
    """A wheel carries these inside the package; in a checkout they lie at the top, where people look for them."""
    packed = PACKAGE / in_wheel
    return packed if packed.exists() else ROOT / in_checkout


SQL = _find("sql", "sql")
APP = _find("_app/app.py", "app.py")
STORIES = PACKAGE / "stories" / "shipped"


def module_path() -> str:
    """Return the PYTHONPATH of a process of our own: this package first, then packages that extend it.

    It has no empty entry, which would be the working folder.
    """
    others = os.environ.get("PYTHONPATH", "").split(os.pathsep)
    return os.pathsep.join([str(ROOT), *(folder for folder in others if folder)])
