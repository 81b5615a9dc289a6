"""What a connection may do: its memory, and no way out of the file that it is for."""

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
    # given with the others and not set afterwards, so that one process can open the file twice
    "lock_configuration": "true",
}

Setting = str | bool | int | float | list[str]
LOCKS = ("enable_external_access", "lock_configuration")  # the last to be set: with them nothing can be attached


def opening_settings() -> dict[str, Setting]:
    """The settings of a connection before the last locks are set."""
    unlocked = {key: value for key, value in LOCKED_DOWN.items() if key not in LOCKS}
    return {"memory_limit": get_settings().memory, **unlocked}


def attach(connection: Connection, path: Path, name: str) -> None:
    """Let a connection that is not locked yet read the database file at `path`, under this name."""
    connection.execute(f"attach {quote_path(path)} as {name} (type duckdb, read_only)")


def lock_down(connection: Connection, *readable: Path) -> None:
    """Let a connection read what it has attached and these files and folders, and nothing else ever after."""
    connection.execute("set enable_progress_bar = false")  # it would be printed among what a command says
    for kind, paths in (
        ("allowed_directories", [path for path in readable if path.is_dir()]),
        ("allowed_paths", [path for path in readable if not path.is_dir()]),
    ):
        if paths:
            connection.execute(f"set {kind} = [{', '.join(map(quote_path, paths))}]")
    for lock in LOCKS:
        connection.execute(f"set {lock} = {LOCKED_DOWN[lock]}")
