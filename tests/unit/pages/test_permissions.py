"""Permission to change the database: off by default, given by the operator, checked at every action."""

from types import SimpleNamespace
from typing import Any

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from cxdata.http.identity import Identity, read_identity
from cxdata.http.local_key import LOCAL_KEY
from cxdata.resources import ROOT
from pages.ui import permissions
from pages.ui.permissions import EditRefused, current_editor, require_editor


@pytest.fixture(autouse=True)
def _nothing_said(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("CXDATA_EDITING", "CXDATA_EDITORS", "CXDATA_EDITOR"):
        monkeypatch.delenv(name, raising=False)


def come_from(
    monkeypatch: pytest.MonkeyPatch, cookies: dict[str, str] | None = None, ip: str | None = None, **headers: str
) -> None:
    """Set the cookies, the address and the headers of the request; Streamlit gives None for this machine."""
    context = SimpleNamespace(headers=headers, cookies=cookies or {}, ip_address=ip)
    monkeypatch.setattr(permissions.st, "context", context)


def sign_in(monkeypatch: pytest.MonkeyPatch, **told: Any) -> None:
    monkeypatch.setattr(permissions.st, "user", SimpleNamespace(to_dict=lambda: told))


def test_editing_is_off_by_default(monkeypatch: pytest.MonkeyPatch) -> None:
    come_from(monkeypatch, host="localhost:8501")
    assert current_editor() is None
    with pytest.raises(EditRefused, match="read-only for you"):
        require_editor()


def test_local_editing_allows_the_browser_with_the_cookie(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CXDATA_EDITING", "local")
    monkeypatch.setenv("CXDATA_EDITOR", "A. Writer")
    cookie = LOCAL_KEY.exchange(LOCAL_KEY.path().partition("=")[2])
    come_from(monkeypatch, {LOCAL_KEY.cookie_name: str(cookie)}, Origin="http://localhost:8501")
    assert require_editor() == "A. Writer"


@pytest.mark.parametrize("address", [None, "127.0.0.1", "::1"])
def test_local_editing_infers_nothing_from_addresses(monkeypatch: pytest.MonkeyPatch, address: str | None) -> None:
    monkeypatch.setenv("CXDATA_EDITING", "local")
    come_from(monkeypatch, ip=address, Origin="http://localhost:8501", host="localhost:8501")
    assert current_editor() is None


@pytest.mark.parametrize(
    ("user", "name"),
    [
        ({"is_logged_in": True, "email": "Ann@Example.org", "email_verified": True}, "ann@example.org"),
        ({"is_logged_in": True, "email": "ann@example.org", "email_verified": False}, None),
        ({"is_logged_in": True, "email": "ann@example.org", "email_verified": "false"}, None),
        ({"is_logged_in": True, "email": "ann@example.org", "email_verified": None}, None),
        ({"is_logged_in": True, "email": "ann@example.org"}, None),
        ({"is_logged_in": True, "email": "eve@example.org", "email_verified": True}, None),
        ({"is_logged_in": True}, None),
        ({"is_logged_in": False, "email": "ann@example.org"}, None),
        ({}, None),
    ],
)
def test_only_listed_verified_users_may_edit(
    user: dict[str, Any], name: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CXDATA_EDITORS", "ann@example.org, bob@example.org")
    monkeypatch.setenv("CXDATA_EDITING", "local")  # a list of editors overrides local editing
    come_from(monkeypatch, host="localhost:8501")
    sign_in(monkeypatch, **user)
    assert current_editor() == name


@pytest.mark.parametrize(
    ("told", "words"),
    [
        ({"email_verified": True}, "eve@example.org, who is not on the list of editors"),
        ({}, "has not verified this address, so nobody may edit with it"),
    ],
)
def test_a_signed_in_person_reads_why_they_may_not_edit(
    monkeypatch: pytest.MonkeyPatch, told: dict[str, Any], words: str
) -> None:
    monkeypatch.setenv("CXDATA_EDITORS", "ann@example.org")
    sign_in(monkeypatch, is_logged_in=True, email="eve@example.org", **told)
    page = AppTest.from_file(str(ROOT / "pages" / "add" / "page.py"), default_timeout=30).run()
    assert words in page.info[0].value.replace("\\", "")


@pytest.mark.parametrize(
    ("user", "from_headers", "found"),
    [
        ({"email": "Ann@Example.org "}, ("email",), Identity("ann@example.org", True)),
        ({"email": "ann@example.org"}, (), None),
        ({"email": "ann@example.org"}, ("name",), None),
        ({"email": None, "is_logged_in": True}, ("email",), None),
        ({"email": "a@b.c", "email_verified": "false"}, ("email", "email_verified"), Identity("a@b.c", False)),
        ({"email": "a@b.c", "email_verified": "true"}, ("email", "email_verified"), Identity("a@b.c", True)),
        ({"email": "a@b.c", "email_verified": True}, ("email", "email_verified"), Identity("a@b.c", True)),
    ],
)
def test_a_proxy_names_a_person_by_header(
    user: dict[str, Any], from_headers: tuple[str, ...], found: Identity | None
) -> None:
    assert read_identity(user, from_headers) == found


def test_read_only_add_page_explains_how_to_turn_on_editing() -> None:
    page = AppTest.from_file(str(ROOT / "pages" / "add" / "page.py"), default_timeout=30).run()
    assert not page.exception
    assert "CXDATA_EDITING=local" in page.info[0].value
    assert not page.button
    assert not page.get("file_uploader")
    assert st.session_state is not None


def test_every_change_calls_require_editor() -> None:
    """Every function of a page that changes the database calls require_editor first."""
    changes = (
        "run_import(",
        "delete_batch(",
        "sign_off(",
        "record_reply(",
        "create_story(",
        "update_story(",
        "change(get_engine",
    )
    for path in sorted((ROOT / "pages").rglob("*.py")):
        text = path.read_text("utf-8")
        for call in changes:
            for place in [at for at in range(len(text)) if text.startswith(call, at) and text[at - 1] in " \n"]:
                function = text[text.rfind("\ndef ", 0, place) : place + 200]
                if function.startswith("\ndef " + call):
                    continue
                assert "require_editor()" in function, f"{path.name}: {call}"
