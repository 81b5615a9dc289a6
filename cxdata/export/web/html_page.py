"""A chart as one HTML file: interactive, offline, and without network access by its own policy."""

import base64
import hashlib
import json
import subprocess
import sys
from functools import cache
from html import escape
from string import Template

from cxdata.charts.kit.theme import SANS, SERIF, THEMES, Theme
from cxdata.export.origin.metadata import chart_title, metadata_of, serialise_metadata, subtitle_of
from cxdata.export.origin.own_words import list_feet
from cxdata.export.picture.fonts import latin_faces
from cxdata.export.view import View
from cxdata.export.web.vega_lite import chart_spec
from cxdata.publish.charts import PublishedChart

WIDEST = 900  # px
# ast: Vega interprets its expressions, since the policy forbids compiling them
DRAW = """
const specs = JSON.parse(document.getElementById("specs").textContent);
const dark = matchMedia("(prefers-color-scheme: dark)");
async function draw() {
  await Promise.all([...document.fonts].map(font => font.load()));
  const look = specs.dark && (dark.matches || !specs.light) ? "dark" : "light";
  await vegaEmbed("#chart", specs[look], {actions: false, ast: true, renderer: "svg", tooltip: {theme: look}});
  const drawn = document.querySelector("#chart svg");
  drawn.setAttribute("aria-hidden", "true");
}
dark.addEventListener("change", draw);
draw();
"""
PAGE = Template("""<!doctype html>
<html lang="en-GB">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="$policy">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="$schemes">
<meta name="description" content="$description">
<title>$title</title>
<style>$style</style>
<script type="application/json" id="metadata">$metadata</script>
</head>
<body>
<main>
<figure>
$head<div id="chart" role="img" aria-label="$description"></div>
$foot</figure>
</main>
<noscript><p>Turn on JavaScript to see the chart.</p></noscript>
<script type="application/json" id="specs">$specs</script>
<script>$library</script>
<script>$draw</script>
</body>
</html>
""")
STYLE = Template(
    "$fonts$colours*{box-sizing:border-box}body{margin:0;background:var(--ground);color:var(--ink);"
    f"font:14px/1.45 {SANS}}}main{{max-width:{WIDEST}px;margin:0 auto;padding:16px}}figure{{margin:0}}"
    f"h1{{font:600 24px/1.2 {SERIF};margin:0 0 6px;overflow-wrap:anywhere}}"
    "p{margin:0 0 10px;color:var(--quiet);overflow-wrap:anywhere}#chart{width:100%}.foot{font-size:12px;margin:2px 0}"
    "details{font-size:13px;margin-top:10px}summary{cursor:pointer;color:var(--quiet)}"
    "@media(max-width:480px){h1{font-size:20px}main{padding:12px}}"
)


def render_html(published: PublishedChart, view: View) -> bytes:
    """Write the page. A light page turns dark for a reader who prefers dark; a dark one stays dark."""
    themes = ("light", "dark") if view.picture.theme == "light" else ("dark",)
    specs = {theme: chart_spec(published, view, theme) for theme in themes}
    for spec in specs.values():
        spec["config"]["background"] = "transparent"
    about = metadata_of(published, view)
    head, foot = _words(published, view)
    held = json.dumps(specs, ensure_ascii=False, separators=(",", ":"))
    seen = set(
        held + "".join(about.values()) + subtitle_of(published, view) + "".join(list_feet(published, view.picture))
    )
    faces = {("Sans", 400): seen, ("Sans", 700): seen, ("Serif", 600): set(about["Title"])}
    page = PAGE.substitute(
        policy=_policy(),
        schemes=" ".join(themes),
        description=escape(about["Description"]),
        title=escape(about["Title"]),
        style=STYLE.substitute(fonts=latin_faces(faces), colours=_colours(themes)),
        metadata=_in_script(serialise_metadata(about)),
        head=head,
        foot=foot,
        specs=_in_script(held),
        library=_library(),
        draw=DRAW,
    )
    return page.encode()


def preload_library() -> None:
    """Bundle the library once a process. It takes three seconds, during which this process can do other work."""
    _policy()


def _words(published: PublishedChart, view: View) -> tuple[str, str]:
    """Write the words above and below the chart; none for a plain picture."""
    if view.picture.is_plain:
        return "", ""
    about = metadata_of(published, view)
    feet = [*list_feet(published, view.picture), f"id {about['id']}"]
    head = f"<h1>{escape(chart_title(published, view))}</h1>\n<p>{escape(subtitle_of(published, view))}</p>\n"
    notes = "".join(f'<p class="foot">{escape(foot)}</p>\n' for foot in feet)
    heading = "The chart in the writer’s words" if view.picture.alt else "The chart in words"
    words = f"<details><summary>{heading}</summary><p>{escape(about['Description'])}</p></details>\n"
    return head, f"<figcaption>\n{notes}{words}</figcaption>\n"


def _colours(themes: tuple[str, ...]) -> str:
    first = f":root{{{_variables(THEMES[themes[0]])}}}"
    return first + "".join(
        f"@media(prefers-color-scheme:{theme}){{:root{{{_variables(THEMES[theme])}}}}}" for theme in themes[1:]
    )


def _variables(theme: Theme) -> str:
    return f"--ground:{theme.background};--ink:{theme.ink};--quiet:{theme.quiet}"


def _in_script(text: str) -> str:
    """Escape JSON so that no tag in it ends the script element."""
    return text.replace("<", "\\u003c")


@cache
def _library() -> str:
    """Bundle Vega, Vega-Lite and Vega-Embed as one script."""
    # vl-convert blocks every thread for three seconds, so it runs in another process
    ask = "import sys, vl_convert; sys.stdout.write(vl_convert.javascript_bundle('window.vegaEmbed = vegaEmbed;'))"
    made = subprocess.run([sys.executable, "-P", "-X", "utf8", "-c", ask], check=True, capture_output=True)  # noqa: S603
    return made.stdout.decode().replace("</script", "<\\/script")


@cache
def _policy() -> str:
    """Write the policy: no network, no script but the two of this page, no code from text."""
    scripts = " ".join(f"'sha256-{_digest(script)}'" for script in (_library(), DRAW))
    # Vega's tooltip adds a style element
    rest = "style-src 'unsafe-inline'; font-src data:; img-src data:; base-uri 'none'; form-action 'none'"
    return f"default-src 'none'; script-src {scripts}; {rest}"


def _digest(script: str) -> str:
    return base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
