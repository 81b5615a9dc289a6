"""The engine of the command line."""

from cxdata.settings import get_settings
from cxdata.store import Engine, open_engine


def migrated_engine() -> Engine:
    """Return the engine of the settings; a missing database is built first, one of another version migrated."""
    engine = open_engine(get_settings())
    engine.migrate()
    return engine
