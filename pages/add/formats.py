"""Help for people with a file: the formats, the template and the rule of every column."""

import csv
import io
import re
from functools import cache
from html import escape

import streamlit as st

from cxdata.ingest.flat_table.template import describe_columns, write_template
from cxdata.ingest.mapping.catalogue import read_mapping, shipped_mappings
from cxdata.ingest.readers import all_readers

OTHERS = """
<li><b>Somebody else's table</b>, through a mapping that says which of its columns is the company, the date, the text.
</li>
<li>Any of these may be packed with gzip, or alone in a zip. Text that is not UTF-8 is read by
its letters, and the report says so. If a date can be read in two ways, you are asked.</li>
</ul>
"""
BOLD = re.compile(r"\*\*(.+?)\*\*")


def show_formats() -> None:
    """Show the formats that the import reads, and the template to download."""
    with st.expander("What you can import, and a template", icon=":material/table:"):
        st.html(f'<div class="cx-method">{list_formats()}{_mappings()}</div>')
        st.download_button("Template (CSV)", _template, "stories-template.csv", "text/csv", on_click="ignore")
        st.html(
            '<div class="cx-method"><details><summary>Every column, and what it may hold</summary>'
            f"{_columns()}</details></div>"
        )


def _template() -> bytes:
    text = io.StringIO(newline="")
    csv.writer(text).writerows(write_template())
    return text.getvalue().encode("utf-8-sig")


@cache
def list_formats() -> str:
    """Return the formats of all readers as a list; readers with the same line of help share it."""
    names: dict[str, list[str]] = {}
    for reader in all_readers():
        names.setdefault(reader.help, []).append(reader.name)
    lines = (BOLD.sub(r"<b>\1</b>", text.replace("{names}", _join(each))) for text, each in names.items())
    return "\n<ul>\n" + "\n".join(f"<li>{line}</li>" for line in lines) + OTHERS


def _join(names: list[str]) -> str:
    return f"{', '.join(names[:-1])} or {names[-1]}" if len(names) > 1 else names[0]


@cache
def _mappings() -> str:
    items = "".join(
        f"<li><b>{escape(name)}</b>: {escape(mapping.title)}. {escape(mapping.about)}</li>"
        for name, path in shipped_mappings().items()
        for mapping in (read_mapping(path),)
    )
    return f"<p>Mappings that come with the project:</p><ul>{items}</ul>"


@cache
def _columns() -> str:
    rows = "".join(
        f"<tr><td>{escape(name)}</td><td>{escape(meaning)}</td></tr>" for name, meaning in describe_columns()
    )
    return (
        '<div class="cx-scroll" tabindex="0" role="region" aria-label="Columns of the table"><table><thead><tr>'
        f'<th scope="col">column</th><th scope="col">may hold</th></tr></thead><tbody>{rows}</tbody></table></div>'
    )
