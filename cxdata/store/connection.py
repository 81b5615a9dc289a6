"""Connections to a DuckDB file and to a database in memory: locked down, with the functions that questions call."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

import duckdb
import pyarrow as pa

from cxdata.errors import DatabaseError, OutOfMemory
from cxdata.statistics.control_chart import Limited, Measure, chart_periods, count_false_alarms
from cxdata.statistics.funnel import LIMITS as PERCENTS
from cxdata.statistics.funnel import describe_field, find_side
from cxdata.statistics.intervals import (
    LARGEST_RESAMPLED,
    Interval,
    gamma_interval,
    mean_interval,
    share_interval,
    t_interval,
)
from cxdata.statistics.permutation import permute_labels
from cxdata.store.engine import Connection
from cxdata.store.lockdown import Setting, attach, lock_down, opening_settings
from cxdata.store.sql import one_row, scalar

HEADERS = 3 * 4096  # bytes of a DuckDB file before its first block
CATALOG = "stories"  # the name under which a file is attached
INTERVAL = pa.struct([("low", pa.float64()), ("high", pa.float64())])
LIMITS = pa.struct(
    [(name, pa.float64()) for name in ("low_95", "high_95", "low_998", "high_998")] + [("side", pa.string())]
)
FUNNEL = pa.struct(
    [(name, pa.float64()) for name in ("centre", "within_variance", "between_variance")]
    + [("companies", pa.list_(LIMITS))]
)
PERIOD = pa.struct(
    [(name, pa.float64()) for name in ("lower_limit", "upper_limit", "low", "high")]
    + [(name, pa.string()) for name in ("signal", "side")]
)
CHARTED = pa.struct(
    [
        ("centre", pa.float64()),
        ("limit_reason", pa.string()),
        ("alarm_count", pa.int64()),
        ("periods", pa.list_(PERIOD)),
    ]
)
PERMUTED = pa.struct([("arrangements", pa.int64()), ("p_value", pa.float64())])


def open_file(path: Path) -> Connection:
    """Open a database file to read it and nothing else. Raises DatabaseError.

    The connection is read-only, so that the dashboard and the command line can read one file at the same time. Take a
    cursor for every question: threads that share a connection receive each other's rows.
    """
    # attached, not opened: DuckDB keeps one instance for a path, and would show the file that a change has replaced
    connection: Connection = duckdb.connect(config=opening_settings() | {"temp_directory": f"{path}.tmp"})
    try:
        attach(connection, path, CATALOG)
        _check_length(connection, path)
        connection.execute(f"use {CATALOG}")
        lock_down(connection)
    except (OSError, duckdb.Error) as error:
        connection.close()
        raise DatabaseError(
            f"{path} cannot be opened: {error}\nAnother process may be writing to it. Try again, or set "
            "CXDATA_DATABASE to another file. Or delete the file and run `python -m cxdata build`."
        ) from None
    register_functions(connection)
    return connection


def _check_length(connection: Connection, path: Path) -> None:
    """Raise duckdb.IOException for a file that has lost its end: the rest opens, and answers some questions."""
    blocks, size = one_row(
        connection.execute(
            "select used_blocks, block_size from pragma_database_size() where database_name = $catalog",
            {"catalog": CATALOG},
        )
    )
    found = path.stat().st_size - HEADERS
    # free blocks at the end of a file may be cut off, and every block is written whole
    if found < blocks * size or found % size:
        raise duckdb.IOException("the end of the file is missing")


def open_scratch(readable: Sequence[Path] = (), settings: Mapping[str, Setting] | None = None) -> Connection:
    """Open an empty database in memory. It reads and writes the files and folders of `readable` and no others."""
    connection: Connection = duckdb.connect(config=opening_settings() | dict(settings or {}))
    lock_down(connection, *readable)
    return connection


def new_cursor(connection: Connection) -> Connection:
    """Return a cursor that reads the attached file; DuckDB's own cursor begins in the empty database in memory."""
    cursor = connection.cursor()
    with suppress(duckdb.CatalogException, duckdb.BinderException):  # a database in memory has nothing attached
        cursor.execute(f"use {CATALOG}")
    return cursor


def data_version(connection: Connection) -> str:
    """Return twelve hexadecimal digits that change with the records, the codebook or the definitions."""
    return str(scalar(new_cursor(connection), "select data_version from build"))


@contextmanager
def translate_errors(place: str = "") -> Iterator[None]:
    """Raise the engine's errors as OutOfMemory or DatabaseError; their text begins with `place`."""
    try:
        yield
    except duckdb.Error as error:
        cause = OutOfMemory if isinstance(error, duckdb.OutOfMemoryException) else DatabaseError
        raise cause(f"{place}: {error}" if place else str(error)) from error


