"""Snippets to paste: a figure as HTML and Markdown, the live chart in an iframe, and citations."""

import re
from html import escape
from urllib.parse import urlencode

from cxdata.export.file_names import base_name, file_name
from cxdata.export.origin.metadata import chart_alt_text, chart_title, metadata_of, query_text, source_of
from cxdata.export.view import View, complete_view, format_query
from cxdata.export.web.embed_page import LISTENER
from cxdata.publish.charts import PublishedChart

SITE = "Hall of fame, hall of shame"
# characters to escape
MARKDOWN = re.compile(r"([\\`*_{}\[\]<>#|])")
LATEX = str.maketrans({"\\": r"\textbackslash{}", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}"})
LATEX |= str.maketrans({mark: rf"\{mark}" for mark in "&%$#_{}"})


def build_snippets(published: PublishedChart, view: View, base_url: str = "", public: str = "") -> dict[str, str]:
    """Build the snippets by purpose. Addresses begin with `base_url`; without one they name the files of a bundle.

    `public` is the path of the view for readers who have not signed in; then every address is below it.
    """
    view = complete_view(published, view)
    base_url = base_url.rstrip("/")
    picture, live, again = (
        (f"{base_url}/{public}.png", f"{base_url}/{public}", f"{base_url}/{public}")
        if public
        else _addresses(published, view, base_url)
    )
    return {
        "HTML": _figure(published, view, picture, again),
        "Markdown": _markdown(published, view, picture, again),
        "iframe": _iframe(published, view, live),
        "Citation": _citation(published, view, again),
        "APA": _apa(published, view, again),
        "BibTeX": _bibtex(published, view, again),
    }


def _addresses(published: PublishedChart, view: View, base_url: str) -> tuple[str, str, str]:
    """List the addresses of the picture, of the live chart, and of the studio with this view."""
    if not base_url:
        return file_name(published, view, "png"), file_name(published, view, "html"), ""
    query = f"?{query_text(view)}" if format_query(view) else ""
    again = urlencode([("chart", view.chart), *sorted(format_query(view).items())], doseq=True)
    return (
        f"{base_url}/chart/{view.chart}.png{query}",
        f"{base_url}/embed/{view.chart}{query}",
        f"{base_url}/studio?{again}",
    )


def _figure(published: PublishedChart, view: View, picture: str, again: str) -> str:
    preset = view.picture.preset
    source = escape(source_of(published, view))
    linked = f' <a href="{escape(again)}">Open the chart</a>' if again else ""
    return (
        f'<figure>\n  <img src="{escape(picture)}" width="{preset.width}" height="{preset.height}" loading="lazy"\n'
        f'    style="max-width:100%;height:auto" alt="{escape(chart_alt_text(published, view))}" />\n'
        f"  <figcaption>{source}{linked}</figcaption>\n</figure>"
    )


def _markdown(published: PublishedChart, view: View, picture: str, again: str) -> str:
    alt, source = (MARKDOWN.sub(r"\\\1", text(published, view)) for text in (chart_alt_text, source_of))
    image = f"![{alt}](<{picture}>)"
    return f"{f'[{image}](<{again}>)' if again else image}\n\n*{source}*"


def _iframe(published: PublishedChart, view: View, live: str) -> str:
    height = round(view.picture.preset.height / view.picture.preset.zoom) + 80
    return (
        f'<iframe src="{escape(live)}" title="{escape(chart_title(published, view))}" loading="lazy"\n'
        f'  style="width:100%;height:{height}px;border:0"></iframe>\n'
        f"<script>{LISTENER}</script>"
    )


def _describe_location(published: PublishedChart, view: View) -> str:
    return f"id {metadata_of(published, view)['id']}"


def _year(published: PublishedChart) -> str:
    return str(published.coded_on.year) if published.coded_on else "n.d."


def _citation(published: PublishedChart, view: View, again: str) -> str:
    parts = [f"“{chart_title(published, view)}”", f"{SITE}, {_year(published)}", source_of(published, view)]
    return ". ".join(parts) + f" ({_describe_location(published, view)})." + (f" {again}" if again else "")


def _apa(published: PublishedChart, view: View, again: str) -> str:
    title = chart_title(published, view).rstrip(".")
    return (
        f"{SITE}. ({_year(published)}). {title} [Chart, {_describe_location(published, view)}]."
        f" {source_of(published, view)}." + (f" {again}" if again else "")
    )


def _bibtex(published: PublishedChart, view: View, again: str) -> str:
    fields = {
        "title": f"{{{_latex(chart_title(published, view))}}}",
        "author": f"{{{_latex(SITE)}}}",
        "year": _year(published) if published.coded_on else "",
        "note": _latex(f"{source_of(published, view)}; {_describe_location(published, view)}"),
        "url": again,
    }
    lines = [f"  {name} = {{{value}}}," for name, value in fields.items() if value]
    return "\n".join([f"@misc{{{base_name(published, view)},", *lines, "}"])


def _latex(text: str) -> str:
    return text.translate(LATEX)
