"""The lockdown of a connection: its memory limit, and no access to other files or to the network."""

from pathlib import Path

from cxdata.settings import get_settings
from cxdata.store.engine import Connection
from cxdata.store.sql import quote_path

LOCKED_DOWN = {
    "autoinstall_known_extensions": "false",
    "autoload_known_extensions": "false",
    "allow_community_extensions": "false",
    "python_enable_replacements": "false",
    "enable_external_access": "false",
    # set at opening with the others, so that one process can open the file twice
    "lock_configuration": "true",
}

Setting = str | bool | int | float | list[str]
LOCKS = ("enable_external_access", "lock_configuration")  # the last to be set: with them nothing can be attached


def opening_settings() -> dict[str, Setting]:
    """Return the settings of a connection before the last locks are set."""
    unlocked = {key: value for key, value in LOCKED_DOWN.items() if key not in LOCKS}
    return {"memory_limit": get_settings().memory, **unlocked}


def attach(connection: Connection, path: Path, name: str) -> None:
    """Attach a database file, read-only, to a connection that is not locked yet."""
    connection.execute(f"attach {quote_path(path)} as {name} (type duckdb, read_only)")


def lock_down(connection: Connection, *readable: Path) -> None:
    """Confine a connection for good to what it has attached and to these files and folders."""
    connection.execute("set enable_progress_bar = false")  # it would mix with the output of a command
    for kind, paths in (
        ("allowed_directories", [path for path in readable if path.is_dir()]),
        ("allowed_paths", [path for path in readable if not path.is_dir()]),
    ):
        if paths:
            connection.execute(f"set {kind} = [{', '.join(map(quote_path, paths))}]")
    for lock in LOCKS:
        connection.execute(f"set {lock} = {LOCKED_DOWN[lock]}")
