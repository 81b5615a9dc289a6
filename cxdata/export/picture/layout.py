"""The layout of a picture of exact size: headline, subtitle, body and footer, with type for its width on the page.

Vega neither wraps a title nor keeps an exact size for every chart, so Vega draws only the body, an SVG inside our
frame. If a picture is too low for its rows, they flow into columns; only then does the type get smaller.
"""

import re
from collections.abc import Iterator, Sequence
from copy import deepcopy
from dataclasses import dataclass, field, replace
from html import escape
from typing import Any

from cxdata.charts import Chart, find_chart
from cxdata.charts.kit.grid import CELL
from cxdata.charts.kit.layers import DETAILED, ROW
from cxdata.charts.kit.theme import SANS, SERIF, THEMES, Theme
from cxdata.export.origin.own_words import list_feet
from cxdata.export.picture.options import PictureOptions
from cxdata.export.picture.plot import draw_plot, measure_margins
from cxdata.export.picture.spec import export_spec
from cxdata.export.picture.text_metrics import balance_lines, wrap_text
from cxdata.publish.charts import PublishedChart

MARGIN = 24
HEADLINES = (28, 26, 24, 22, 20)  # px; the largest with at most two lines of headline
HEADLINE_LINES = 3
SUBTITLE = 14
FOOTER = 12
GAP = 12
NARROWEST = 300  # px of a column of rows
COLUMNS = (1, 2, 3)
TIGHT = 0.82  # of a row's height: its heading and mark still do not touch
LOWEST = 0.62  # of its height, for a grid or a chart without rows: numbers still fit the cells


@dataclass(frozen=True)
class Layout:
    """The positions of the parts, in pixels on the reader's screen."""

    zoom: float
    width: float
    height: float
    top: float
    bottom: float
    columns: tuple[tuple[dict[str, Any], ...], ...]
    left_out: int = 0
    lines: tuple[str, ...] = field(default=())

    @property
    def room(self) -> float:
        """Return the height for the body."""
        return self.bottom - self.top


def compute_layout(published: PublishedChart, picture: PictureOptions, code: str = "") -> Layout:
    """Compute the layout of a picture: its zoom, its columns, and the number of rows left out."""
    whole = export_spec(published, picture.theme, picture.highlight)
    return _lay_out(published, picture, find_chart(published.name), code, whole)


def draw_picture(published: PublishedChart, picture: PictureOptions, code: str) -> str:
    """Draw a picture as SVG in the exact size of its preset; `code` is the id in its footer."""
    theme = THEMES[picture.theme]
    chart = find_chart(published.name)
    whole = export_spec(published, picture.theme, picture.highlight)
    layout = _lay_out(published, picture, chart, code, whole)
    body = "".join(_bodies(published, picture, layout, whole))
    preset = picture.preset
    ground = "" if picture.is_transparent else f'<rect width="100%" height="100%" fill="{theme.background}"/>'
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="{preset.width}" '
        f'height="{preset.height}" viewBox="0 0 {layout.width:.2f} {layout.height:.2f}">'
        f"{ground}{''.join(layout.lines)}{body}</svg>"
    )


def _lay_out(
    published: PublishedChart, picture: PictureOptions, chart: Chart, code: str, whole: dict[str, Any]
) -> Layout:
    """Choose the first layout with room for every row; smaller type comes last."""
    axes = measure_margins(whole).along
    layouts = [
        _with_text(published, picture, THEMES[picture.theme], zoom, code)
        for zoom in dict.fromkeys(max(picture.preset.zoom * step, 1.0) for step in (1, 0.9, 0.8, 0.7, 0.6, 0.5, 0.1))
    ]
    row_height = float(whole["height"]) / max(len(_row_keys(published.rows, chart)), 1)
    flows = COLUMNS if row_height > CELL else (1,)
    row_height *= TIGHT if row_height in (ROW, DETAILED) else LOWEST if row_height == CELL else 1
    for smaller in (layouts[:3], layouts[3:5], layouts[5:]):
        for columns in flows:
            for layout in smaller:
                split = _split(published.rows, chart, columns)
                wide_enough = columns == 1 or (layout.width - 2 * MARGIN) / columns - GAP >= NARROWEST
                if (
                    wide_enough
                    and len(split) == columns
                    and _required_height(split, chart, row_height) + axes <= layout.room
                ):
                    return replace(layout, columns=split)
    return _cut(published, picture, chart, code, row_height, axes, flows)


def _cut(
    published: PublishedChart,
    picture: PictureOptions,
    chart: Chart,
    code: str,
    row_height: float,
    axes: float,
    flows: Sequence[int],
) -> Layout:
    """Fit as many rows as possible in the smallest type; the picture says how many it shows."""
    if not chart.CHART.rows:
        layout = _with_text(published, picture, THEMES[picture.theme], 1.0, code)
        return replace(layout, columns=(published.rows,))
    # reserve a line for the words before the counts are known
    layout = _with_text(published, picture, THEMES[picture.theme], 1.0, code, "The first 99 of 99 are shown.")
    columns = max(count for count in flows if (layout.width - 2 * MARGIN) / count - GAP >= NARROWEST or count == 1)
    keys = _row_keys(published.rows, chart)
    most = max(int((layout.room - axes) / row_height), 1) * columns
    kept = tuple(row for row in published.rows if _key(row, chart) in keys[:most])
    said = f"The first {len(keys[:most])} of {len(keys)} are shown."
    layout = _with_text(published, picture, THEMES[picture.theme], 1.0, code, said)
    return replace(layout, columns=_split(kept, chart, columns), left_out=len(keys) - len(keys[:most]))


