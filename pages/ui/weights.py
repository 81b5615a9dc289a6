"""The reader's weights: a weighting and a slider per driver, kept in the URL."""

from collections.abc import Mapping
from itertools import groupby

import streamlit as st

from cxdata.publish.assumptions import describe_assumptions
from cxdata.questions.ask import Value
from cxdata.questions.rows import DriverWeightsRow
from cxdata.text.formatting import format_number
from pages.ui.cache import rows
from pages.ui.escaping import escape_markdown
from pages.ui.links import default_unless_chosen, write_labels

OURS = "ours"
FACTORS = (0.0, 0.25, 0.5, 0.75, 1.0, 1.5, 2.0, 3.0, 4.0, 5.0)
WEIGHTS = "weights"  # URL key; one entry driver:factor for each driver that the reader changes
KEY = "weight_"  # prefix of a slider's key, before its driver


def read_weights() -> dict[str, Value]:
    """Return the weights of the URL as parameters of a question. Show a line if they differ from ours."""
    labels = {row["weighting_label"]: row["weighting"] for row in rows("weightings")}
    requested = st.query_params.get("weighting", OURS)
    opinions = _opinions(labels.get(requested, requested), _factors_in_url())
    if opinions:
        weights = escape_markdown(describe_assumptions(opinions))
        st.caption(f"These figures use your weights, not ours: {weights}. Change it on Effort, under “What if”.")
    return opinions


def show_weighting() -> dict[str, Value]:
    """Show the choice of a weighting; return it and the reader's factors as parameters of a question."""
    known = {row["weighting"]: row for row in rows("weightings")}
    labels = {code: row["weighting_label"] for code, row in known.items()}
    write_labels({"weighting": labels})
    chosen = st.segmented_control(
        "What weighs most?",
        list(labels),
        format_func=lambda code: labels.get(code, code),
        default=default_unless_chosen("weighting", labels.values(), OURS),
        required=True,
        key="weighting",
        bind="query-params",
    )
    weighting = str(chosen) if chosen in known else OURS
    st.caption(known[weighting]["description"])
    _read_url()
    return _opinions(weighting, _own())


def show_weight_sliders(filters: Mapping[str, Value], opinions: Mapping[str, Value]) -> None:
    """Show a slider for each driver in the chosen stories. The URL keeps their factors."""
    own = _own()
    label = f"Your own weights: {len(own)} changed" if own else "Your own weights"
    with st.expander(label, icon=":material/tune:", key="own_weights"):
        st.caption(
            "A factor for each effort type: 0 leaves it out, and 2 counts it twice. The brackets give its points"
            " for one time with its usual minutes, before your factor."
        )
        st.button("Reset to the weighting", on_click=_reset, disabled=not own, icon=":material/undo:")
        weighting = opinions.get("weighting")
        met = [row for row in rows("driver_weights", **filters, weighting=weighting) if row["story_count"]]
        for theme, members in groupby(met, key=lambda row: row["theme_label"]):
            st.markdown(f"**{theme}**")
            columns = st.columns(3)
            for place, row in enumerate(members):
                columns[place % 3].select_slider(
                    f"{row['driver_label']} ({_points(row)})",
                    FACTORS,
                    format_func=lambda factor: f"× {factor:g}",
                    key=KEY + row["driver"],
                    on_change=_write_url,
                )


def _opinions(weighting: str, own: Mapping[str, float]) -> dict[str, Value]:
    opinions: dict[str, Value] = {}
    if weighting != OURS and weighting in {row["weighting"] for row in rows("weightings")}:
        opinions["weighting"] = weighting
    if own:
        opinions["weights"] = tuple(f"{driver}:{factor:g}" for driver, factor in sorted(own.items()))
    return opinions


def _points(row: DriverWeightsRow) -> str:
    return format_number(row["points"])


def _drivers() -> list[str]:
    return [row["driver"] for row in rows("driver_weights")]


def _factors_in_url() -> dict[str, float]:
    """Return the factors of the URL, rounded to the nearest of FACTORS. Unknown drivers and non-numbers are ignored."""
    known, found = _drivers(), {}
    for entry in st.query_params.get_all(WEIGHTS):
        driver, _, factor = entry.partition(":")
        nearest = min(FACTORS, key=lambda each: abs(each - _number(factor)))
        if driver in known and nearest != 1:
            found[driver] = nearest
    return found


def _number(text: str) -> float:
    try:
        return float(text)
    except ValueError:
        return 1.0


def _read_url() -> None:
    """Set new sliders from the URL; afterwards the URL follows the sliders."""
    factors = _factors_in_url()
    for driver in _drivers():
        st.session_state.setdefault(KEY + driver, factors.get(driver, 1.0))


def _own() -> dict[str, float]:
    placed = {driver: st.session_state.get(KEY + driver, 1.0) for driver in _drivers()}
    return {driver: factor for driver, factor in placed.items() if factor != 1}


def _write_url() -> None:
    entries = [f"{driver}:{factor:g}" for driver, factor in sorted(_own().items())]
    if entries:
        st.query_params[WEIGHTS] = entries
    else:
        st.query_params.pop(WEIGHTS, None)


def _reset() -> None:
    for driver in _drivers():
        st.session_state[KEY + driver] = 1.0
    _write_url()
