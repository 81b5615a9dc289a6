"""A published chart as a picture of exact size: headline, subtitle, body and footer, type set for where it is shown.

Vega neither wraps a title nor keeps an exact size for every chart, so the body alone is Vega's: an SVG nested in a
frame of ours. Where a picture is too low for its rows they flow into columns, and only then does the type get smaller.
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
from cxdata.export.picture.plot import draw_plot, measure_margins
from cxdata.export.picture.presets import Preset
from cxdata.export.picture.spec import export_spec
from cxdata.export.picture.text_metrics import balance_lines, wrap_text
from cxdata.publish.charts import PublishedChart

MARGIN = 24
HEADLINES = (28, 26, 24, 22, 20)  # px, the largest that keeps the headline to its lines
HEADLINE_LINES = 3
SUBTITLE = 14
FOOTER = 12
GAP = 12
NARROWEST = 300  # px a column of rows needs
COLUMNS = (1, 2, 3)
TIGHT = 0.82  # of a row's own height: its head and its mark still clear each other
LOWEST = 0.62  # of its own height, for a grid or a chart without rows: cells still hold their numbers


@dataclass(frozen=True)
class PictureOptions:
    """What of a picture the writer may choose; None leaves the proposal."""

    preset: Preset
    look: str = "light"
    is_transparent: bool = False
    is_plain: bool = False
    headline: str | None = None
    subtitle: str | None = None
    byline: str | None = None
    notes: str | None = None
    highlight: str | None = None
    alt: str | None = None
    language: str = "en"


@dataclass(frozen=True)
class Layout:
    """Where things stand, in pixels as the reader sees them."""

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
        """The height that is left for the body."""
        return self.bottom - self.top


def compute_layout(published: PublishedChart, picture: PictureOptions, code: str = "") -> Layout:
    """Where things would stand in this picture: its zoom, its columns, and how many rows are left out."""
    whole = export_spec(published, picture.look, picture.highlight)
    return _lay_out(published, picture, find_chart(published.name), code, whole)


def draw_picture(published: PublishedChart, picture: PictureOptions, code: str) -> str:
    """The picture as SVG, exactly as large as its preset. `code` is the id that stands at its foot."""
    look = THEMES[picture.look]
    chart = find_chart(published.name)
    whole = export_spec(published, picture.look, picture.highlight)
    layout = _lay_out(published, picture, chart, code, whole)
    body = "".join(_bodies(published, picture, chart, layout, whole))
    preset = picture.preset
    ground = "" if picture.is_transparent else f'<rect width="100%" height="100%" fill="{look.background}"/>'
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="{preset.width}" '
        f'height="{preset.height}" viewBox="0 0 {layout.width:.2f} {layout.height:.2f}">'
        f"{ground}{''.join(layout.lines)}{body}</svg>"
    )


def _lay_out(
    published: PublishedChart, picture: PictureOptions, chart: Chart, code: str, whole: dict[str, Any]
) -> Layout:
    """The first layout in which every row has its room; the type gets smaller last."""
    axes = measure_margins(whole).along
    layouts = [
        _with_text(published, picture, THEMES[picture.look], zoom, code)
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
    """The most rows that fit in the smallest type; how many are left out is said in the picture."""
    # a line is kept free for the words before it is known what they say
    layout = _with_text(published, picture, THEMES[picture.look], 1.0, code, "The first 99 of 99 are shown.")
    columns = max(count for count in flows if (layout.width - 2 * MARGIN) / count - GAP >= NARROWEST or count == 1)
    keys = _row_keys(published.rows, chart)
    if not chart.CHART.rows:
        return replace(layout, columns=(published.rows,))
    most = max(int((layout.room - axes) / row_height), 1) * columns
    kept = tuple(row for row in published.rows if _key(row, chart) in keys[:most])
    said = f"The first {len(keys[:most])} of {len(keys)} are shown."
    layout = _with_text(published, picture, THEMES[picture.look], 1.0, code, said)
    return replace(layout, columns=_split(kept, chart, columns), left_out=len(keys) - len(keys[:most]))


def _with_text(
    published: PublishedChart, picture: PictureOptions, look: Theme, zoom: float, code: str, cut: str = ""
) -> Layout:
    """A layout with its words set and no body yet."""
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
        lines.append(_text(line, MARGIN, y - size * 0.22, size, look.ink, SERIF, 600))
    subtitle = picture.subtitle if picture.subtitle is not None else published.subtitle
    for line in wrap_text(subtitle, "Sans-Regular", SUBTITLE, room):
        y += SUBTITLE * 1.35
        lines.append(_text(line, MARGIN, y, SUBTITLE, look.quiet, SANS))
    top = y + GAP
    bottom = height - MARGIN / 2
    feet = [part for part in (cut, picture.notes, _source(published, picture), code and f"id {code}") if part]
    for line in reversed([line for part in feet for line in wrap_text(part, "Sans-Regular", FOOTER, room)]):
        lines.append(_text(line, MARGIN, bottom - 4, FOOTER, look.quiet, SANS))
        bottom -= FOOTER * 1.4
    return Layout(zoom, width, height, top=top, bottom=bottom - 4, columns=(), lines=tuple(lines))


def _source(published: PublishedChart, picture: PictureOptions) -> str:
    return " · ".join(part for part in (picture.byline, published.source_line) if part)


def _bodies(
    published: PublishedChart, picture: PictureOptions, chart: Chart, layout: Layout, whole: dict[str, Any]
) -> Iterator[str]:
    """The body, a nested SVG a column, all on the scale of the whole."""
    count = len(layout.columns)
    room = layout.width - (MARGIN if picture.is_plain else 2 * MARGIN)
    left = MARGIN / 2 if picture.is_plain else MARGIN
    wide = (room - GAP * 2 * (count - 1)) / count
    lengths = [len(_row_keys(rows, chart)) for rows in layout.columns]
    around = measure_margins(whole)
    for place, rows in enumerate(layout.columns):
        is_whole = rows == published.rows
        own = deepcopy(whole) if is_whole else export_spec(published, picture.look, picture.highlight, rows)
        spec = _on_scale_of(whole, own)
        # a column with fewer rows is lower, so that its rows are as high as those beside it
        high = (layout.room - around.along) * lengths[place] / lengths[0] + around.along
        svg = draw_plot(spec, wide, high, around)
        x = left + place * (wide + GAP * 2)
        prefixed = re.sub(r'(id="|url\(#|href="#)', rf"\1c{place}-", svg)
        # clipping would double the time of the PNG, and cut what should be seen to stand out
        yield re.sub(r"^<svg ", f'<svg x="{x:.2f}" y="{layout.top:.2f}" overflow="visible" ', prefixed, count=1)


def _required_height(split: Sequence[Sequence[dict[str, Any]]], chart: Chart, row_height: float) -> float:
    """The height of the longest column; a chart without rows of its own may shrink to LOWEST."""
    if not chart.CHART.rows:
        return row_height * LOWEST
    return max(len(_row_keys(rows, chart)) for rows in split) * row_height


def _split(rows: Sequence[dict[str, Any]], chart: Chart, columns: int) -> tuple[tuple[dict[str, Any], ...], ...]:
    """The rows in columns, in order, the first as long as any."""
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
    """A column on the x scale of the whole, so that a length means the same in every column."""
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
