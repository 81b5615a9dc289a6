"""A chart as a complete Vega-Lite specification: marks, words and metadata."""

import json
from typing import Any

from cxdata.charts.kit.theme import THEMES
from cxdata.export.origin.metadata import chart_title, metadata_of, subtitle_of
from cxdata.export.origin.own_words import list_feet
from cxdata.export.picture.spec import Spec, export_spec
from cxdata.export.picture.text_metrics import wrap_text
from cxdata.export.view import View
from cxdata.publish.charts import PublishedChart

WIDE = 680  # px for line breaks, since Vega breaks no lines
HEADLINE, SUBTITLE, SOURCE = 22, 14, 12  # px
RESPONSIVE = {"width": "container", "autosize": {"type": "fit-x", "contains": "padding"}}


def render_vega_lite(published: PublishedChart, view: View) -> bytes:
    """Write the specification as JSON, its words included."""
    return (json.dumps(build_vega_lite(published, view), ensure_ascii=False, indent=1) + "\n").encode()


def build_vega_lite(published: PublishedChart, view: View) -> Spec:
    """Build the specification, its words included. Raises ExportError if there is nothing to draw."""
    spec = chart_spec(published, view, view.picture.theme)
    if not view.picture.is_plain:
        spec["title"] = _title(published, view, spec)
        spec["layer"].append(_source_line(published, view, spec))
    spec["usermeta"] = metadata_of(published, view)
    return spec


def chart_spec(published: PublishedChart, view: View, theme: str) -> Spec:
    """Build the chart alone, as wide as its container."""
    spec = export_spec(published, theme, view.picture.highlight)
    spec["config"]["background"] = "transparent" if view.picture.is_transparent else THEMES[theme].background
    return spec | RESPONSIVE | {"description": metadata_of(published, view)["Description"]}


def _title(published: PublishedChart, view: View, spec: Spec) -> dict[str, Any]:
    colours = spec["config"]["title"], spec["config"]["axis"]
    return {
        "text": wrap_text(chart_title(published, view), "Serif-Semibold", HEADLINE, WIDE),
        "subtitle": wrap_text(subtitle_of(published, view), "Sans-Regular", SUBTITLE, WIDE),
        "anchor": "start",
        "align": "left",
        "frame": "bounds",
        "fontSize": HEADLINE,
        "fontWeight": 600,
        "subtitleFont": colours[1]["labelFont"],
        "subtitleFontSize": SUBTITLE,
        "subtitleColor": colours[1]["labelColor"],
        "offset": 16,
    }


def _source_line(published: PublishedChart, view: View, spec: Spec) -> Spec:
    """Build a layer with the source below the chart and its axis."""
    feet = [*list_feet(published, view.picture), f"id {metadata_of(published, view)['id']}"]
    lines = [line for foot in feet for line in wrap_text(foot, "Sans-Regular", SOURCE, WIDE)]
    return {
        "data": {"values": [{}]},
        "mark": {
            "type": "text",
            "text": lines,
            "align": "left",
            "baseline": "top",
            "fontSize": SOURCE,
            "lineHeight": SOURCE * 1.4,
            "color": spec["config"]["axis"]["labelColor"],
            "dy": 58,
        },
        "encoding": {"x": {"value": 0}, "y": {"value": "height"}},
    }
