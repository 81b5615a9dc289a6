"""A chart in somebody else's page: the iframe grows to the chart, follows light and dark, and asks nobody else."""

import threading
import urllib.error
import urllib.request
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer

import pytest

from cxdata.export.web.embed_page import LISTENER

PARENT = """<!doctype html><link rel="icon" href="data:,"><body style="margin:0">
<iframe name="first" title="A chart" src="{address}" style="width:100%;height:50px;border:0"></iframe>
<script>{listener}</script></body>"""
HEIGHT = "document.querySelector('iframe').clientHeight"


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_):
        pass


@pytest.fixture(scope="module")
def blog(tmp_path_factory):
    """Another site: the folder of its pages and its address. A page without an address may not frame this machine."""
    folder = tmp_path_factory.mktemp("blog")
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=folder)) as site:
        threading.Thread(target=site.serve_forever, daemon=True).start()
        yield folder, f"http://127.0.0.1:{site.server_port}"
        site.shutdown()


@pytest.fixture
def embedded(blog):
    """Opens a page of somebody else's with a chart in it, and waits until the chart is there."""

    def embed(reader, path):
        folder, address = blog
        text = PARENT.format(address=reader.address + path, listener=LISTENER)
        (folder / "post.html").write_text(text, "utf-8")
        reader.page.goto(f"{address}/post.html")
        frame = reader.page.frame_locator("iframe")
        frame.locator("img").wait_for()
        reader.page.wait_for_function(f"{HEIGHT} > 200")
        return frame

    return embed


def picture_of(frame):
    frame.locator("img").evaluate("image => image.decode()")
    return frame.locator("img").evaluate("image => image.currentSrc")


@pytest.mark.parametrize("width", [360, 1280])
def test_the_iframe_is_as_high_as_its_chart_and_shows_all_of_it(window, embedded, width):
    reader = window(width=width)
    frame = embedded(reader, "/embed/fame_and_shame")
    assert picture_of(frame)
    root = frame.locator("html")
    assert root.evaluate("root => root.scrollHeight") <= reader.page.evaluate(HEIGHT)
    assert root.evaluate("root => root.scrollWidth") <= width
    assert frame.locator("img").evaluate("image => image.naturalWidth") > 0
    assert reader.complaints == []
    assert reader.strangers == []


def test_the_iframe_grows_again_when_the_page_comes_from_the_browsers_memory(window, embedded):
    reader = window()
    embedded(reader, "/embed/signs")
    told = []
    reader.page.on("response", lambda answer: told.append(answer.status) if "/embed/" in answer.url else None)
    reader.page.reload()
    reader.page.wait_for_function(f"{HEIGHT} > 200")
    assert told
    assert reader.complaints == []


def test_the_iframe_grows_when_the_figures_are_opened(window, embedded):
    reader = window()
    frame = embedded(reader, "/embed/effort?companies=Argos")
    before = reader.page.evaluate(HEIGHT)
    frame.locator("summary").click()
    reader.page.wait_for_function(f"{HEIGHT} > {before + 30}")
    assert frame.locator("tbody tr").count() > 0
    assert "Argos" in frame.locator("tbody").inner_text()


def test_the_picture_suits_the_width_and_the_readers_light(window, embedded):
    light, dark = window(width=1280), window(width=360, dark=True)
    wide = picture_of(embedded(light, "/embed/fame_and_shame"))
    narrow = picture_of(embedded(dark, "/embed/fame_and_shame"))
    assert "preset=760x" in wide
    assert "look=dark" not in wide
    assert "preset=320x" in narrow
    assert "look=dark" in narrow


def test_the_picture_is_told_to_who_cannot_see_it_and_the_way_back_opens_elsewhere(window, embedded):
    reader = window()
    frame = embedded(reader, "/embed/fame_and_shame?headline=My+own+words")
    assert "one a story" in frame.locator("img").get_attribute("alt")
    assert frame.locator("h1").inner_text() == "My own words"
    back = frame.get_by_role("link")
    assert (back.get_attribute("target"), back.get_attribute("rel")) == ("_blank", "noopener")
    with reader.page.context.expect_page() as opened:
        back.click()
    assert opened.value.url.startswith(f"{reader.address}/studio?chart=fame_and_shame")


def test_the_server_gives_a_picture_once_and_then_says_that_it_is_the_same(server):
    address = f"{server}/chart/effort.png?preset=300x300"
    with urllib.request.urlopen(address) as answer:
        assert answer.read()[:8] == b"\x89PNG\r\n\x1a\n"
        assert answer.headers["Content-Type"] == "image/png"
        assert answer.headers["Access-Control-Allow-Origin"] == "*"
        tag = answer.headers["ETag"]
    with pytest.raises(urllib.error.HTTPError) as told:
        urllib.request.urlopen(urllib.request.Request(address, headers={"If-None-Match": tag}))
    assert told.value.code == 304
    told.value.close()
