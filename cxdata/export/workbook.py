"""The rows of a chart as a workbook (XLSX): the figures under headings in words, and what each of them means."""

import io
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from cxdata.export.origin.metadata import metadata_of, serialise_metadata
from cxdata.export.view import View
from cxdata.export.web.snippets import SITE
from cxdata.publish.charts import PublishedChart
from cxdata.publish.figures import describe_figures, format_figure, list_headings, unit_of
from cxdata.publish.missing_values import NONE_MEANT, describe_missing

LONGEST = 32_767  # characters of a cell; the format has no longer ones
WIDEST, NARROWEST = 60, 8  # characters of a column
DOES_NOT_APPLY = "does not apply"
HEADS = 46  # pt of the row of headings: three lines
LOOKS = {"share, 0 to 1": "share", "GBP": "money"}  # of numbers of a unit
OPTIONS = {"in_memory": True, "strings_to_formulas": False, "strings_to_numbers": False, "strings_to_urls": False}
FIRST = datetime(1980, 1, 1)


def write_workbook(published: PublishedChart, view: View) -> bytes:
    """Write the sheets `Figures` and `Definitions`. No text runs as a formula. An unknown figure is an empty cell."""
    import xlsxwriter  # noqa: PLC0415 - other formats need none of it

    about = metadata_of(published, view)
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, OPTIONS) as book:
        day = published.coded_on
        book.set_properties(
            {
                "title": about["Title"],
                "subject": about["Description"][:255],
                "author": SITE,
                "comments": serialise_metadata(about),
                "created": datetime(day.year, day.month, day.day) if day else FIRST,
            }
        )
        looks = {
            "head": book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 1}),
            "share": book.add_format({"num_format": "0%"}),
            "money": book.add_format({"num_format": "#,##0.00"}),
            "day": book.add_format({"num_format": "yyyy-mm-dd"}),
            "text": book.add_format({"text_wrap": True, "valign": "top"}),
        }
        _write_figures(book.add_worksheet("Figures"), published, looks)
        _write_definitions(book.add_worksheet("Definitions"), published, about, looks)
    return file.getvalue()


def _write_figures(sheet: Any, published: PublishedChart, looks: Mapping[str, Any]) -> None:
    _fit_on_paper(sheet)
    headings = list_headings(published.columns)
    for place, (column, heading) in enumerate(headings.items()):
        cells = [_cell(column, row[column]) for row in published.rows]
        sheet.write_string(0, place, heading, looks["head"])
        longest = max((len(str(cell)) for cell in cells if isinstance(cell, str)), default=NARROWEST)
        sheet.set_column(place, place, min(max(longest, len(heading) // 2, NARROWEST) + 2, WIDEST))
        for number, cell in enumerate(cells, 1):
            _write_cell(sheet, number, place, cell, looks, LOOKS.get(unit_of(column), ""))
    sheet.set_row(0, HEADS)
    sheet.freeze_panes(1, 0)
    if published.rows:
        sheet.autofilter(0, 0, len(published.rows), len(headings) - 1)


def _fit_on_paper(sheet: Any) -> None:
    sheet.set_landscape()
    sheet.set_paper(9)  # A4
    sheet.fit_to_pages(1, 0)


def _cell(column: str, value: Any) -> Any:
    """Return a number or a date as it is, and words for a code; None is unknown."""
    if value is None or (isinstance(value, int | float | date) and not isinstance(value, bool)):
        return value
    return format_figure(column, value)


def _write_cell(sheet: Any, row: int, place: int, cell: Any, looks: Mapping[str, Any], look: str) -> None:
    if cell is None:
        return
    if isinstance(cell, date):
        sheet.write_datetime(row, place, datetime(cell.year, cell.month, cell.day), looks["day"])
    elif isinstance(cell, int | float):
        sheet.write_number(row, place, cell, looks.get(look))
    else:
        sheet.write_string(row, place, _shorten(str(cell)))


def _write_definitions(
    sheet: Any, published: PublishedChart, about: Mapping[str, str], looks: Mapping[str, Any]
) -> None:
    _fit_on_paper(sheet)
    sheet.set_column(0, 0, 34)
    sheet.set_column(1, 2, 24)
    sheet.set_column(3, 3, 70)
    named = [
        ("Finding", about["Title"]),
        ("What it shows", published.subtitle),
        ("Source", about["Source"]),
        ("Stories", f"{published.story_count}. {published.origin}".strip()),
        ("How to read it", describe_figures(published.caution, published.columns)),
        ("In words", about["Description"]),
        ("Id", about["id"]),
        ("Version of the data", about["data version"]),
    ]
    for row, (name, words) in enumerate(named):
        sheet.write_string(row, 0, name, looks["head"])
        sheet.merge_range(row, 1, row, 3, "", looks["text"])
        sheet.write_string(row, 1, _shorten(words), looks["text"])
        sheet.set_row(row, 15 * (1 + len(words) // 110))
    start = len(named) + 1
    for row, cells in enumerate([("Column", "Name in the CSV", "Unit", "An empty cell means"), *_define(published)]):
        for place, words in enumerate(cells):
            sheet.write_string(start + row, place, words, looks["head" if row == 0 else "text"])


def _define(published: PublishedChart) -> Sequence[tuple[str, str, str, str]]:
    """Define each column that the figures show: its heading, its name, its unit, and what an empty cell means."""
    return [
        (
            heading,
            column,
            unit_of(column),
            DOES_NOT_APPLY if (words := describe_missing(column)) == NONE_MEANT else words,
        )
        for column, heading in list_headings(published.columns).items()
    ]


def _shorten(text: str) -> str:
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 1]}…"
