"""The port of the store: what the rest of the program may ask of a database, whichever engine keeps it."""

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol, Self

import pyarrow as pa

from cxdata.settings import Address

Parameters = Mapping[str, Any] | Sequence[Any] | None


class Rows(Protocol):
    """The result of a statement. Its rows are read once, in order."""

    @property
    def description(self) -> Sequence[tuple[Any, ...]]:
        """A tuple for each column; its name comes first."""

    def fetchone(self) -> tuple[Any, ...] | None:
        """Return the next row, or None after the last one."""

    def fetchall(self) -> list[tuple[Any, ...]]:
        """Return all rows that are left."""

    def fetchmany(self, size: int, /) -> list[tuple[Any, ...]]:
        """Return at most `size` rows that are left."""


class ArrowRows(Protocol):
    """The result of a query, to be read as Arrow without a copy."""

    def to_arrow_table(self) -> pa.Table:
        """Return all rows as one Arrow table."""

    def to_arrow_reader(self, batch_size: int, /) -> pa.RecordBatchReader:
        """Return the rows as Arrow batches of at most `batch_size` rows."""


class Connection(Protocol):
    """A connection to a database, in DuckDB's dialect of SQL. Threads do not share one: each takes a cursor."""

    def execute(self, sql: str, parameters: Parameters = None, /) -> Rows:
        """Run statements, with named parameters bound; the rows are those of the last one."""

    def sql(self, query: str, /, *, params: Parameters = None) -> ArrowRows:
        """Plan a query; it runs when its rows are read."""

    def executemany(self, sql: str, rows: Sequence[Parameters], /) -> object:
        """Run a statement once for each set of parameters."""

    def register(self, name: str, rows: pa.Table, /) -> object:
        """Let SQL read an Arrow table under a name, until `unregister`."""

    def unregister(self, name: str, /) -> object:
        """Forget a table that `register` named."""

    def create_function(
        self,
        name: str,
        function: Callable[..., Any],
        parameters: list[Any],
        return_type: str,
        /,
        *,
        type: Any,  # noqa: A002 - the name that DuckDB gives it
        null_handling: Any = ...,
    ) -> object:
        """Let SQL call a Python function; it takes and gives Arrow arrays where `type` is "arrow"."""

    def cursor(self) -> "Connection":
        """Return another connection to the same database."""

    def close(self) -> None:
        """Close the connection; its cursors stay open."""

    def __enter__(self) -> Self: ...

    def __exit__(self, kind: object, error: object, traceback: object, /) -> None: ...

    def __hash__(self) -> int: ...


@dataclass(frozen=True)
class FileVersion:
    """The versions that a database names; `has_only_shipped` if people have added or changed nothing."""

    data_version: str
    is_current: bool
    has_only_shipped: bool


@dataclass(frozen=True)
class Migrated:
    """Counts of the stories and batches that a migration copied, and a sentence for each loss."""

    stories: int
    batches: int
    losses: tuple[str, ...]


class Engine(Protocol):
    """A database at an address: it is read, changed, migrated and backed up through this port alone.

    Every method raises DatabaseError if the engine fails.
    """

    @property
    def address(self) -> Address:
        """Where another process finds the same database.

        It is hashable, and equal addresses name one database; one database may have several addresses.
        `Address.parse(str(address))` equals it, so it travels to another process as text. Only the engine of a file
        asks it for a path: others ask the engine for a place on the disk (`companion_folder`, `back_up`).
        """

    def read(self) -> Connection:
        """Open the database to read it. Raises DatabaseMissing before `migrate`, Conflict at another version."""

    def transaction(
        self, readable: Sequence[Path] = (), timeout: float = 60, rewrite: bool = False
    ) -> AbstractContextManager[Connection]:
        """Open a change: one at a time, kept whole if the block ends without an error, else dropped.

        The connection also reads the files and folders of `readable`. With `rewrite` no byte of a deleted row stays in
        the database. Raises Conflict if another change takes longer than `timeout` seconds, and as `read` does.
        """

    def scratch(self, readable: Sequence[Path] = (), settings: Mapping[str, Any] | None = None) -> Connection:
        """Open an empty database in memory that reads the files and folders of `readable` and no others."""

    def migrate(self, rebuild: bool = False) -> Migrated | None:
        """Build the database where there is none, and bring one of another version up to date.

        Start-up and the command line alone call it. With `rebuild` what ships is written again in any case; what
        people added and changed is copied. Returns None if nothing was copied.
        """

    def version(self) -> FileVersion:
        """Read the versions that the database names. Raises DatabaseMissing where there is none."""

    def stamp(self) -> Hashable:
        """Return a value that changes whenever anybody changes the database; cheap enough for every request."""

    def public_copy(self) -> bytes:
        """Return the published rows, and no byte of any other, as the bytes of a DuckDB file."""

    def back_up(self, to: Path, overwrite: bool = False) -> None:
        """Write the database to the file `to`, whole or not at all. Raises Conflict if `to` exists."""

    def restore(self, backup: Path) -> Path | None:
        """Replace the database by a backup, migrated on the way; return where the replaced one is kept, if it is."""

    def companion_folder(self, name: str) -> Path:
        """Return a folder on this machine that goes with the database; it may not exist yet."""

    def remember_copies(self, copies: Iterable[Path]) -> None:
        """List files written from the database, so that an erasure can name them."""

    def find_copies(self) -> tuple[Path, ...]:
        """Return the files that hold or held rows of the database: backups, former files, listed copies."""
