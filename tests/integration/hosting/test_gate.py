"""The gate before a real server: each role at each page and address, forged cookies, and a draft with a canary."""

import importlib
import re
import time

import pytest
from streamlit.proto.BackMsg_pb2 import BackMsg
from websockets.exceptions import InvalidStatus

from cxdata.access.roles import Role
from cxdata.http.gate.addresses import NEEDED
from pages.__main__ import SECTIONS
from tests.fixtures.hosting.http import Reply, request
from tests.fixtures.hosting.people import EMAILS, cookies_of, xsrf_of
from tests.fixtures.hosting.session import open_tab
from tests.fixtures.words.canary import CANARY, COMPANY

PAGES = [entry for entries in SECTIONS.values() for entry in entries]
OPEN = [path for path, role in NEEDED.items() if role == Role.STRANGER]
PRIVATE = ("no-store", "private, no-cache")
PUBLIC_SAMPLES = {"/static/": "/static/none.js", "/app/static/": "/app/static/icon.png"}


@pytest.fixture(scope="module")
def routes() -> list[str]:
    """Every path that the server routes below its base path, Streamlit's own among them."""
    app = importlib.import_module("app").app
    paths = [re.sub(r"{[^}]*}", "x", route.path) for route in app._build_starlette_app().routes]
    assert {"/chart", "/_stcore/health"} <= set(paths)
    return paths


def ask(gated: str, path: str, role: Role | None, **headers: str) -> Reply:
    return request(gated + path, **cookies_of(gated, EMAILS[role] if role is not None else None), **headers)


def read(gated: str, page: str, role: Role | None) -> str:
    """Return what a page sends to a session of somebody with this role. Raises InvalidStatus if it is refused."""
    headers = cookies_of(gated, EMAILS[role] if role is not None else None)
    with open_tab(gated, xsrf=xsrf_of(headers), **headers) as tab:
        return tab.run(page)


@pytest.mark.parametrize(("role", "status"), [(None, 401), (Role.STRANGER, 403)])
def test_strangers_get_no_address_that_is_not_listed_as_open(
    gated: str, routes: list[str], role: Role | None, status: int
) -> None:
    pages = [f"/{entry.address}" for entry in PAGES]
    samples = [
        "/pack.pdf",
        "/pack.pptx",
        "/chart/effort.png",
        "/chart/effort.csv?companies=zzz",
        "/embed/effort",
        "/media/x",
        "/new",
    ]
    for path in {*routes, *pages, *samples}:
        if path in OPEN or path.startswith(tuple(each for each in OPEN if each.endswith("/"))) or path == "":
            continue
        found = ask(gated, path, role)
        assert (found.status, found.headers["cache-control"]) == (status, "no-store"), path
        assert CANARY not in found.text.casefold(), path
        assert "AO.com" not in found.text, path


def test_open_addresses_answer_strangers(gated: str) -> None:
    for path in OPEN:
        assert ask(gated, PUBLIC_SAMPLES.get(path, path), None).status not in (401, 403), path


@pytest.mark.parametrize(
    "path",
    [
        "/static/../chart/effort.png",
        "/static/%2e%2e/chart/effort.png",
        "/app/static/..%2f..%2fchart/effort.csv",
        "//chart/effort.csv",
        "/healthz/../chart/effort.csv",
        "/healthz/x",
        "/HEALTHZ",
        "/chart/effort.csv?x=/healthz",
        "/embed/effort#/healthz",
        "/sign-in/x",
    ],
)
def test_no_spelling_of_an_address_leads_round_the_gate(gated: str, path: str) -> None:
    found = ask(gated, path, None)
    assert (found.status, "effort_points" in found.text) == (401, False)


@pytest.mark.parametrize("method", ["HEAD", "POST", "PUT", "DELETE", "OPTIONS", "PATCH"])
def test_no_method_leads_round_the_gate(gated: str, method: str) -> None:
    for path in ("/chart/effort.csv", "/_stcore/upload_file/x/y", "/add"):
        assert request(gated + path, method).status == 401


def test_readers_get_every_address_and_no_cache_keeps_it(gated: str) -> None:
    for path in [f"/{entry.address}" for entry in PAGES] + ["/chart", "/chart/effort.csv", "/embed/effort"]:
        found = ask(gated, path, Role.READER)
        assert (found.status, found.headers["cache-control"] in PRIVATE) == (200, True), path
        assert "access-control-allow-origin" not in found.headers


@pytest.mark.parametrize("role", [None, Role.STRANGER])
def test_strangers_have_no_session(gated: str, role: Role | None) -> None:
    with pytest.raises(InvalidStatus, match="403"):
        read(gated, "stories", role)


