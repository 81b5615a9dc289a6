"""Highlights: one company in full colour and the others dim, in any chart with companies."""

import json
from collections import defaultdict
from collections.abc import Mapping
from typing import Any

from cxdata.charts.kit.layers import name_literal
from cxdata.errors import ExportError
from cxdata.publish.charts import PublishedChart
from cxdata.text.suggestions import format_choices

COMPANY = ("company", "left_company", "right_company")
DIM = {"text": 0.45}  # words stay legible; DIM_MARK for all else
DIM_MARK = 0.22
HALF_SEEN = ("point", "circle", "square", "tick")  # Vega-Lite's default opacity of these is 0.7


def list_companies(published: PublishedChart) -> list[str]:
    """List the companies in the rows of a chart, in its order."""
    return list(dict.fromkeys(row[name] for row in published.rows for name in COMPANY if row.get(name)))


def find_company(published: PublishedChart, name: str) -> str:
    """Find the company as the chart spells it. ExportError names the choices."""
    known = list_companies(published)
    if not known:
        raise ExportError(f"highlight {name!r}: chart {published.name} does not show companies. Leave out highlight.")
    spelled = {company.casefold(): company for company in known}
    if name.casefold() not in spelled:
        raise ExportError(f"highlight {format_choices(name, known, 'the chart')}")
    return spelled[name.casefold()]


def dim_others(spec: dict[str, Any], company: str) -> None:
    """Dim every mark and row heading of other companies, in place."""
    layers = spec.get("layer", [])
    owners = _row_owners(layers)
    for layer in layers:
        others = _others(layer, owners, company)
        mark = layer["mark"] if isinstance(layer["mark"], dict) else {"type": layer["mark"]}
        if others is None or mark.get("opacity") == 0:
            continue
        encoding = layer.setdefault("encoding", {})
        usual = {"value": mark.get("opacity", 0.7 if mark["type"] in HALF_SEEN else 1)}
        dimmed = {"test": others, "value": DIM.get(mark["type"], DIM_MARK)}
        encoding["opacity"] = encoding.get("opacity", usual) | {"condition": dimmed}


def _row_owners(layers: list[dict[str, Any]]) -> Mapping[tuple[str, Any], set[str]]:
    """Collect the companies of the marks in each row, by the field and value of the row."""
    owners: dict[tuple[str, Any], set[str]] = defaultdict(set)
    for layer in layers:
        place = _place(layer)
        for row in _values(layer):
            if place and row.get("company"):
                owners[place, row.get(place)].add(row["company"])
    return owners


def _others(layer: dict[str, Any], owners: Mapping[tuple[str, Any], set[str]], company: str) -> str | None:
    """Write the test for marks of other companies; None for a layer whose marks belong to none or to all."""
    values, place = _values(layer), _place(layer)
    if any("company" in row for row in values):
        shown = defaultdict(set)
        fields = _fields(layer)
        for row in values:
            shown[tuple(json.dumps(row.get(name)) for name in fields)].add(row.get("company"))
        # a mark of several companies, such as a row's name between two bars, belongs to none
        has_owners = any(len(companies) == 1 for companies in shown.values())
        return f"'=' + datum.company !== {name_literal(company)}" if has_owners else None
    theirs = [row[place] for row in values if place and owners.get((place, row.get(place))) not in (None, {company})]
    known = [row for row in values if place and (place, row.get(place)) in owners]
    listed = ", ".join(name_literal(each) for each in theirs)
    return f"indexof([{listed}], '=' + datum[{json.dumps(place)}]) >= 0" if known and theirs else None


def _place(layer: dict[str, Any]) -> str | None:
    place = layer.get("encoding", {}).get("y", {}).get("field")
    return str(place) if place else None


def _values(layer: dict[str, Any]) -> list[dict[str, Any]]:
    values = layer.get("data", {}).get("values", [])
    return values if isinstance(values, list) else []


def _fields(layer: dict[str, Any]) -> list[str]:
    channels = layer.get("encoding", {}).items()
    return [
        each["field"] for name, each in channels if name != "tooltip" and isinstance(each, dict) and "field" in each
    ]
