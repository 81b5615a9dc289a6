"""A pack as slides (PPTX): real titles, alt texts, notes, and the layouts of a company's template where one is given.

The template decides colours, fonts and places. Text that this module writes has 18 points or more.
"""

import copy
import io
from collections.abc import Sequence
from typing import Any

from cxdata.export.pack.bars import Bars, find_bars
from cxdata.export.pack.deck import (
    GAP,
    LEAST,
    POINT,
    TEXT,
    Box,
    Layouts,
    box_of,
    find_layouts,
    open_deck,
    place_shape,
    repack,
)
from cxdata.export.pack.fitting import BOLD, SANS, count_lines, largest_size, text_height
from cxdata.export.pack.model import LANGUAGE, Item, Pack, Page
from cxdata.export.pack.pictures import SHARP, draw_chart, say_left_out
from cxdata.export.picture.png import draw_png, on_white
from cxdata.text.formatting import format_count

TITLES = (32, 30, 28, 26, 24, 22, 20, 18)  # pt
FIGURES = (36, 32, 28, 24, 20, 18)  # pt
FIRST = "1980-01-01"  # the day of a pack whose stories have none
QUIETER = 0.3  # of the way to white
BAR, PAIR_OF_BARS, LEGEND = 27.0, 34.0, 34.0  # pt of height


def write_slides(pack: Pack, base: str = "", template: bytes | None = None) -> bytes:
    """Write a pack as PPTX; links begin with `base`, the address of the dashboard, and without one there are none.

    `template` is a PPTX or POTX whose layouts are used. Raises ExportError for a file that cannot serve.
    """
    deck = open_deck(template)
    layouts = find_layouts(deck)
    for page in pack.pages:
        _add_slide(deck, layouts, page, base, template is None)
    _describe(deck, pack)
    file = io.BytesIO()
    deck.save(file)
    return repack(file.getvalue(), pack.day or FIRST)


def _add_slide(deck: Any, layouts: Layouts, page: Page, base: str, is_own: bool) -> None:
    is_text = not page.chart and not page.figures
    layout = layouts.text if is_text else layouts.chart
    slide = deck.slides.add_slide(layout)
    _write_title(slide, page)
    body = next((shape for shape in slide.placeholders if not _is_aside(shape)), None)
    room = layouts.room
    foot = text_height(count_lines(page.foot, TEXT, room.width), TEXT)
    _write_box(slide, Box(room.left, room.top + room.height - foot, room.width, foot), [_quiet(page.foot)])
    left = Box(room.left, room.top, room.width, room.height - foot - GAP)
    bars = find_bars(page.chart) if page.chart else None
    left = _write_subtitle(slide, left, bars.subtitle if bars else page.subtitle)
    if page.figures:
        left = _write_figures(slide, left, page)
    if page.chart:
        _add_chart(slide, left, page, is_own)
    if page.items and not page.chart:
        _write_items(slide, body if is_text else None, left, page.items)
    elif body is not None:
        body._element.getparent().remove(body._element)
    for shape in [each for each in slide.placeholders if not each.has_text_frame or not each.text_frame.text]:
        if not _is_title(shape):
            shape._element.getparent().remove(shape._element)
    _add_number(slide, layout)
    link = f"{base.rstrip('/')}/{page.path}" if base else ""
    alt = [page.chart.alt_text] if page.chart else []
    extra = [f"{item.head} {item.text}".strip() for item in page.items] if page.chart else []
    spoken = [page.subtitle, *alt, *extra, *page.notes, link]
    slide.notes_slide.notes_text_frame.text = "\n".join(part for part in spoken if part)


def _is_title(shape: Any) -> bool:
    return "TITLE" in str(shape.placeholder_format.type)


def _is_aside(shape: Any) -> bool:
    return any(word in str(shape.placeholder_format.type) for word in ("TITLE", "DATE", "FOOTER", "NUMBER"))


def _write_title(slide: Any, page: Page) -> None:
    title = slide.shapes.title
    title.text_frame.text = page.title
    box = box_of(title)
    size = largest_size(page.title, TITLES, box.width - 14, box.height - 7)
    _style(title.text_frame.paragraphs[0].runs[0], size)


def _write_subtitle(slide: Any, room: Box, subtitle: str) -> Box:
    """Write the subtitle at the top of a room, and return the room below it."""
    height = text_height(count_lines(subtitle, TEXT, room.width), TEXT)
    if not height:
        return room
    _write_box(slide, room._replace(height=height), [_quiet(subtitle)])
    return _below(room, height + GAP)


