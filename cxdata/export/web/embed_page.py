"""A published chart as a page for an iframe: words as text, a picture that fits the width, rows and source.

The picture is the SVG address of the chart in the size and theme that suit the reader, so the page itself is small.
The page sends its height to the page around it; `LISTENER` is the script that receives it.
"""

from collections.abc import Callable
from html import escape
from typing import Any
from urllib.parse import urlencode

from cxdata.charts.kit.theme import DARK, LIGHT, Theme
from cxdata.export.origin.own_words import list_feet
from cxdata.export.picture.layout import MARGIN
from cxdata.export.picture.options import PictureOptions
from cxdata.export.picture.plot import measure_margins
from cxdata.export.picture.presets import LARGEST_SIDE, SMALLEST_SIDE, find_preset
from cxdata.export.picture.spec import export_spec
from cxdata.export.view import View, complete_view, format_query
from cxdata.publish.charts import PublishedChart
from cxdata.publish.figures import format_figure, list_headings
from cxdata.text.formatting import number_format

WIDTHS = (760, 600, 440, 320)  # px; the browser shows the widest that fits the frame
SIDES = 16  # px on the left and on the right
SLACK = 8  # px, as Vega rounds the size of axes

LISTENER = (
    'addEventListener("message",function(e){var d=e.data;if(d&&d.type==="cxdata:height"&&d.height>0)'
    'document.querySelectorAll("iframe").forEach(function(f){if(f.contentWindow===e.source)'
    'f.style.height=Math.min(d.height,20000)+"px"})});'
)
SCRIPT = (
    "(function(){var last=0;function tell(){var height=Math.ceil(document.body.getBoundingClientRect().height);"
    "if(height===last)return;last=height;"
    'parent.postMessage({type:"cxdata:height",id:window.name||document.body.id,height:height},"*")}'
    "new ResizeObserver(tell).observe(document.body);addEventListener('load',tell)})();"
)


def _colours(theme: Theme) -> str:
    return (
        f"--ground:{theme.background};--ink:{theme.ink};--quiet:{theme.quiet};--line:{theme.grid};--link:{theme.fame}"
    )


FACES = "".join(
    f'@font-face{{font-family:"{family}";font-weight:{weight};font-display:swap;'
    f"src:url(../app/static/{file}.woff2) format('woff2')}}"
    for family, weight, file in (
        ("CX Serif", 600, "CXSerif-Semibold"),
        ("CX Sans", 400, "CXSans-Regular"),
        ("CX Sans", 600, "CXSans-Semibold"),
    )
)
STYLE = (
    f"{FACES}:root{{color-scheme:light;{_colours(LIGHT)}}}"
    f":root.dark{{color-scheme:dark;{_colours(DARK)}}}"
    f"@media(prefers-color-scheme:dark){{:root:not(.dark){{color-scheme:dark;{_colours(DARK)}}}}}"
    "html{background:var(--ground);color:var(--ink);overflow-x:hidden}"
    f'body{{margin:0;padding:14px {SIDES}px;font:15px/1.45 "CX Sans",sans-serif;overflow-wrap:break-word}}'
    f"figure{{margin:0;max-width:{WIDTHS[0]}px}}p{{margin:0}}"
    'h1{font:600 clamp(20px,1rem + 1.6vw,26px)/1.2 "CX Serif",serif;margin:0 0 6px;text-wrap:balance}'
    "p,footer,summary{color:var(--quiet)}footer{font-size:13px;margin-top:6px}footer p{margin:0 0 4px}"
    "picture,img{display:block;width:100%;height:auto}picture{margin:10px 0}"
    "a{color:var(--link)}summary{cursor:pointer}.scroll{overflow-x:auto}"
    "table{border-collapse:collapse;font-variant-numeric:tabular-nums;margin-top:6px}"
    "th,td{text-align:left;vertical-align:top;padding:3px 14px 3px 0;border-bottom:1px solid var(--line)}"
    ":is(a,summary,.scroll):focus-visible{outline:2px solid var(--link);outline-offset:2px}"
)


def chart_address(view: View) -> str:
    """Return the address of a view's SVG relative to /embed/<name>, so that it works under any mount path."""
    return f"../chart/{view.chart}.svg?{urlencode(format_query(view), doseq=True)}"


