"""Benchmark of pictures: our export, a screenshot by a running browser, and plotly with kaleido.

All draw the same chart, 1200 x 630 at 2x, in turn, so that a slow moment of the machine affects all equally. Each way
begins with the query and ends with a PNG in memory; ours caches nothing between pictures. Then come a bundle, and a
cached picture at its address. Plotly and kaleido are measured if they are installed:

    .venv/bin/pip install -r benchmarks/requirements.txt    # optional
    .venv/bin/python benchmarks/picture_time.py [--rounds 15]
"""

import argparse
import http.client
import json
import shutil
import statistics
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from urllib.parse import urlsplit

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

import duckdb  # noqa: E402
import vl_convert  # noqa: E402
from page_rerun import served  # noqa: E402
from playwright.sync_api import sync_playwright  # noqa: E402

from cxdata.charts.kit.theme import LIGHT  # noqa: E402
from cxdata.cli.engine import migrated_engine  # noqa: E402
from cxdata.export.formats import publish_view, render_file  # noqa: E402
from cxdata.export.picture import plot  # noqa: E402
from cxdata.export.view import parse_view  # noqa: E402

CHART = "fame_and_shame"
WIDTH, HEIGHT, SCALE = 1200, 630, 2
KALEIDO, CACHED, BUNDLE = 5, 0.005, 8  # times faster, s, s
CHROMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
Draw = Callable[[duckdb.DuckDBPyConnection], bytes]


def ours(connection: duckdb.DuckDBPyConnection, form: str = "png") -> bytes:
    """Export a picture, without the cache of drawn bodies."""
    plot._to_svg.cache_clear()
    return render_file(connection, parse_view(CHART, {"preset": f"{WIDTH}x{HEIGHT}", "scale": str(SCALE)}), form)


@contextmanager
def screenshot() -> Iterator[Draw]:
    """Take a screenshot of a page with Vega; browser and page are ready before the measurement."""
    found = next((path for name in CHROMES if (path := shutil.which(name))), None)
    if found is None:
        raise SystemExit("no Chromium or Chrome on this machine; on Debian: apt-get install chromium")
    before, after = vl_convert.vegalite_to_html('{"mark": "point"}', bundle=True).split('{"mark":"point"}')
    with sync_playwright() as playwright:
        chrome = playwright.chromium.launch(executable_path=found, args=["--headless", "--no-sandbox", "--disable-gpu"])
        context = chrome.new_context(viewport={"width": WIDTH, "height": HEIGHT}, device_scale_factor=SCALE)

        def draw(connection: duckdb.DuckDBPyConnection) -> bytes:
            published = publish_view(connection, parse_view(CHART, {}))
            page = context.new_page()
            spec = json.dumps((published.spec or {}) | {"width": WIDTH - 60, "height": HEIGHT - 90})
            page.set_content(f"{before}{spec}{after}")
            page.wait_for_selector("svg.marks .mark-symbol path")
            picture: bytes = page.screenshot()
            page.close()
            return picture

        yield draw
        chrome.close()


def kaleido(connection: duckdb.DuckDBPyConnection) -> bytes:
    """Draw an equivalent chart with plotly: bands, stems and dots, by fig.to_image()."""
    import plotly.graph_objects as go

    published = publish_view(connection, parse_view(CHART, {}))
    names = [row["company"] for row in published.rows]
    figures = [row["experience"] for row in published.rows]
    colours = [LIGHT.hall(row["hall"]) for row in published.rows]
    chart = go.Figure(go.Scatter(x=figures, y=names, mode="markers", marker={"color": colours, "size": 15}))
    for name, figure, colour in zip(names, figures, colours, strict=True):
        chart.add_shape(type="line", x0=0, x1=figure or 0, y0=name, y1=name, line={"color": colour, "width": 2})
    chart.add_vrect(x0=-5, x1=-2, fillcolor=LIGHT.shame_band, line_width=0, layer="below")
    chart.add_vrect(x0=2, x1=5, fillcolor=LIGHT.fame_band, line_width=0, layer="below")
    chart.update_layout(title=published.headline, xaxis={"range": [-5, 5]}, yaxis={"autorange": "reversed"})
    picture: bytes = chart.to_image(format="png", width=WIDTH, height=HEIGHT, scale=SCALE)
    return picture


