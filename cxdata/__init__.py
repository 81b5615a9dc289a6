"""Customer-story records, their scores, their questions and their charts.

import cxdata
lib = cxdata.open_library()
lib.ask("company_scores").to_pandas()
lib.chart("effort", halls=["shame"]).save("effort.svg")
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from cxdata.version import __version__

if TYPE_CHECKING:
    from cxdata.python_api import Answer, NotebookChart, OpenLibrary, open_library

__all__ = ["Answer", "NotebookChart", "OpenLibrary", "__version__", "open_library"]


def __getattr__(name: str) -> Any:
    """Load the face at its first use: the import of the package itself opens no library."""
    if name in __all__:
        return getattr(import_module("cxdata.python_api"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