def render_embed(
    published: PublishedChart, view: View, address: Callable[[View], str] = chart_address, has_studio: bool = True
) -> str:
    """Write the page. `address` gives that of its picture in a size and look, relative to the page.

    Without `has_studio` no link leads to the studio, which its readers could not open.
    """
    with number_format(published.language):
        return _page(published, complete_view(published, view), address, has_studio)


def _page(published: PublishedChart, view: View, address: Callable[[View], str], has_studio: bool) -> str:
    picture = view.picture
    headline = picture.headline or published.headline
    alt = picture.alt or published.alt_text
    feet = list_feet(published, picture)
    back = "../studio?" + urlencode({"chart": view.chart} | format_query(view), doseq=True)
    link = f'<p><a href="{escape(back)}" target="_blank" rel="noopener">Open this chart in the dashboard</a></p>'
    link = link if has_studio else ""
    dark = ' class="dark"' if picture.theme == "dark" else ""
    return (
        f'<!doctype html><html lang="en"{dark}><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width,initial-scale=1"><meta name="robots" content="noindex">'
        f'<title>{escape(headline)}</title><style>{STYLE}</style></head><body id="{escape(view.chart)}"><figure>'
        f"<figcaption><h1>{escape(headline)}</h1><p>{escape(picture.subtitle or published.subtitle)}</p></figcaption>"
        f"{_picture(published, view, alt, address)}<footer>{''.join(f'<p>{escape(foot)}</p>' for foot in feet)}"
        f"{link}{_table(published)}</footer></figure><script>{SCRIPT}</script></body></html>"
    )


def _picture(published: PublishedChart, view: View, alt: str, address: Callable[[View], str]) -> str:
    """List the SVG addresses by width and theme; the browser requests one of them."""
    if published.spec is None:
        return ""
    spec = export_spec(published, view.picture.theme, view.picture.highlight)
    heights = {width: _height(spec, width) for width in WIDTHS}

    def place(width: int, theme: str) -> str:
        return escape(address(_style(view, width, heights[width], theme)))

    themes = ("dark",) if view.picture.theme == "dark" else ("dark", "light")
    sources = "".join(
        f'<source media="{_media(width, theme if len(themes) > 1 else "light")}"'
        f' srcset="{place(width, theme)}" width="{width}" height="{heights[width]}">'
        for theme in themes
        for width in WIDTHS
    )
    width, theme = WIDTHS[0], themes[-1]
    return (
        f'<picture>{sources}<img src="{place(width, theme)}" alt="{escape(alt)}"'
        f' width="{width}" height="{heights[width]}"></picture>'
    )


def _media(width: int, theme: str) -> str:
    asked = ["(prefers-color-scheme:dark)"] if theme == "dark" else []
    return " and ".join([*asked, f"(min-width:{width + 2 * SIDES if width > WIDTHS[-1] else 0}px)"])


def _style(view: View, width: int, height: int, theme: str) -> View:
    """Return the view as the page shows its picture: without the words, which are text of the page."""
    own = view.picture
    box = find_preset(f"{width}x{height}")
    plain = PictureOptions(
        box,
        theme,
        is_transparent=True,
        is_plain=True,
        highlight=own.highlight,
        language=own.language,
    )
    return View(view.chart, view.choices, plain)


def _height(spec: dict[str, Any], width: int) -> int:
    """Compute the height with the rows in one column and type of full size."""
    axes = max(measure_margins(spec).along, measure_margins(spec, width - MARGIN).along)
    return int(min(max(float(spec["height"]) + axes + MARGIN + SLACK, SMALLEST_SIDE), LARGEST_SIDE))


def _table(published: PublishedChart) -> str:
    if not published.rows:
        return ""
    heads = list_headings([name for name in published.columns if name in published.rows[0]])
    header = "".join(f'<th scope="col">{escape(heading)}</th>' for heading in heads.values())
    body = "".join(
        "<tr>" + "".join(f"<td>{_cell(name, row[name])}</td>" for name in heads) + "</tr>" for row in published.rows
    )
    return (
        '<details><summary>The figures</summary><div class="scroll" tabindex="0" role="region" aria-label="Figures of '
        f'this chart"><table><thead><tr>{header}</tr></thead><tbody>{body}</tbody></table></div></details>'
    )


def _cell(column: str, value: Any) -> str:
    words = escape(format_figure(column, value))
    return f"<i>{words}</i>" if value is None else words
