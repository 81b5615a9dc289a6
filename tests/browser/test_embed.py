"""An embedded chart in a foreign page: its height, its picture and its link."""

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
    """Another site: the folder of its pages and its address. A page from a file may not frame this machine."""
    folder = tmp_path_factory.mktemp("blog")
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=folder)) as site:
        threading.Thread(target=site.serve_forever, daemon=True).start()
        yield folder, f"http://127.0.0.1:{site.server_port}"
        site.shutdown()


@pytest.fixture
def embedded(blog):
    """Open a page of the other site with a chart in it and wait for the chart."""

    def embed(window, path):
        folder, address = blog
        text = PARENT.format(address=window.address + path, listener=LISTENER)
        (folder / "post.html").write_text(text, "utf-8")
        window.page.goto(f"{address}/post.html")
        frame = window.page.frame_locator("iframe")
        frame.locator("img").wait_for()
        window.page.wait_for_function(f"{HEIGHT} > 200")
        return frame

    return embed


def picture_of(frame):
    frame.locator("img").evaluate("image => image.decode()")
    return frame.locator("img").evaluate("image => image.currentSrc")


@pytest.mark.parametrize("width", [360, 1280])
def test_the_iframe_is_as_high_as_its_chart(open_window, embedded, width):
    window = open_window(width=width)
    frame = embedded(window, "/embed/fame_and_shame")
    assert picture_of(frame)
    root = frame.locator("html")
    assert root.evaluate("root => root.scrollHeight") <= window.page.evaluate(HEIGHT)
    assert root.evaluate("root => root.scrollWidth") <= width
    assert frame.locator("img").evaluate("image => image.naturalWidth") > 0
    assert window.console_errors == []
    assert window.foreign_requests == []


def test_the_iframe_grows_again_after_a_reload(open_window, embedded):
    window = open_window()
    embedded(window, "/embed/signs")
    told = []
    window.page.on("response", lambda answer: told.append(answer.status) if "/embed/" in answer.url else None)
    window.page.reload()
    window.page.wait_for_function(f"{HEIGHT} > 200")
    assert told
    assert window.console_errors == []


def test_the_iframe_grows_when_the_figures_are_opened(open_window, embedded):
    window = open_window()
    frame = embedded(window, "/embed/effort?companies=Argos")
    before = window.page.evaluate(HEIGHT)
    frame.locator("summary").click()
    window.page.wait_for_function(f"{HEIGHT} > {before + 30}")
    assert frame.locator("tbody tr").count() > 0
    assert "Argos" in frame.locator("tbody").inner_text()


def test_the_picture_follows_width_and_color_scheme(open_window, embedded):
    light, dark = open_window(width=1280), open_window(width=360, dark=True)
    wide = picture_of(embedded(light, "/embed/fame_and_shame"))
    narrow = picture_of(embedded(dark, "/embed/fame_and_shame"))
    assert "preset=760x" in wide
    assert "look=dark" not in wide
    assert "preset=320x" in narrow
    assert "look=dark" in narrow


def test_the_picture_has_an_alt_text_and_a_link_to_the_studio_in_a_new_tab(open_window, embedded):
    window = open_window()
    frame = embedded(window, "/embed/fame_and_shame")
    assert "one per story" in frame.locator("img").get_attribute("alt")
    back = frame.get_by_role("link")
    assert (back.get_attribute("target"), back.get_attribute("rel")) == ("_blank", "noopener")
    with window.page.context.expect_page() as opened:
        back.click()
    assert opened.value.url.startswith(f"{window.address}/studio?chart=fame_and_shame")


def test_the_server_answers_not_modified_to_a_known_etag(server):
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


def test_a_page_of_another_site_cannot_frame_the_page_that_deletes_batches(blog, open_window):
    folder, address = blog
    window = open_window()
    text = PARENT.format(address=f"{window.address}/add?part=batches", listener=LISTENER)
    (folder / "trap.html").write_text(text, "utf-8")
    window.page.goto(f"{address}/trap.html")
    window.page.wait_for_timeout(500)
    assert window.page.frame("first").url.startswith("chrome-error:")
    assert "frame-ancestors 'self'" in window.console_errors[0]
