"""People in the records: readers see a name where a record has an e-mail address.

Editors are known by their addresses, so that nobody signs off their own work. The names are those of the settings, as
in `Ann Reader <ann@example.org>`.
"""

import re
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from cxdata.settings import get_settings
from cxdata.store.sql import quote

PEOPLE = {
    "author": "an editor",
    "authors": "an editor",
    "coder": "an editor",
    "editor": "an editor",
    "registers": "an editor",
    "reviewer": "another editor",
}
"""The columns that name people, and the words in place of an address that the settings do not name."""

ADDRESS = r"<?[^\s<>@,;]+@[^\s<>@,;]+>?"


def hide_address(column: str, text: Any) -> Any:
    """Return the text of a column of PEOPLE, or None, with a name for each e-mail address."""
    if not isinstance(text, str) or "@" not in text:
        return text
    return re.sub(ADDRESS, lambda found: _name(column, found[0]), text)


def hide_addresses(table: pa.Table) -> pa.Table:
    """Return a table whose columns of PEOPLE have a name for each e-mail address."""
    for place, field in enumerate(table.schema):
        # most answers name people by name alone, and are long
        if field.name in PEOPLE and pc.any(pc.match_substring(table.column(place), "@")).as_py():
            cells = [hide_address(field.name, cell) for cell in table.column(place).to_pylist()]
            table = table.set_column(place, field, pa.array(cells, field.type))
    return table


def hide_address_sql(column: str) -> str:
    """Return `hide_address` as SQL over a column of PEOPLE; an address within other words has no name of its own."""
    known = "".join(f" when {quote(address)} then {quote(name)}" for address, name in get_settings().names.items())
    other = f"regexp_replace({column}, {quote(ADDRESS)}, {quote(PEOPLE[column])}, 'g')"
    return f"case lower({column}){known} else {other} end" if known else other


def _name(column: str, address: str) -> str:
    return get_settings().names.get(address.strip("<>").casefold(), PEOPLE[column])
