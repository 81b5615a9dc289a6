"""Readers: one module a format, found here and by entry points, so that the worker process finds the same ones."""

import importlib
import pkgutil
from functools import cache
from importlib.metadata import EntryPoint, entry_points

from cxdata.errors import Unavailable
from cxdata.ingest.readers.base import Reader, reader_failure

GROUP = "cxdata.readers"
FALLBACK = "CSV"  # reads any text that no reader claims


@cache
def all_readers() -> tuple[Reader, ...]:
    """Return the readers of this folder and those of installed packages, in the order of lists."""
    modules = [importlib.import_module(f"{__name__}.{module.name}") for module in pkgutil.iter_modules(__path__)]
    readers: list[Reader] = [module.READER for module in modules if hasattr(module, "READER")]
    readers += map(_load, entry_points(group=GROUP))
    return tuple(sorted(readers, key=lambda reader: (reader.position, reader.name)))


def find_reader(head: bytes, name: str) -> Reader:
    """Return the reader that is surest of a file, given its first bytes and name; bytes win over a suffix.

    Raises StoryError with the name of a reader that fails.
    """
    certainty = {reader.name: ask_certainty(reader, head, name) for reader in all_readers()}
    surest = max(certainty, key=lambda each: certainty[each])
    chosen = surest if certainty[surest] else FALLBACK
    return next(reader for reader in all_readers() if reader.name == chosen)


def ask_certainty(reader: Reader, head: bytes, name: str) -> int:
    """Return how sure a reader is of a file. Raises StoryError with the name of a reader that fails."""
    try:
        return reader.detect(head, name)
    except Exception as error:
        raise reader_failure(name, reader, error) from error


def _load(entry_point: EntryPoint) -> Reader:
    try:
        reader: Reader = entry_point.load()
    except Exception as error:
        raise Unavailable(f"the reader {entry_point.name} ({entry_point.value}) cannot be loaded: {error}") from error
    return reader