@pytest.mark.parametrize("role", [Role.READER, Role.EDITOR])
def test_pages_show_drafts_to_editors_alone(gated: str, role: Role) -> None:
    for entry in PAGES:
        for query in ("", "?part=review", f"?story={CANARY}-story", f"?company={COMPANY}"):
            if query and (query == "?part=review") != (entry.folder == "add"):
                continue
            text = read(gated, entry.address + query, role)
            may_see = role >= Role.EDITOR and entry.folder == "add"
            # a page repeats the address that was asked for
            said = re.sub(f"{CANARY}-story|{COMPANY}|{COMPANY.replace(' ', '%20')}", "", text)
            assert (CANARY in said.casefold()) == (may_see and query == "?part=review"), entry.folder + query


def test_reader_reads_and_is_offered_no_control(gated: str) -> None:
    text = read(gated, "add", Role.READER)
    assert "who is not on the list of editors" in text.replace("\\", "")
    assert "file_uploader" not in text


@pytest.mark.parametrize(
    ("role", "may_sign_off", "may_erase"),
    [(Role.EDITOR, False, False), (Role.REVIEWER, True, False), (Role.ADMINISTRATOR, True, True)],
)
def test_controls_are_those_of_the_role(gated: str, role: Role, may_sign_off: bool, may_erase: bool) -> None:
    review = read(gated, "add?part=review", role)
    assert ("A reviewer publishes stories" in review) != may_sign_off
    write = read(gated, f"add?part=write&edit={CANARY}-story", role)
    assert ("Erase this story" in write) == may_erase


FORGED = {
    "of another secret": {"secret": "another secret of the same length, almost"},
    "of another place": {"origin": "http://elsewhere.example"},
    "not verified": {"email_verified": False},
    "not said to be verified": {"email_verified": None},
    "not signed in": {"is_logged_in": False},
}


@pytest.mark.parametrize("how", FORGED)
def test_forged_cookies_open_nothing(gated: str, how: str) -> None:
    headers = cookies_of(gated, EMAILS[Role.ADMINISTRATOR], **FORGED[how])
    assert request(f"{gated}/chart/effort.csv", **headers).status in (401, 403)
    with pytest.raises(InvalidStatus), open_tab(gated, xsrf=xsrf_of(headers), **headers) as tab:
        tab.run("stories")


def test_altered_cookie_opens_nothing(gated: str) -> None:
    cookie = cookies_of(gated, EMAILS[Role.READER])["cookie"]
    assert request(f"{gated}/chart", cookie=cookie).status == 200
    assert request(f"{gated}/chart", cookie=cookie[:-3] + "xyz").status == 401


@pytest.mark.parametrize("header", ["x-auth-request-email", "x-forwarded-email", "x-forwarded-user", "email"])
def test_headers_name_nobody_where_no_proxy_is_set_up(gated: str, header: str) -> None:
    assert request(f"{gated}/chart", **{header.replace("-", "_"): EMAILS[Role.ADMINISTRATOR]}).status == 401


def test_session_ends_with_its_sign_in(gated: str) -> None:
    """A tab stays open while its person signs out in another; a copy of the cookie is worth nothing afterwards."""
    headers = cookies_of(gated, EMAILS[Role.READER], sub="one", iat=time.time())
    other = cookies_of(gated, EMAILS[Role.READER], sub="another", iat=time.time())
    with open_tab(gated, xsrf=xsrf_of(headers), **headers) as tab:
        assert "AO.com" in tab.run("stories")
        assert request(f"{gated}/auth/logout", **headers).status == 302
        message = BackMsg()
        message.rerun_script.page_name = "stories"
        message.rerun_script.fragment_id = "any"
        answers = tab.send_until_closed(message)
        assert [each.WhichOneof("type") for each in answers if "session_status" not in str(each)] == ["auth_redirect"]
    assert request(f"{gated}/chart", **headers).status == 401
    with pytest.raises(InvalidStatus), open_tab(gated, xsrf=xsrf_of(headers), **headers) as tab:
        tab.run("stories")
    assert request(f"{gated}/chart", **other).status == 200, "other sign-ins of the person go on"


@pytest.mark.parametrize("role", [None, *Role])
def test_audit_log_is_for_administrators(gated: str, role: Role | None) -> None:
    found = ask(gated, "/audit-log.csv", role)
    is_admin = role == Role.ADMINISTRATOR
    assert (found.status == 200, found.headers["cache-control"]) == (is_admin, "no-store")
    if role is not None and role > Role.STRANGER:
        text = read(gated, "access?part=log", role)
        assert ("log-who" in text) == is_admin
        assert ("This page is for editors and administrators" in text) == (role < Role.EDITOR)


def test_log_has_who_signed_in_and_out(gated: str) -> None:
    headers = cookies_of(gated, "only-once@readers.example", sub="once")
    request(f"{gated}/auth/logout", **headers)
    found = ask(gated, "/audit-log.csv?who=only-once@readers.example", Role.ADMINISTRATOR)
    assert [line.split(",")[1:3] for line in found.text.splitlines()[1:]] == [["only-once@readers.example", "sign out"]]
