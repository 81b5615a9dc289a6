"""The specification of an exported chart: only plotted columns, no clicks, one company highlighted."""

import re
from collections.abc import Iterator, Sequence
from copy import deepcopy
from functools import lru_cache
from typing import Any

from cxdata.charts import find_chart
from cxdata.errors import ExportError
from cxdata.export.picture.highlight import dim_others, find_company
from cxdata.publish.charts import SELECTED, PublishedChart, draw_spec
from cxdata.text.formatting import NUMBER_FORMATS, number_format

Spec = dict[str, Any]

READ_BY_VEGA = re.compile(r"\bdatum\.(\w+)|\bdatum\[\s*['\"]([^'\"]+)['\"]\s*\]")


def export_spec(
    published: PublishedChart, theme: str, highlight: str | None, rows: Sequence[dict[str, Any]] | None = None
) -> Spec:
    """Draw the chart in this theme over some of its own rows, else over all; the caller may change the result.

    Raises ExportError if there is nothing to draw, or if the chart does not have the company to highlight.
    """
    if published.spec is None:
        why = published.headline[0].lower() + published.headline[1:]
        raise ExportError(f"{published.name}: {why}, so there is nothing to draw")
    if rows is None and published.theme == theme:
        spec = deepcopy(published.spec)
    else:
        places = {id(row): place for place, row in enumerate(published.rows)}
        spec = deepcopy(_drawn(published, theme, tuple(places[id(row)] for row in rows or published.rows)))
    _without_clicks(spec)
    if highlight:
        dim_others(spec, find_company(published, highlight))
    for part in (spec, *spec.get("layer", [])):
        _without_unplotted(part, spec)
    spec["config"] = spec["config"] | vega_number_format(published.language)
    return spec


@lru_cache(maxsize=32)
def _drawn(published: PublishedChart, theme: str, places: tuple[int, ...]) -> Spec:
    """Draw some rows of a chart, and cache them: formats and sizes share a column. Do not change the result."""
    with number_format(published.language):
        return draw_spec(find_chart(published.name), [published.rows[place] for place in places], theme)


def _without_clicks(spec: Spec) -> None:
    """Remove the selection and the pointer: a file opens no stories."""
    spec["params"] = [parameter for parameter in spec.get("params", []) if parameter.get("name") != SELECTED]
    if not spec["params"]:
        del spec["params"]
    for layer in spec.get("layer", []):
        if isinstance(layer.get("mark"), dict):
            layer["mark"].pop("cursor", None)


def _without_unplotted(part: Spec, spec: Spec) -> None:
    """Keep the columns of the data that a part, or the spec it inherits from, uses."""
    values = part.get("data", {}).get("values")
    if not isinstance(values, list):
        return
    inherited = {key: value for key, value in spec.items() if key not in ("layer", "config", "data")}
    used = set(_fields({key: value for key, value in part.items() if key != "data"}))
    used |= set(_fields(spec["layer"] if part is spec else inherited))
    part["data"] = part["data"] | {
        "values": [{name: value for name, value in row.items() if name in used} for row in values]
    }


def _fields(part: Any) -> Iterator[str]:
    if isinstance(part, dict):
        for key, value in part.items():
            if key in ("field", "groupby", "fields") and isinstance(value, str | list):
                yield from [value] if isinstance(value, str) else [name for name in value if isinstance(name, str)]
            yield from _fields(value)
    elif isinstance(part, list):
        for each in part:
            yield from _fields(each)
    elif isinstance(part, str):
        for plain, quoted in READ_BY_VEGA.findall(part):
            yield plain or quoted


def vega_number_format(language: str) -> dict[str, Any]:
    """Build the number format of a Vega-Lite config: the marks of the language, and at most two decimals."""
    numerals = NUMBER_FORMATS[language]
    number = {
        "decimal": numerals.decimal,
        "thousands": numerals.thousands,
        "grouping": [3],
        "currency": ["", ""],
    }
    return {"numberFormat": ",.2~f", "locale": {"number": number}}
