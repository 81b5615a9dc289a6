"""Inputs of the cost of failure: the reader's own prices and frequencies, kept in the URL."""

import streamlit as st

from cxdata.questions.ask import Value
from cxdata.questions.rows import UnitCostsRow
from pages.ui.cache import rows

COSTS = "costs"  # URL key; one entry item:low:high for each price that the reader changes
FREQUENCY = {"frequency_low": "At least", "frequency_high": "At most"}
STEPS = {"contact": 0.5, "parcel": 0.5, "order": 5.0}


def show_cost_inputs() -> dict[str, Value]:
    """Show the inputs and return the reader's changes as parameters of a question; empty if there are none."""
    own = {row["item"]: row for row in rows("unit_costs", costs=_prices_in_url())}
    with st.expander(
        "What one costs, and how often: your own assumptions", icon=":material/payments:", key="own_costs"
    ):
        st.caption(
            "GBP, from and to. Each price is published or assumed, as said below it. We do not know what these"
            " companies really pay."
        )
        for row in own.values():
            _show_input(row)
        st.markdown(
            "**Enter how many of 100 orders go like these.** The chart then also gives the cost of 10,000 orders."
        )
        columns = st.columns(2)
        for column, (key, label) in zip(columns, FREQUENCY.items(), strict=True):
            column.number_input(
                f"{label} (%)", 0.0, 100.0, value=None, step=0.5, key=key, bind="query-params", placeholder="not known"
            )
    chosen: dict[str, Value] = {key: st.session_state.get(key) for key in FREQUENCY}
    low, high = chosen["frequency_low"], chosen["frequency_high"]
    if isinstance(low, float) and isinstance(high, float) and low > high:
        st.warning(f"At least {low:g}% is more than at most {high:g}%: both are taken as {low:g}%.")
    chosen[COSTS] = _prices_in_url() or None
    return {key: value for key, value in chosen.items() if value is not None}


def _show_input(row: UnitCostsRow) -> None:
    st.markdown(f"**{row['item_label']}**: {row['description']}")
    ends = (("low", "From", row["low"]), ("high", "To", row["high"]))
    for column, (end, label, price) in zip(st.columns(2), ends, strict=True):
        key = f"cost_{row['item']}_{end}"
        st.session_state.setdefault(key, price)
        column.number_input(
            f"{label} (GBP), {row['item_label'].lower()}",
            0.0,
            1_000_000.0,
            value=None,
            step=STEPS[row["basis"]],
            key=key,
            placeholder="not priced",
            on_change=_write_url,
        )
    year = f" ({row['year']})" if row["year"] else ""
    st.caption(f"{row['source']}{year}.")


def _prices_in_url() -> tuple[str, ...]:
    """Return the valid prices of the URL; other entries are ignored."""
    items = {row["item"] for row in rows("unit_costs")}
    return tuple(entry for entry in st.query_params.get_all(COSTS) if _is_price(entry, items))


def _is_price(entry: str, items: set[str]) -> bool:
    item, *ends = entry.split(":")
    try:
        low, high = map(float, ends)
    except ValueError:
        return False
    return item in items and 0 <= low <= high <= 1_000_000


def _write_url() -> None:
    entries = []
    for row in rows("unit_costs"):
        ends = [st.session_state.get(f"cost_{row['item']}_{end}") for end in ("low", "high")]
        prices = [float(end) for end in ends if end is not None]
        if not prices:
            continue
        # a single end counts as both; ends in the wrong order swap
        low, high = min(prices), max(prices)
        if (low, high) != (row["our_low"], row["our_high"]):
            entries.append(f"{row['item']}:{low:g}:{high:g}")
    if entries:
        st.query_params[COSTS] = entries
    else:
        st.query_params.pop(COSTS, None)