@contextmanager
def kaleido_kept() -> Iterator[Draw]:
    """Draw the same with kaleido's browser running between pictures."""
    import kaleido as engine

    engine.start_sync_server(silence_warnings=True)
    yield kaleido
    engine.stop_sync_server(silence_warnings=True)


def in_turn(ways: dict[str, Draw], connection: duckdb.DuckDBPyConnection, rounds: int) -> dict[str, float]:
    """Measure the median seconds of each way, in turn."""
    taken: dict[str, list[float]] = {name: [] for name in ways}
    for turn in range(rounds + 1):
        for name, draw in ways.items():
            started = time.perf_counter()
            picture = draw(connection)
            if not picture.startswith(b"\x89PNG"):
                raise SystemExit(f"{name}: no PNG")
            if turn:  # the first round is a warm-up
                taken[name].append(time.perf_counter() - started)
    return {name: statistics.median(times) for name, times in taken.items()}


def cached(rounds: int) -> float:
    """Measure the median seconds of a cached picture at its address, with the server and the local network."""
    path = f"/chart/{CHART}.png?preset={WIDTH}x{HEIGHT}&scale={SCALE}"
    with served() as address:
        line = http.client.HTTPConnection(urlsplit(address).netloc)

        def fetch() -> float:
            started = time.perf_counter()
            line.request("GET", path)
            answer = line.getresponse()
            if not answer.read().startswith(b"\x89PNG"):
                raise SystemExit(f"{path}: {answer.status}")
            return time.perf_counter() - started

        fetch()
        median = statistics.median(fetch() for _ in range(rounds * 10))
        line.close()
    return median


def timed(do: Callable[[], object]) -> float:
    """Measure the seconds of a call."""
    started = time.perf_counter()
    do()
    return time.perf_counter() - started


def said(is_met: bool) -> str:
    return "" if is_met else "  MISSED"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=15)
    rounds = parser.parse_args().rounds
    with ExitStack() as open_until_done:
        connection = open_until_done.enter_context(migrated_engine().read())
        ways: dict[str, Draw] = {"ours": ours, "screenshot": open_until_done.enter_context(screenshot())}
        medians = in_turn(ways, connection, rounds)
        bundles = [timed(lambda: ours(connection, "zip")) for _ in range(3)]
    own = medians["ours"]
    print(f"{CHART}, {WIDTH} x {HEIGHT} at {SCALE}x, median of {rounds}: {own * 1000:.0f} ms")
    shot = medians["screenshot"]
    print(f"  a browser's screenshot {shot * 1000:.0f} ms, {shot / own:.1f} times ours (goal 1){said(shot >= own)}")
    measure_kaleido(rounds)
    bundle = statistics.median(bundles[1:])
    first = f"the first of a process, which cuts the fonts, {bundles[0]:.1f} s"
    print(f"  bundle of everything {bundle:.1f} s, {first} (goal {BUNDLE}){said(bundle <= BUNDLE)}")
    kept = cached(rounds)
    print(f"  kept, at its address {kept * 1000:.1f} ms (goal {CACHED * 1000:.0f}){said(kept <= CACHED)}")


def measure_kaleido(rounds: int) -> None:
    """Compare kaleido with our export, in turn: with a browser for each picture, its default, and with one browser."""
    try:
        import kaleido as engine
        import plotly  # noqa: F401
    except ImportError:
        print("  plotly and kaleido are not installed: not measured (pip install -r benchmarks/requirements.txt)")
        return
    with migrated_engine().read() as connection:
        medians = in_turn({"ours": ours, "kaleido": kaleido}, connection, max(rounds // 3, 3))
        ratio = medians["kaleido"] / medians["ours"]
        print(
            f"  plotly and kaleido {medians['kaleido'] * 1000:.0f} ms, {ratio:.1f} times ours "
            f"(goal {KALEIDO}){said(ratio >= KALEIDO)}"
        )
        if hasattr(engine, "start_sync_server"):
            with kaleido_kept() as kept:
                medians = in_turn({"ours": ours, "kept": kept}, connection, rounds)
            ratio = medians["kept"] / medians["ours"]
            print(f"  with kaleido's browser kept running {medians['kept'] * 1000:.0f} ms, {ratio:.1f} times ours")


if __name__ == "__main__":
    main()
