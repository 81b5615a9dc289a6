"""What SQL has no word for, said in Python: functions that questions may call."""

import duckdb
import pyarrow as pa
from duckdb.func import ARROW, SPECIAL

from cxdata.intervals import mean_interval

KNOWN = "select 1 from duckdb_functions() where function_name = 'mean_interval' limit 1"
INTERVAL = pa.struct([("low", pa.float64()), ("high", pa.float64())])


def add_functions(connection: duckdb.DuckDBPyConnection) -> None:
    """Make them known to a connection and its cursors.

    mean_interval(list of doubles, share) is a struct of low and high, or NULL: see cxdata/intervals.py.
    """
    if connection.execute(KNOWN).fetchone():
        return  # another connection of this process to the same file has brought them
    connection.create_function(
        "mean_interval",
        _mean_intervals,
        [duckdb.list_type("DOUBLE"), "DOUBLE"],
        duckdb.struct_type({"low": "DOUBLE", "high": "DOUBLE"}),
        type=ARROW,
        null_handling=SPECIAL,
    )


def _mean_intervals(samples: pa.Array, shares: pa.Array) -> pa.Array:
    found = [
        mean_interval(sample, share) if sample else None
        for sample, share in zip(samples.to_pylist(), shares.to_pylist(), strict=True)
    ]
    return pa.array([pair and {"low": pair[0], "high": pair[1]} for pair in found], INTERVAL)
