"""A bundle: a view in one zip, with all sizes and formats, alternative text, citation, snippets, data and metadata."""

import io
import zipfile
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

from cxdata.export.file_names import file_name
from cxdata.export.origin.metadata import chart_alt_text, metadata_of, serialise_metadata
from cxdata.export.picture.presets import PRESETS
from cxdata.export.view import View
from cxdata.export.web import html_page
from cxdata.export.web.snippets import build_snippets
from cxdata.publish.charts import PublishedChart
from cxdata.publish.missing_values import describe_empty_cells

Make = Callable[[PublishedChart, View, str], bytes]
FIRST_DAY = (1980, 1, 1, 0, 0, 0)  # the earliest date of a zip, so that the bytes do not depend on today
ONCE = ("svg", "pdf", "json", "csv", "html")
AT_ONCE = 2  # draw one picture while the one before is compressed
PACKED_ALREADY = (".png", ".pdf")
READ_ME = """{title}

{source}

PICTURES
- *.png: a picture in each size, at twice its pixels.
- *.svg and *.pdf: pictures that stay sharp at any size.

INTERACTIVE CHART
- *.html: opens in any browser, without a network.
- *.json: the Vega-Lite specification of the chart.

DATA
- *.csv: the rows that the chart shows. An empty cell means unknown, and 0 means none.
- Empty cells here: {empty}.

TEXTS
- alt-text.txt: the description for readers who cannot see the picture. Publish it with every picture.
- citation.txt and citation.bib: how to cite the chart.
- snippets/: code to paste into a web page.

ORIGIN
- metadata.json: the chart, its choices and the version of its data.
- To check a file, run `python -m cxdata verify FILE`.
"""


def build_bundle(published: PublishedChart, view: View, make: Make) -> bytes:
    """Build the zip; `make` makes a single file of it."""
    sizes = [replace(view, picture=replace(view.picture, preset=preset), scale=2) for preset in PRESETS.values()]
    if view.picture.preset not in PRESETS.values():
        sizes.append(replace(view, scale=2))
    with ThreadPoolExecutor(AT_ONCE + 1) as workers:
        workers.submit(html_page.preload_library)  # at the same time as the pictures
        drawn = workers.map(lambda size: make(published, size, "png"), sizes)
        files = {file_name(published, size, "png"): png for size, png in zip(sizes, drawn, strict=True)}
        files |= {file_name(published, view, form): make(published, view, form) for form in ONCE}
    files |= {name: text.encode() for name, text in _texts(published, view).items()}
    zipped = io.BytesIO()
    with zipfile.ZipFile(zipped, "w") as into:
        for name, content in sorted(files.items(), key=lambda file: (file[0] != "metadata.json", file[0])):
            entry = zipfile.ZipInfo(name, FIRST_DAY)
            entry.external_attr = 0o644 << 16
            is_compressed = name.endswith(PACKED_ALREADY)
            entry.compress_type = zipfile.ZIP_STORED if is_compressed else zipfile.ZIP_DEFLATED
            into.writestr(entry, content)
    return zipped.getvalue()


def _describe_empty(published: PublishedChart) -> str:
    """Say what the empty cells of the chart's rows mean."""
    empty = [name for name in published.columns if any(row[name] is None for row in published.rows)]
    return describe_empty_cells(empty) or "none"


def _texts(published: PublishedChart, view: View) -> dict[str, str]:
    about = metadata_of(published, view)
    snippets = build_snippets(published, replace(view, scale=2))
    return {
        "README.txt": READ_ME.format(title=about["Title"], source=about["Source"], empty=_describe_empty(published)),
        "alt-text.txt": chart_alt_text(published, view) + "\n",
        "citation.txt": f"{snippets['Citation']}\n\n{snippets['APA']}\n",
        "citation.bib": snippets["BibTeX"] + "\n",
        "snippets/figure.html": snippets["HTML"] + "\n",
        "snippets/figure.md": snippets["Markdown"] + "\n",
        "snippets/iframe.html": snippets["iframe"] + "\n",
        "metadata.json": serialise_metadata(about) + "\n",
    }
