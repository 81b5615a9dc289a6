"""The picture of a chart on a page: in one column, at a size of type that the room can read, with the rows that fit."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from cxdata.charts import find_chart
from cxdata.export.picture.layout import compute_layout, draw_picture
from cxdata.export.picture.options import PictureOptions
from cxdata.export.picture.presets import Preset
from cxdata.publish.charts import PublishedChart, draw_spec
from cxdata.text.formatting import format_number

SMALLEST = 12  # px of the smallest text of a chart, in its own pixels
SHARP = 4  # pixels of a file for each pixel of the chart: about 2,400 over a slide


@dataclass(frozen=True)
class Picture:
    """A drawn chart, in the shape of its room. `left_out` says which rows it leaves out."""

    svg: str
    left_out: str


def draw_chart(published: PublishedChart, width: float, height: float, smallest: float) -> Picture:
    """Draw a chart for a room of these points, with no text smaller than `smallest` points.

    What does not fit is left out, and said: the rows that the headline names stay, then the first ones, and of
    companies the first and the last.
    """
    zoom = SMALLEST / smallest
    # shown at its own size, a picture never gets smaller type to make room
    preset = Preset("pack", round(width * zoom), round(height * zoom), round(width * zoom), "a pack")
    options = PictureOptions(preset, is_transparent=True, is_plain=True)
    keys = _keys(published, published.rows)
    if not keys:
        return Picture(draw_picture(_without_names(published, options), options, ""), "")
    if _fits(published, options):
        return Picture(draw_picture(published, options, ""), "")
    order = _order(published, keys)
    most, least = len(keys), 1
    while most - least > 1:  # `least` rows are drawn even if they do not fit: a chart needs one
        middle = (most + least) // 2
        least, most = (middle, most) if _fits(_keep(published, order[:middle]), options) else (least, middle)
    kept = _keep(published, order[:least])
    return Picture(draw_picture(kept, options, ""), say_left_out(least, len(keys), _is_of_companies(published)))


def say_left_out(shown: int, total: int, has_both_ends: bool = False) -> str:
    """Say how many rows of a chart are shown; '' of all."""
    if shown == total:
        return ""
    which = "first and last rows" if has_both_ends else "first rows"
    rows = "1 row" if shown == 1 else f"{format_number(shown)} {which}"
    return f"Shown: {rows} of {format_number(total)}. All are in the dashboard."


def _without_names(published: PublishedChart, options: PictureOptions) -> PublishedChart:
    """Return a chart without the names of single companies where they were placed for a higher picture."""
    spec = published.spec
    if spec is None or compute_layout(published, options).room >= spec["height"]:
        return published
    layers = [layer for layer in spec["layer"] if layer["encoding"].get("text", {}).get("field") != "company"]
    return replace(published, spec=spec | {"layer": layers})


def _fits(published: PublishedChart, options: PictureOptions) -> bool:
    layout = compute_layout(published, options)
    return len(layout.columns) == 1 and not layout.left_out


def _keep(published: PublishedChart, keys: Sequence[tuple[Any, ...]]) -> PublishedChart:
    wanted = set(keys)
    rows = [row for row in published.rows if _key(published, row) in wanted]
    return replace(published, rows=tuple(rows), spec=draw_spec(find_chart(published.name), rows, published.theme))


def _order(published: PublishedChart, keys: Sequence[tuple[Any, ...]]) -> list[tuple[Any, ...]]:
    """Order rows by how much they matter: those that the headline names, then the first, of companies both ends."""
    named = [key for key in keys if any(subject in key for subject in published.claim.subjects)]
    rest = [key for key in keys if key not in named]
    if _is_of_companies(published):
        named, rest = _from_both_ends(named), _from_both_ends(rest)
    return [*named, *rest]


def _from_both_ends(keys: Sequence[tuple[Any, ...]]) -> list[tuple[Any, ...]]:
    return list(dict.fromkeys(key for pair in zip(keys, reversed(keys), strict=True) for key in pair))


def _is_of_companies(published: PublishedChart) -> bool:
    return find_chart(published.name).CHART.rows == ("company",)


def _keys(published: PublishedChart, rows: Sequence[dict[str, Any]]) -> list[tuple[Any, ...]]:
    if not find_chart(published.name).CHART.rows:
        return []
    return list(dict.fromkeys(_key(published, row) for row in rows))


def _key(published: PublishedChart, row: dict[str, Any]) -> tuple[Any, ...]:
    return tuple(row[name] for name in find_chart(published.name).CHART.rows)