def register_functions(connection: Connection) -> None:
    """Let a connection and its cursors call functions that SQL does not have.

    mean_interval(list of doubles, their mean, scatter and number, share) is a struct of low and high, or NULL: see
    cxdata/statistics/intervals.py. Of a number too large to resample the list may be NULL.

    permute_labels(lists of strata, weights, stories and left stories) is a struct of arrangements and p_value, or NULL:
    see cxdata/statistics/permutation.py.

    chart_periods(lists of values, story counts and variances, measure) is a struct of the limits and signals of each
    period, or of their intervals, or NULL: see cxdata/statistics/control_chart.py.
    """
    try:
        connection.create_function(
            "mean_interval",
            _mean_intervals,
            ["DOUBLE[]", "DOUBLE", "DOUBLE", "BIGINT", "DOUBLE"],
            "STRUCT(low DOUBLE, high DOUBLE)",
            type="arrow",
            null_handling="special",
        )
    except (duckdb.CatalogException, duckdb.NotImplementedException):
        return  # this connection, or another of this process to the same file, has all of them
    connection.create_function(
        "permute_labels",
        _permutation_tests,
        ["VARCHAR[]", "DOUBLE[]", "BIGINT[]", "BIGINT[]"],
        "STRUCT(arrangements BIGINT, p_value DOUBLE)",
        type="arrow",
        null_handling="special",
    )
    connection.create_function(
        "place_in_funnel",
        _funnels,
        ["BIGINT[]", "DOUBLE[]", "DOUBLE[]", "DOUBLE[]", "DOUBLE[]"],
        "STRUCT(centre DOUBLE, within_variance DOUBLE, between_variance DOUBLE, companies STRUCT(low_95 DOUBLE, "
        "high_95 DOUBLE, low_998 DOUBLE, high_998 DOUBLE, side VARCHAR)[])",
        type="arrow",
        null_handling="special",
    )
    connection.create_function(
        "chart_periods",
        _control_charts,
        ["DOUBLE[]", "BIGINT[]", "DOUBLE[]", "VARCHAR"],
        "STRUCT(centre DOUBLE, limit_reason VARCHAR, alarm_count BIGINT, periods STRUCT(lower_limit DOUBLE, "
        "upper_limit DOUBLE, low DOUBLE, high DOUBLE, signal VARCHAR, side VARCHAR)[])",
        type="arrow",
        null_handling="special",
    )


def _mean_intervals(
    samples: pa.Array, means: pa.Array, scatters: pa.Array, counts: pa.Array, shares: pa.Array
) -> pa.Array:
    rows = zip(*(column.to_pylist() for column in (samples, means, scatters, counts, shares)), strict=True)
    intervals = [
        gamma_interval(mean, scatter, count, share)
        if count > LARGEST_RESAMPLED
        else (mean_interval(sample, share) if sample else None)
        for sample, mean, scatter, count, share in rows
    ]
    return pa.array([pair and {"low": pair[0], "high": pair[1]} for pair in intervals], INTERVAL)


def _permutation_tests(strata: pa.Array, weights: pa.Array, stories: pa.Array, left_stories: pa.Array) -> pa.Array:
    rows = zip(*(column.to_pylist() for column in (strata, weights, stories, left_stories)), strict=True)
    tests = [permute_labels(*row) if row[0] else None for row in rows]
    return pa.array([test and {"arrangements": test.arrangements, "p_value": test.p_value} for test in tests], PERMUTED)


def _funnels(counts: pa.Array, means: pa.Array, variances: pa.Array, least: pa.Array, most: pa.Array) -> pa.Array:
    rows = zip(*(column.to_pylist() for column in (counts, means, variances, least, most)), strict=True)
    return pa.array([_funnel(*row) if row[0] else None for row in rows], FUNNEL)


def _funnel(
    counts: Sequence[int],
    means: Sequence[float],
    variances: Sequence[float],
    least: Sequence[float],
    most: Sequence[float],
) -> Mapping[str, object] | None:
    field = describe_field(counts, means, variances)
    if field is None:
        return None
    limits = [
        {
            f"{end}_{name}": field.centre + sign * field.reach(count, percent)
            for name, percent in zip(("95", "998"), PERCENTS, strict=True)
            for end, sign in (("low", -1), ("high", 1))
        }
        for count in counts
    ]
    sides = [find_side(field, len(counts), *row) for row in zip(counts, means, least, most, strict=True)]
    return vars(field) | {"companies": [each | {"side": side} for each, side in zip(limits, sides, strict=True)]}


def _control_charts(values: pa.Array, counts: pa.Array, variances: pa.Array, measures: pa.Array) -> pa.Array:
    rows = zip(*(column.to_pylist() for column in (values, counts, variances, measures)), strict=True)
    return pa.array([_control_chart(*row) if row[0] else None for row in rows], CHARTED)


def _control_chart(
    values: Sequence[float], counts: Sequence[int], variances: Sequence[float], measure: Measure
) -> Mapping[str, object]:
    """Return limits and signals; without limits, the interval of each period, which effort gets elsewhere."""
    chart = chart_periods(values, counts, measure)
    periods = [_limits(each) for each in chart.periods] or [
        _bounds(measure, *row) for row in zip(values, variances, counts, strict=True)
    ]
    return {
        "centre": chart.centre,
        "limit_reason": chart.reason,
        "alarm_count": None if chart.reason else count_false_alarms(measure, len(values)),
        "periods": periods,
    }


def _limits(limited: Limited) -> Mapping[str, object]:
    # a period has one name: the first signal is the strongest
    signal = next(iter(limited.signals), None)
    return {"lower_limit": limited.lower, "upper_limit": limited.upper, "signal": signal, "side": limited.side}


def _bounds(measure: Measure, value: float, variance: float, count: int) -> Mapping[str, object]:
    interval: Interval | None = None
    if measure == "share":
        interval = share_interval(value, count)
    elif measure == "experience":
        interval = t_interval(value, variance, count)
    return {"low": interval[0], "high": interval[1]} if interval else {}