def _write_figures(slide: Any, room: Box, page: Page) -> Box:
    """Write figures side by side at the top of a room, and return the room below them."""
    gap = 2 * GAP
    width = (room.width - gap * (len(page.figures) - 1)) / len(page.figures)
    labels = [" · ".join(part for part in (figure.words, figure.more) if part) for figure in page.figures]
    size = min(largest_size(figure.figure, FIGURES, width, FIGURES[0] * 1.3) for figure in page.figures)
    lines = max(count_lines(label, TEXT, width) for label in labels)
    height = text_height(1, size) + text_height(lines, TEXT) + 4
    for place, (figure, label) in enumerate(zip(page.figures, labels, strict=True)):
        box = Box(room.left + place * (width + gap), room.top, width, height)
        _write_box(slide, box, [[(figure.figure, size, True, False)], [(label, TEXT, False, True)]])
    return _below(room, height + GAP)


def _add_chart(slide: Any, room: Box, page: Page, is_own: bool) -> None:
    """Add a page's chart with the sentences below it: bars that can be edited, else a picture."""
    assert page.chart is not None
    said = " ".join(item.text for item in page.items)
    if room.height - _quiet_height(said, room) < LEAST:
        said = ""
    bars, alt = find_bars(page.chart), page.chart.alt_text
    inner = room._replace(height=room.height - _quiet_height(said, room))
    if bars and (kept := _fit_bars(bars, inner.height)):
        left_out, alt = say_left_out(len(kept.names), len(bars.names), bars.has_both_ends), kept.alt_text
        inner = inner._replace(height=inner.height - _quiet_height(left_out, room))
        shape = _add_bars(slide, inner, kept)
    else:
        picture = draw_chart(page.chart, inner.width, inner.height, TEXT)
        left_out = picture.left_out
        if left_out:
            inner = inner._replace(height=inner.height - _quiet_height(left_out, room))
            picture = draw_chart(page.chart, inner.width, inner.height, TEXT)
            left_out = picture.left_out
        svg = on_white(picture.svg) if is_own else picture.svg
        png = draw_png(svg, SHARP, not is_own, {"Title": page.title, "Description": page.chart.alt_text})
        shape = slide.shapes.add_picture(io.BytesIO(png), *(round(each * POINT) for each in inner))
    named = shape._element.xpath(".//p:cNvPr")[0]
    named.set("descr", alt)
    named.set("name", f"Chart: {page.name}")
    below = f"{left_out} {said}".strip()
    if below:
        _write_box(
            slide, Box(room.left, inner.top + inner.height, room.width, _quiet_height(below, room)), [_quiet(below)]
        )


def _quiet_height(text: str, room: Box) -> float:
    return text_height(count_lines(text, TEXT, room.width), TEXT)


