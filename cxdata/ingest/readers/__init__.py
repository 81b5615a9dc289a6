"""Readers: one module a format, found here and by entry points, so that the worker process finds the same ones."""

import importlib
import pkgutil
from functools import cache
from importlib.metadata import entry_points

from cxdata.ingest.readers.base import Reader

GROUP = "cxdata.readers"
FALLBACK = "CSV"  # reads any text that no reader claims


@cache
def all_readers() -> tuple[Reader, ...]:
    """Return the readers of this folder and those of installed packages, in the order of lists."""
    modules = [importlib.import_module(f"{__name__}.{module.name}") for module in pkgutil.iter_modules(__path__)]
    readers: list[Reader] = [module.READER for module in modules if hasattr(module, "READER")]
    readers += [entry_point.load() for entry_point in entry_points(group=GROUP)]
    return tuple(sorted(readers, key=lambda reader: (reader.position, reader.name)))


def find_reader(head: bytes, name: str) -> Reader:
    """Return the reader that is surest of a file, given its first bytes and name; bytes win over a suffix."""
    certainty = {reader.name: reader.detect(head, name) for reader in all_readers()}
    surest = max(certainty, key=lambda each: certainty[each])
    chosen = surest if certainty[surest] else FALLBACK
    return next(reader for reader in all_readers() if reader.name == chosen)
