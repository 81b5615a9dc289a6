"""The files of deploy/ as they are shipped: nginx with TLS below /cx/, before two processes of the dashboard."""

import re
import time
from collections import Counter
from collections.abc import Callable, Iterator
from http.cookies import SimpleCookie
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
from websockets.exceptions import InvalidURI

from tests.fixtures.hosting.deployment import DEPLOY, EDITOR, NAME, TOKEN, Deployment, site_files, trust
from tests.fixtures.hosting.http import request
from tests.fixtures.hosting.nginx import free_port, run_shipped
from tests.fixtures.hosting.session import open_tab, read_page

pytestmark = pytest.mark.slow

HARDLY_MORE = 2**20  # bytes


def wait_for(read: Callable[[], list[dict[str, Any]]], ids: set[str]) -> list[dict[str, Any]]:
    """Return the lines of a log with these ids, once there are some: a server writes its line when it has answered."""
    for _ in range(100):
        if found := [line for line in read() if line.get("id") in ids]:
            return found
        time.sleep(0.05)
    return []


def test_pages_come_through_tls_below_the_base_path(deployed: Deployment) -> None:
    found = deployed.ask("/cx/")
    assert (found.status, "<title>" in found.text) == (200, True)
    assert found.headers["strict-transport-security"].startswith("max-age=")
    assert found.headers.get_all("content-security-policy") == [found.headers["content-security-policy"]]
    assert "frame-ancestors 'self'" in found.headers["content-security-policy"]
    assert found.headers.get_all("x-content-type-options") == ["nosniff"]
    assert "nginx/" not in str(found.headers)


@pytest.mark.parametrize(
    ("path", "status", "location"),
    [
        ("/", 302, "/cx/"),
        ("/cx", 308, "/cx/"),
        ("/other", 404, None),
        ("/cxx/", 404, None),
        ("/cx/metrics", 404, None),
        ("/cx/%6detrics", 404, None),
        ("/cx/../cx/metrics", 404, None),
        ("//cx/metrics", 404, None),
        ("/cx/_stcore/metrics", 404, None),
        ("/cx/livez", 200, None),
        ("/cx/readyz", 200, None),
        ("/cx/chart", 200, None),
        ("/cx/effort", 200, None),
    ],
)
def test_addresses(deployed: Deployment, path: str, status: int, location: str | None) -> None:
    found = deployed.ask(path, source="127.0.0.2")
    assert found.status == status
    place = found.headers["location"]
    assert (place and place.removeprefix(f"https://{NAME}:{deployed.port}").removeprefix(f"https://{NAME}")) == location
    assert found.headers["x-content-type-options"] == "nosniff"


def test_page_runs_over_a_websocket(deployed: Deployment) -> None:
    assert "Effort" in deployed.read("effort")


def test_embed_is_framed_anywhere_and_sets_no_cookie(deployed: Deployment) -> None:
    found = deployed.ask("/cx/embed/effort")
    assert (found.status, "frame-ancestors *" in found.headers["content-security-policy"]) == (200, True)
    assert found.headers["set-cookie"] is None
    again = deployed.ask("/cx/embed/effort", if_none_match=found.headers["etag"])
    assert (again.status, again.content) == (304, b"")


def test_browser_stays_with_its_process(deployed: Deployment) -> None:
    first = [deployed.ask("/cx/", source="127.0.0.3") for _ in range(12)]
    given = Counter(str(each.headers["set-cookie"]).partition(";")[0] for each in first)
    assert set(given) == {"cx_process=1", "cx_process=2"}, "newcomers go to both"
    assert all("Secure; HttpOnly" in each.headers["set-cookie"] for each in first)
    for number in (1, 2):
        ids = set()
        for _ in range(6):
            found = deployed.ask("/cx/", source="127.0.0.3", cookie=f"cx_process={number}")
            assert found.headers["set-cookie"] is None
            ids.add(found.headers["x-request-id"])
        lines = wait_for(deployed.log, ids)
        assert {line["process"] for line in lines} == {f"127.0.0.1:{deployed.processes[number - 1].port}"}
    assert deployed.ask("/cx/", source="127.0.0.3", cookie="cx_process=cxdata_files").status == 200


def test_flood_of_embeds_is_told_to_wait_and_others_are_not(deployed: Deployment) -> None:
    flood = [deployed.ask("/cx/embed/none", source="127.0.0.4") for _ in range(130)]
    refused = [each for each in flood if each.status == 429]
    assert {each.status for each in flood} == {404, 429}
    assert 0 < len(refused) < 60
    assert refused[0].headers["retry-after"] == "5"
    assert refused[0].headers["x-content-type-options"] == "nosniff"
    assert deployed.ask("/cx/embed/none", source="127.0.0.5").status == 404


def test_zips_have_a_limit_of_their_own(deployed: Deployment) -> None:
    statuses = [deployed.ask("/cx/chart/none.zip", source="127.0.0.6").status for _ in range(14)]
    assert (statuses.count(404), statuses[-1]) == (11, 429)
    assert deployed.ask("/cx/chart/none.png", source="127.0.0.6").status == 404


