"""The measures that charts draw: unit, kind, better direction and the SQL that defines them."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

Known = Literal["effort", "feeling", "promises", "signs", "agreement"]
Kind = Literal["work", "feeling", "count", "money", "certainty", "survey"]


@dataclass(frozen=True)
class Measure:
    """One measure. `better` is None where neither direction is good in itself."""

    unit: str
    kind: Kind
    better: Literal["lower", "higher"] | None
    defined_by: str
    """The view or macro of sql/views that defines it, or the question where no view does."""
    known: Known | None = None
    """The measure of a story that must be known before a mark opens it; None where a mark opens any chosen story."""


MEASURES: Mapping[str, Measure] = {
    "effort_points": Measure("effort points", "work", "lower", "weighed_effort", "effort"),
    "experience": Measure("steps of feeling, -5 to +5", "feeling", "higher", "story_experience", "feeling"),
    "feeling": Measure("steps of feeling, -5 to +5", "feeling", "higher", "service_encounter"),
    "contacts": Measure("contacts", "count", "lower", "customer_contact"),
    "promises": Measure("promises", "count", None, "promise_gap", "promises"),
    "signs": Measure("share of stories", "count", "higher", "signs", "signs"),
    "type_share": Measure("share of stories", "count", "lower", "type_over_time"),
    "cost": Measure("GBP per story", "money", "lower", "unit_cost"),
    "agreement": Measure("Krippendorff's alpha", "certainty", "higher", "coded_value", "agreement"),
    "satisfaction": Measure("share of a survey's scale, 0 to 100", "survey", "higher", "convergence"),
}
