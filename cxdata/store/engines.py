"""The engines that a database can have, by the scheme of its address."""

from collections.abc import Callable

from cxdata.errors import SettingsError
from cxdata.settings import Address, Settings
from cxdata.store.duckdb_file import DuckDBFile
from cxdata.store.engine import Engine
from cxdata.text.suggestions import format_choices

ENGINES: dict[str, Callable[[Address], Engine]] = {"file": lambda address: DuckDBFile(address.path)}


def open_engine(settings: Settings) -> Engine:
    """Return the engine that keeps the database of these settings. Raises SettingsError for an unknown scheme."""
    address = settings.address
    if address.scheme not in ENGINES:
        raise SettingsError(f"CXDATA_DATABASE: scheme {format_choices(address.scheme, ENGINES, 'this version')}")
    return ENGINES[address.scheme](address)
