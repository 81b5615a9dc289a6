"""A chart's spec as it goes to a browser: small, with the rows of its layers beside it as Arrow tables.

Streamlit writes a spec as JSON, reads it and writes it again at every rerun: two milliseconds for a heat map of fifteen
companies whose rows stand in it, and next to none where they are named. Tables that are bytes already go as they are.
"""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from hashlib import blake2b
from typing import Any

import pyarrow as pa

from cxdata.publish.charts import PublishedChart

Spec = dict[str, Any]
SCALARS = frozenset((str, bool, float))  # a whole number is one of them too: columns mix the two
MOST_WORDS = 2**15  # that an index of two bytes can tell apart


def build_payload(shown: PublishedChart) -> Spec:
    """The spec of a chart, `datasets` holding Arrow IPC bytes by a name that is a hash of them. To be shared.

    Rows with lists in them stay where they are: a browser would get a vector of Arrow's own for each.
    """
    spec = dict(shown.spec or {})
    tables: dict[str, bytes] = {}
    spec["layer"] = [_named(layer, tables) for layer in spec["layer"]]
    return spec | {"datasets": tables} if tables else spec


def _named(layer: Mapping[str, Any], tables: dict[str, bytes]) -> Mapping[str, Any]:
    values = layer.get("data", {}).get("values")
    if not isinstance(values, list) or not _is_table(values):
        return layer
    table = _bytes(values)
    name = blake2b(table, digest_size=8).hexdigest()
    tables[name] = table
    return {**layer, "data": {"name": name}}


def _is_table(values: Sequence[Mapping[str, Any]]) -> bool:
    """Whether there are columns, each with scalars of one kind, so that nothing changes on its way through Arrow.

    The one empty row of a layer that stands for nothing, such as a rule, would be no row in a table of no column.
    """
    kinds: dict[str, set[type]] = {}
    for row in values:
        for name, value in row.items():
            if value is not None:
                kinds.setdefault(name, set()).add(float if type(value) is int else type(value))
    return bool(kinds) and all(len(kind) == 1 and kind <= SCALARS for kind in kinds.values())


def _bytes(values: Sequence[Mapping[str, Any]]) -> bytes:
    names = dict.fromkeys(name for row in values for name in row)
    table = pa.table({name: _shrink_column(pa.array([row.get(name) for row in values])) for name in names})
    sink = pa.BufferOutputStream()
    with pa.ipc.new_stream(sink, table.schema) as writer:
        writer.write_table(table)
    written: bytes = sink.getvalue().to_pybytes()
    return written


def _shrink_column(column: pa.Array) -> pa.Array:
    """The same values in fewer bytes: the words of a grid come again in each of its rows and columns."""
    if pa.types.is_string(column.type) and len(column) <= MOST_WORDS:
        words = column.dictionary_encode()
        return pa.DictionaryArray.from_arrays(words.indices.cast(pa.int16()), words.dictionary)
    if pa.types.is_int64(column.type):
        with suppress(pa.ArrowInvalid):  # too large a number
            return column.cast(pa.int32())
    return column