def test_forged_headers_are_dropped(deployed: Deployment) -> None:
    process = deployed.processes[0].address + "/cx"
    assert "You edit as" in read_page(process, "add", x_forwarded_email=EDITOR), "a process believes the proxy"
    # this machine has all addresses that begin with 127, and nginx has the first
    for also in ({}, {"x_forwarded_for": "127.0.0.1"}, {"forwarded": "for=127.0.0.1"}):
        with open_tab(process, source="127.0.0.2", x_forwarded_email=EDITOR, **also) as tab:
            assert "You edit as" not in tab.run("add"), "and nobody else"
    for name in ("x_forwarded_email", "X_FORWARDED_EMAIL", "x_auth_request_email", "remote_user"):
        assert "You edit as" not in deployed.read("add", **{name: EDITOR})


def test_forged_ids_and_addresses_are_dropped(deployed: Deployment) -> None:
    found = deployed.ask(
        "/cx/chart/none.png", source="127.0.0.7", x_request_id="forged-by-a-client", x_forwarded_for="203.0.113.9"
    )
    ids = found.headers.get_all("x-request-id") or []
    assert ids != ["forged-by-a-client"]
    (line,) = wait_for(deployed.log, {*ids})
    assert line["client"] == "127.0.0.7"
    (own,) = wait_for(deployed.own_log, {*ids})
    assert (own["route"], own["status"]) == ("/chart/{path:path}", 404), "one id goes all the way"


def test_words_of_a_reader_are_in_no_log(deployed: Deployment) -> None:
    deployed.ask("/cx/chart/effort.svg?companies=SecretCorp", source="127.0.0.8", authorization="Bearer secret-token")
    deployed.read("stories?search=SecretWord")
    logs = [deployed.folder / name for name in ("access.log", "log-1", "log-2")]
    for log in logs:
        text = log.read_text("utf-8")
        assert text
        assert not re.search("SecretCorp|SecretWord|secret-token", text), log.name


def test_figures_are_read_at_each_process(deployed: Deployment) -> None:
    deployed.read("effort", cookie="cx_process=1")
    found = request(f"{deployed.processes[0].address}/cx/metrics", authorization=f"Bearer {TOKEN}")
    assert found.status == 200
    assert re.search(r'cxdata_rerun_seconds_count\{page="Effort",part="page"\} [1-9]', found.text)
    assert re.search(r'cxdata_question_seconds_count\{question="effort"\} [1-9]', found.text)
    assert 'route="/chart/none' not in found.text
    assert float(re.search(r"^process_resident_memory_bytes (\S+)$", found.text, re.MULTILINE)[1]) > HARDLY_MORE  # type: ignore[index]


class SignIn(BaseHTTPRequestHandler):
    """oauth2-proxy, as far as nginx asks it: a cookie of ours is somebody who has signed in."""

    def do_GET(self) -> None:
        cookie = SimpleCookie(self.headers.get("cookie", "")).get("signed-in")
        self.send_response(202 if cookie else 401)
        if cookie:
            self.send_header("X-Auth-Request-Email", cookie.value)
        self.end_headers()

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture
def with_sign_in(deployed: Deployment, tmp_path: Path) -> Iterator[Deployment]:
    """The same processes behind a second nginx, with the shipped example of a sign-in by a proxy."""
    with ThreadingHTTPServer(("127.0.0.1", 0), SignIn) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        port = free_port()
        site = site_files(tmp_path, port, deployed.processes)
        example = (DEPLOY / "nginx" / "sign-in-oauth2-proxy.conf.example").read_text("utf-8")
        site["cxdata/sign-in-test.conf"] = example.replace(":4180", f":{server.server_port}")
        with run_shipped(DEPLOY / "nginx.conf", site, tmp_path, port):
            yield Deployment(port, trust(tmp_path), tmp_path, deployed.processes)
        server.shutdown()


def test_proxy_that_signs_people_in_says_who_they_are(with_sign_in: Deployment) -> None:
    for path in ("/cx/", "/cx/effort", "/cx/chart/effort.svg", "/cx/embed/effort", "/cx/app/static/icon.png"):
        found = with_sign_in.ask(path, x_forwarded_email=EDITOR)
        assert (found.status, "/oauth2/start?rd=" in str(found.headers["location"])) == (302, True), path
    with pytest.raises(InvalidURI, match="oauth2/start"):  # led to the sign-in
        with_sign_in.read("add", x_forwarded_email=EDITOR)
    assert {with_sign_in.ask(path).status for path in ("/cx/livez", "/cx/readyz")} == {200}
    assert "You edit as" in with_sign_in.read("add", cookie=f"signed-in={EDITOR}")
    stranger = with_sign_in.read("add", cookie="signed-in=bob@example.org", x_forwarded_email=EDITOR)
    assert "You edit as" not in stranger


def test_other_process_answers_when_one_is_killed(deployed: Deployment) -> None:
    """The last test: it leaves one process."""
    deployed.processes[0].process.kill()
    deployed.processes[0].process.wait(20)
    for _ in range(8):
        found = deployed.ask("/cx/", source="127.0.0.9", cookie="cx_process=1")
        assert (found.status, str(found.headers["set-cookie"]).partition(";")[0]) == (200, "cx_process=2")
    asked = ("", "?look=dark", "?preset=square", "?preset=wide")
    assert {deployed.ask(f"/cx/chart/effort.svg{each}", source="127.0.0.9").status for each in asked} == {200}
    assert "Effort" in deployed.read("effort", cookie="cx_process=1")
