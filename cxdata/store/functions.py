"""What SQL has no word for, said in Python: functions that questions may call."""

import pyarrow as pa

from cxdata.statistics.intervals import LARGEST_RESAMPLED, mean_interval, normal_interval
from cxdata.store.engine import Connection

REGISTERED = "select 1 from duckdb_functions() where function_name = 'mean_interval' limit 1"
INTERVAL = pa.struct([("low", pa.float64()), ("high", pa.float64())])


def register_functions(connection: Connection) -> None:
    """Make them known to a connection and its cursors.

    mean_interval(list of doubles, their mean, scatter and number, share) is a struct of low and high, or NULL: see
    cxdata/statistics/intervals.py. Of a number too large to resample the list may be NULL.
    """
    if connection.execute(REGISTERED).fetchone():
        return  # another connection of this process to the same file has brought them
    connection.create_function(
        "mean_interval",
        _mean_intervals,
        ["DOUBLE[]", "DOUBLE", "DOUBLE", "BIGINT", "DOUBLE"],
        "STRUCT(low DOUBLE, high DOUBLE)",
        type="arrow",
        null_handling="special",
    )


def _mean_intervals(
    samples: pa.Array, means: pa.Array, scatters: pa.Array, counts: pa.Array, shares: pa.Array
) -> pa.Array:
    told = zip(*(column.to_pylist() for column in (samples, means, scatters, counts, shares)), strict=True)
    found = [
        normal_interval(mean, scatter, count, share)
        if count > LARGEST_RESAMPLED
        else (mean_interval(sample, share) if sample else None)
        for sample, mean, scatter, count, share in told
    ]
    return pa.array([pair and {"low": pair[0], "high": pair[1]} for pair in found], INTERVAL)
