"""Whose columns a table has: our own, those of a mapping we have, or somebody's, mapped here column by column."""

from dataclasses import dataclass, field
from typing import Any, Literal

import streamlit as st
import tomli_w

from cxdata.codebook import shipped_codebook
from cxdata.intake import Look
from cxdata.intake.mapping import DATES, read_mapping, shipped_mappings
from pages.shared.plain import plain

OURS, BY_HAND = "ours", "by hand"
# what is asked of a table that no mapping knows: our column, in words, whether it must be said, and its codes
ASKED = (
    ("company", "Company", True, None),
    ("account", "The account in the customer's words", False, None),
    ("happened_on", "Date", False, None),
    ("title", "Title", False, None),
    ("touchpoint", "Channel or touchpoint", False, "touchpoints"),
    ("outcome", "Outcome", False, "outcomes"),
    ("job", "What the customer wanted done", False, "jobs"),
    ("story", "Id", False, None),
)
FIXED = {"touchpoint": "product", "outcome": "nothing_asked", "job": "buy_a_product"}
NOT_THERE = "(not in this file)"


@dataclass(frozen=True)
class Meant:
    """What the columns of the tables mean: a mapping (its name, or its text), or our own under these headers."""

    mapping: str | None = None
    columns: dict[str, str] | None = field(default=None)
    order: Literal["day first", "month first"] | None = None


def choose_mapping(look: Look, tables: int) -> Meant | None:
    """What the columns mean, guessed and to be changed; None while something is open. One choice for all tables."""
    kinds = {name: read_mapping(path).title for name, path in shipped_mappings().items()}
    ways = {OURS: "Our own columns (see the template)", **kinds, BY_HAND: "Another table: I say what its columns mean"}
    guessed = OURS if look.is_ours else look.mapping or BY_HAND
    if tables > 1:
        st.caption(f"The {tables} tables are read in one way; its columns are looked for in each of them.")
    way = st.selectbox(
        "What the columns are",
        list(ways),
        index=list(ways).index(guessed),
        format_func=lambda each: ways[each],
        key="way",
    )
    order: Any = st.segmented_control(
        "Dates such as 3/4/2026", [each for each in DATES if each != "year first"], key="order",
        help="Asked only where a date could be read two ways.",
    )  # fmt: skip
    if way == OURS:
        return Meant(order=order)
    if way != BY_HAND:
        return Meant(mapping=way, order=order)
    text = _by_hand(look)
    return None if text is None else Meant(mapping=text, order=order)


def _by_hand(look: Look) -> str | None:
    """The text of a mapping, made of what is chosen here."""
    cells: dict[str, dict[str, Any]] = {}
    with st.container(border=True):
        sector = st.text_input("Sector of its companies", key="map-sector", max_chars=60, placeholder="Retail").strip()
        prefix = "by-hand"
        for column, label, needed, table in ASKED:
            header = _header(look, column, label, needed)
            if header:
                cells[column] = {"column": [header]}
                if table:
                    cells[column] |= _values(look, column, header, table)
            elif column in FIXED:
                cells[column] = {
                    "value": _code(f"{label}, for every row", FIXED[column], table or "", f"fixed-{column}")
                }
    if "company" not in cells or not sector:
        st.info("Say which column names the company, and the sector.")
        return None
    text = _mapping(cells, sector, prefix, look.name)
    st.download_button("This mapping as a file", text, "mapping.toml", "application/toml", on_click="ignore")
    return text


def _header(look: Look, column: str, label: str, needed: bool) -> str | None:
    choices = [NOT_THERE, *look.headers]
    near = (look.guessed or {}).get(column)
    chosen = st.selectbox(
        label + (" (needed)" if needed else ""), choices, index=choices.index(near) if near in choices else 0,
        key=f"map-{column}",
    )  # fmt: skip
    return None if chosen == NOT_THERE else chosen


def _values(look: Look, column: str, header: str, table: str) -> dict[str, Any]:
    """Their words as our codes: each word of the column, where there are few."""
    words = (look.words or {}).get(header)
    if not words:
        return {
            "others": _code(
                f"“{plain(header)}” has too many words: all of them are", FIXED[column], table, f"all-{column}"
            )
        }
    codes = shipped_codebook()[table]
    values = {}
    with st.expander(f"What the words of “{plain(header)}” mean ({len(words)})", expanded=True):
        for word in words:
            near = next(
                (code for code, row in codes.items() if word.casefold() in (code, row.label.casefold())), FIXED[column]
            )
            values[word] = _code(plain(word), near, table, f"word-{column}-{word}")
    return {"values": values, "missing": FIXED[column]}


def _code(label: str, standard: str, table: str, key: str) -> str:
    codes = shipped_codebook()[table]
    return st.selectbox(
        label, list(codes), index=list(codes).index(standard), format_func=lambda code: codes[code].label, key=key
    )


def _mapping(cells: dict[str, dict[str, Any]], sector: str, prefix: str, name: str) -> str:
    story: dict[str, Any] = {"sector": {"value": sector}, "verdict": {"value": "none"}}
    story |= {column: cells[column] for column in ("company", "account", "outcome", "job") if column in cells}
    company = cells["company"]["column"][0]
    story["title"] = cells.get("title", {}) | {"missing": "An account"} if "title" in cells else {"value": "An account"}
    story["summary"] = {"text": [f"What a customer tells of {{{company}}}, in their own words below."]}
    if "happened_on" in cells:
        forms = [form for forms in DATES.values() for form in forms]
        story["happened_on"] = cells["happened_on"] | {"dates": forms}
        story["happened_basis"] = {"value": "told"}
    encounter = {
        "touchpoint": cells["touchpoint"],
        "short": {"value": "As the account tells it"},
        "encounter_summary": {"value": "What the customer reports in the account."},
        "started_by": {"value": "customer"},
    }
    mapping: dict[str, Any] = {"title": f"Mapped by hand for {name}"[:200], "prefix": prefix}
    if "story" in cells:
        mapping["id"] = cells["story"]["column"]
    return tomli_w.dumps(mapping | {"story": story, "encounter": [{"fields": encounter}]})
