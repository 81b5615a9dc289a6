"""The addresses of a server below a base path: what answers, with which headers, and what does not."""

import json

import pytest

from tests.fixtures.hosting.http import request

HEADERS = ("content-security-policy", "referrer-policy", "x-content-type-options")


@pytest.mark.parametrize("path", ["/healthz", "/chart"])
def test_our_addresses_answer_below_the_base_path_alone(hosted: str, path: str) -> None:
    found = request(hosted + path)
    assert (found.status, found.headers["content-type"]) == (200, "application/json")
    assert json.loads(found.text)
    assert request(hosted.removesuffix("/cx") + path).status == 404


PAGES = ["/", "/add?part=batches", "/healthz", "/app/static/icon.png", "/media/none.png", "/nothing", "/.."]


@pytest.mark.parametrize("path", PAGES)
def test_no_other_site_may_frame_a_page(hosted: str, path: str) -> None:
    found = request(hosted + path)
    assert "frame-ancestors 'self'" in found.headers["content-security-policy"]


@pytest.mark.parametrize(
    ("path", "status"),
    [("/embed/effort", 200), ("/chart/effort.svg", 200), ("/chart/effort.html", 200), ("/embed/efort", 404)],
)
def test_any_site_may_frame_a_chart_and_read_its_error(hosted: str, path: str, status: int) -> None:
    found = request(hosted + path)
    policy = found.headers["content-security-policy"]
    assert (found.status, "frame-ancestors *" in policy) == (status, True)
    assert policy.startswith("default-src 'none'; script-src '")


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/chart/nothing", 404),
        ("GET", "/app/static/nothing", 404),
        ("GET", "/chart/effort.png?scale=9", 400),
        ("POST", "/chart/effort.png", 405),
        ("DELETE", "/add", 405),
        ("PUT", "/_stcore/upload_file/none/none", 403),
    ],
)
def test_errors_have_the_security_headers(hosted: str, method: str, path: str, status: int) -> None:
    found = request(hosted + path, method)
    assert found.status == status
    for name in HEADERS:
        assert found.headers[name], name


@pytest.mark.parametrize(
    "path",
    [
        "/_stcore/metrics",
        "/_stcore/metrics/",
        "/_stcore/%6detrics",
        "/_stcore/agent/openapi.json",
        "/_stcore/agent/mcp",
    ],
)
def test_no_address_gives_the_metrics_or_drives_pages_without_a_browser(hosted: str, path: str) -> None:
    for method in ("GET", "POST", "OPTIONS"):
        found = request(hosted + path, method)
        assert (found.status, found.text) == (404, "Not Found")


def test_audit_log_is_closed_where_everybody_reads(hosted: str) -> None:
    found = request(f"{hosted}/audit-log.csv")
    assert (found.status, "who" in found.text) == (401, False)


def test_sign_in_that_is_not_set_up_has_no_address(hosted: str) -> None:
    assert request(f"{hosted}/sign-in?with=default").status == 404
