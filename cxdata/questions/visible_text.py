"""The text of answers without invisible marks, for records from before the import took them out."""

from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from cxdata.text.invisible import INVISIBLE, remove_invisible


def clean_table(table: pa.Table) -> pa.Table:
    """Return a table without invisible marks in its text, also within lists and structs."""
    for place, field in enumerate(table.schema):
        column = table.column(place)
        if _has_invisible(column):
            table = table.set_column(place, field, pa.array(clean_value(column.to_pylist()), field.type))
    return table


def clean_value(value: Any) -> Any:
    """Return a value without invisible marks in its text, also within lists and dicts."""
    if isinstance(value, str):
        return remove_invisible(value)
    if isinstance(value, list):
        return [clean_value(each) for each in value]
    if isinstance(value, dict):
        return {key: clean_value(each) for key, each in value.items()}
    return value


def _has_invisible(column: pa.ChunkedArray) -> bool:
    if pa.types.is_string(column.type):
        return bool(pc.any(pc.match_substring_regex(column, f"[{INVISIBLE}]")).as_py())
    if pa.types.is_list(column.type):
        return _has_invisible(pc.list_flatten(column))
    if pa.types.is_struct(column.type):
        return any(map(_has_invisible, column.flatten()))
    return False