def _fit_bars(bars: Bars, height: float) -> Bars | None:
    """Return the first rows that fit; None where a row that stands for others would be cut off."""
    is_pair = len(bars.series) > 1
    most = int((height - (LEGEND if is_pair else 0)) // (PAIR_OF_BARS if is_pair else BAR))
    if most < len(bars.names):
        most = int((height - text_height(1, TEXT) - (LEGEND if is_pair else 0)) // (PAIR_OF_BARS if is_pair else BAR))
        return None if bars.has_rest or most < 2 else bars.first(most)
    return bars


def _add_bars(slide: Any, room: Box, bars: Bars) -> Any:
    from pptx.chart.data import CategoryChartData  # noqa: PLC0415
    from pptx.enum.chart import XL_CHART_TYPE, XL_LEGEND_POSITION, XL_TICK_LABEL_POSITION  # noqa: PLC0415
    from pptx.enum.dml import MSO_THEME_COLOR  # noqa: PLC0415
    from pptx.util import Pt  # noqa: PLC0415

    plain = "#,##0" if _is_large(bars) else "General"
    data = CategoryChartData(number_format="+0.0;−0.0;0" if bars.is_signed else plain)
    data.categories = bars.names
    for place, name in enumerate(bars.series):
        data.add_series(name, [row[place] for row in bars.values])
    is_pair = len(bars.series) > 1
    high = min(room.height, len(bars.names) * (PAIR_OF_BARS if is_pair else 40) + (LEGEND if is_pair else 0) + 10)
    box = [round(each * POINT) for each in (room.left, room.top, room.width, high)]
    shape = slide.shapes.add_chart(XL_CHART_TYPE.BAR_CLUSTERED, *box, data)
    chart = shape.chart
    chart.font.size = Pt(TEXT)
    chart.has_title = False
    chart.has_legend = is_pair
    if is_pair:
        chart.legend.position, chart.legend.include_in_layout = XL_LEGEND_POSITION.TOP, False
    chart.category_axis.reverse_order = True
    chart.category_axis.tick_label_position = XL_TICK_LABEL_POSITION.LOW
    chart.category_axis.has_major_gridlines = chart.value_axis.has_major_gridlines = False
    chart.category_axis.format.line.color.theme_color = MSO_THEME_COLOR.TEXT_2
    chart.value_axis.visible = False
    if bars.is_signed:
        chart.value_axis.minimum_scale, chart.value_axis.maximum_scale = -6.5, 6.5  # room for figures
    else:
        chart.value_axis.minimum_scale = 0
    plot = chart.plots[0]
    plot.gap_width, plot.overlap = (40, 0)
    plot.has_data_labels = True
    plot.data_labels.font.size = Pt(TEXT)
    for series, colour in zip(plot.series, (MSO_THEME_COLOR.ACCENT_1, MSO_THEME_COLOR.ACCENT_2), strict=False):
        series.format.fill.solid()
        series.format.fill.fore_color.theme_color = colour
        series.invert_if_negative = False
    return shape


def _is_large(bars: Bars) -> bool:
    return min(max(row) for row in bars.values) >= 100 or all(each == int(each) for row in bars.values for each in row)


def _write_items(slide: Any, body: Any, room: Box, items: Sequence[Item]) -> None:
    """Write paragraphs into the text box of the layout, or one of our own: as many as fit, and how many are left."""
    kept, height = 0, 0.0
    more = text_height(1, TEXT)
    for number, item in enumerate(items, 1):
        height += _item_height(item, room.width) + GAP
        if height + (more if number < len(items) else 0) > room.height + GAP:
            break
        kept = number
    if body is not None:
        kept = max(kept, 1)  # the page has nothing else
    paragraphs = [_item_runs(item) for item in items[:kept]]
    if kept < len(items) and room.height > more:
        left = len(items) - kept
        paragraphs.append(_quiet(f"{'And ' if kept else ''}{format_count(left, 'more', 'more')} in the dashboard."))
    if body is None:
        _write_box(slide, room, paragraphs, GAP)
        return
    place_shape(body, room)
    _fill(body.text_frame, paragraphs, GAP)


def _item_height(item: Item, width: float) -> float:
    width -= 24  # a template may have bullets
    lead = f"{item.head}: " if item.text and item.head else item.head
    lines = count_lines(f"{lead}{item.text}", TEXT, width, BOLD if not item.text else SANS)
    return text_height(lines + count_lines(item.details, TEXT, width), TEXT)


Run = tuple[str, float, bool, bool]  # text, size, bold, quiet


def _item_runs(item: Item) -> list[Run]:
    lead = f"{item.head}. " if item.text and item.head else item.head
    runs: list[Run] = [(lead, TEXT, True, False)] if lead else []
    runs += [(item.text, TEXT, False, False)] if item.text else []
    return runs + ([("\v" + item.details, TEXT, False, True)] if item.details else [])


def _quiet(text: str) -> list[Run]:
    return [(text, TEXT, False, True)]


def _write_box(slide: Any, box: Box, paragraphs: Sequence[Sequence[Run]], space: float = 0) -> None:
    shape = slide.shapes.add_textbox(*(round(each * POINT) for each in box))
    frame = shape.text_frame
    frame.word_wrap = True
    frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = 0
    _fill(frame, paragraphs, space)


def _fill(frame: Any, paragraphs: Sequence[Sequence[Run]], space: float) -> None:
    from pptx.util import Pt  # noqa: PLC0415

    for number, runs in enumerate(paragraphs):
        paragraph = frame.paragraphs[0] if number == 0 else frame.add_paragraph()
        paragraph.space_after = Pt(space)
        paragraph.space_before = Pt(0)
        for text, size, is_bold, is_quiet in runs:
            for place, line in enumerate(text.split("\v")):
                if place:
                    paragraph.add_line_break()
                if line:
                    run = paragraph.add_run()
                    run.text = line
                    _style(run, size, is_bold, is_quiet)


def _style(run: Any, size: float, is_bold: bool = False, is_quiet: bool = False) -> None:
    from pptx.enum.dml import MSO_THEME_COLOR  # noqa: PLC0415
    from pptx.util import Pt  # noqa: PLC0415

    run.font.size = Pt(size)
    run._r.get_or_add_rPr().set("lang", LANGUAGE)
    if is_bold:
        run.font.bold = True
    if is_quiet:
        # lighter than the text of any theme, and still readable
        run.font.color.theme_color = MSO_THEME_COLOR.TEXT_1
        run.font.color.brightness = QUIETER


def _add_number(slide: Any, layout: Any) -> None:
    """Copy the page number of a layout, which the library leaves out."""
    for shape in layout.placeholders:
        if "SLIDE_NUMBER" in str(shape.placeholder_format.type):
            slide.shapes._spTree.append(copy.deepcopy(shape._element))


def _below(room: Box, height: float) -> Box:
    return Box(room.left, room.top + height, room.width, room.height - height)


def _describe(deck: Any, pack: Pack) -> None:
    about = deck.core_properties
    about.title, about.author, about.last_modified_by = pack.title, pack.author, pack.author
    about.subject = about.comments = pack.description[:255]
    about.keywords = about.category = ""
    about.language = LANGUAGE
    about.revision = 1
