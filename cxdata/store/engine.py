"""The port of the store: what the rest of the program may ask of a database, whichever engine keeps it."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Protocol, Self

import pyarrow as pa

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