def _with_text(
    published: PublishedChart, picture: PictureOptions, theme: Theme, zoom: float, code: str, cut: str = ""
) -> Layout:
    """Set the words of a layout, without a body."""
    width, height = picture.preset.width / zoom, picture.preset.height / zoom
    if picture.is_plain:
        return Layout(zoom, width, height, top=MARGIN / 2, bottom=height - MARGIN / 2, columns=())
    room = width - 2 * MARGIN
    headline = picture.headline if picture.headline is not None else published.headline
    size = next(
        (size for size in HEADLINES if len(wrap_text(headline, "Serif-Semibold", size, room)) <= 2),
        HEADLINES[-1],
    )
    y = float(MARGIN)
    lines = []
    for line in balance_lines(headline, "Serif-Semibold", size, room):
        y += size * 1.18
        lines.append(_text(line, MARGIN, y - size * 0.22, size, theme.ink, SERIF, 600))
    subtitle = picture.subtitle if picture.subtitle is not None else published.subtitle
    for line in wrap_text(subtitle, "Sans-Regular", SUBTITLE, room):
        y += SUBTITLE * 1.35
        lines.append(_text(line, MARGIN, y, SUBTITLE, theme.quiet, SANS))
    top = y + GAP
    bottom = height - MARGIN / 2
    feet = [part for part in (cut, *list_feet(published, picture), code and f"id {code}") if part]
    for line in reversed([line for part in feet for line in wrap_text(part, "Sans-Regular", FOOTER, room)]):
        lines.append(_text(line, MARGIN, bottom - 4, FOOTER, theme.quiet, SANS))
        bottom -= FOOTER * 1.4
    return Layout(zoom, width, height, top=top, bottom=bottom - 4, columns=(), lines=tuple(lines))


def _bodies(published: PublishedChart, picture: PictureOptions, layout: Layout, whole: dict[str, Any]) -> Iterator[str]:
    """Draw the body: a nested SVG for each column, all on the scale of the whole."""
    count = len(layout.columns)
    room = layout.width - (MARGIN if picture.is_plain else 2 * MARGIN)
    left = MARGIN / 2 if picture.is_plain else MARGIN
    wide = (room - GAP * 2 * (count - 1)) / count
    around = measure_margins(whole)
    drawn = [
        deepcopy(whole) if rows == published.rows else export_spec(published, picture.theme, picture.highlight, rows)
        for rows in layout.columns
    ]
    highest = max(own["height"] for own in drawn)
    for place, own in enumerate(drawn):
        spec = _on_scale_of(whole, own)
        # a lower column stays lower in proportion, heads above its rows included, so that all rows have one height
        high = (layout.room - around.along) * own["height"] / highest + around.along
        svg = draw_plot(spec, wide, high, around)
        x = left + place * (wide + GAP * 2)
        prefixed = re.sub(r'(id="|url\(#|href="#)', rf"\1c{place}-", svg)
        # clipping would double the time of the PNG, and hide marks that overflow by mistake
        yield re.sub(r"^<svg ", f'<svg x="{x:.2f}" y="{layout.top:.2f}" overflow="visible" ', prefixed, count=1)


def _required_height(split: Sequence[Sequence[dict[str, Any]]], chart: Chart, row_height: float) -> float:
    """Compute the height of the longest column; a chart without rows may shrink to LOWEST."""
    if not chart.CHART.rows:
        return row_height * LOWEST
    return max(len(_row_keys(rows, chart)) for rows in split) * row_height


def _split(rows: Sequence[dict[str, Any]], chart: Chart, columns: int) -> tuple[tuple[dict[str, Any], ...], ...]:
    """Split rows into columns, in order; no column is longer than the first."""
    if columns == 1 or not chart.CHART.rows:
        return (tuple(rows),)
    keys = _row_keys(rows, chart)
    length = -(-len(keys) // columns)
    parts = [keys[start : start + length] for start in range(0, len(keys), length)]
    return tuple(tuple(row for row in rows if _key(row, chart) in part) for part in parts)


def _row_keys(rows: Sequence[dict[str, Any]], chart: Chart) -> list[tuple[Any, ...]]:
    return list(dict.fromkeys(_key(row, chart) for row in rows)) if chart.CHART.rows else [()]


def _key(row: dict[str, Any], chart: Chart) -> tuple[Any, ...]:
    return tuple(row[name] for name in chart.CHART.rows)


def _on_scale_of(whole: dict[str, Any], part: dict[str, Any]) -> dict[str, Any]:
    """Set a column on the x scale of the whole, so that a length means the same in every column."""
    extent = 0.0
    for layer in whole["layer"]:
        for channel in ("x", "x2"):
            name = layer.get("encoding", {}).get(channel, {}).get("field")
            values = [row.get(name) for row in layer.get("data", {}).get("values", [])]
            extent = max([extent, *(value for value in values if isinstance(value, int | float))])
    for layer in part["layer"]:
        x = layer.get("encoding", {}).get("x", {})
        if x.get("type") == "quantitative" and "domain" not in (x.get("scale") or {}) and extent:
            x["scale"] = (x.get("scale") or {}) | {"domain": [0, extent], "nice": False}
    return part


def _text(line: str, x: float, y: float, size: float, colour: str, family: str, weight: int = 400) -> str:
    return (
        f'<text x="{x:.2f}" y="{y:.2f}" font-family="{family}" font-weight="{weight}" font-size="{size}" '
        f'fill="{colour}">{escape(line)}</text>'
    )
