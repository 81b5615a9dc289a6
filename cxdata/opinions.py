"""The reader's opinions in words: what a chart was weighed and priced by, where that is not as in the codebook."""

from collections.abc import Mapping
from typing import Any

import duckdb

from cxdata.database import ask
from cxdata.database.ask import Value
from cxdata.words import listed, number, numerals, pounds, sentence

OPINIONS = ("weighting", "weights", "costs", "frequency_low", "frequency_high")


def opinions_of(choices: Mapping[str, Value]) -> dict[str, Value]:
    """Those of the choices that are the reader's opinions."""
    return {name: value for name, value in choices.items() if name in OPINIONS}


def in_words(connection: duckdb.DuckDBPyConnection, choices: Mapping[str, Value]) -> str:
    """'weighted waiting first, Worry × 2 · phone call £4.00–6.00 · 1 to 3% of orders'; '' where all is ours."""
    return sentence([_weights(connection, choices), _costs(connection, choices), _frequency(choices)])


def _weights(connection: duckdb.DuckDBPyConnection, choices: Mapping[str, Value]) -> str:
    said = []
    weighting = choices.get("weighting")
    if weighting and weighting != "ours":
        labels = {row["weighting"]: row["weighting_label"] for row in ask(connection, "weightings").to_pylist()}
        said.append(labels[str(weighting)].lower())
    if choices.get("weights"):
        rows = ask(connection, "driver_weights", {"weights": choices["weights"]}).to_pylist()
        own = [f"{row['driver_label']} × {_factor(row['factor'])}" for row in rows if row["factor"] != 1]
        said += [listed(own, 30)] if own else []
    return f"weighted {', '.join(said)}" if said else ""


def _factor(factor: float) -> str:
    return numerals(f"{factor:g}")


def _costs(connection: duckdb.DuckDBPyConnection, choices: Mapping[str, Value]) -> str:
    if not choices.get("costs"):
        return ""
    rows = ask(connection, "unit_costs", {"costs": choices["costs"]}).to_pylist()
    return listed([_price(row) for row in rows if (row["low"], row["high"]) != (row["our_low"], row["our_high"])], 10)


def _price(row: Mapping[str, Any]) -> str:
    return f"{row['item_label'].lower()} {pounds(row['low'], row['high'])}"


def _frequency(choices: Mapping[str, Value]) -> str:
    low, high = (choices.get(f"frequency_{end}") for end in ("low", "high"))
    if low is None and high is None:
        return ""
    ends = [number(float(str(end))) for end in (low if low is not None else 100, high if high is not None else 100)]
    return f"{ends[0]}% of orders" if ends[0] == ends[1] else f"{ends[0]} to {ends[1]}% of orders"
