"""Permission to change the database: off by default, given by the operator, checked at every action."""

from types import SimpleNamespace
from typing import Any

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from cxdata.resources import ROOT
from pages.ui import permissions
from pages.ui.permissions import EditRefused, current_editor, require_editor


@pytest.fixture(autouse=True)
def _nothing_said(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("CXDATA_EDITING", "CXDATA_EDITORS", "CXDATA_EDITOR"):
        monkeypatch.delenv(name, raising=False)


def come_from(monkeypatch: pytest.MonkeyPatch, ip: str | None = None, **headers: str) -> None:
    """Set the request's headers and address; Streamlit gives None for this machine."""
    told = {name.replace("_", "-"): value for name, value in headers.items()}
    monkeypatch.setattr(permissions.st, "context", SimpleNamespace(headers=told, ip_address=ip))


def sign_in(monkeypatch: pytest.MonkeyPatch, **told: Any) -> None:
    monkeypatch.setattr(permissions.st, "user", SimpleNamespace(**told))


def test_editing_is_off_by_default(monkeypatch: pytest.MonkeyPatch) -> None:
    come_from(monkeypatch, host="localhost:8501")
    assert current_editor() is None
    with pytest.raises(EditRefused, match="read-only for you; nothing was changed"):
        require_editor()


@pytest.mark.parametrize(
    ("host", "ip"),
    [
        ("localhost", None),
        ("localhost:8501", None),
        ("127.0.0.1:8501", "127.0.0.1"),
        ("127.0.0.1:8501", "::ffff:127.0.0.1"),
        ("[::1]:8501", "::1"),
        ("[::1]", "::1"),
    ],
)
def test_local_editing_allows_requests_from_this_machine(
    host: str, ip: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CXDATA_EDITING", "local")
    monkeypatch.setenv("CXDATA_EDITOR", "A. Writer")
    come_from(monkeypatch, ip, host=host)
    assert require_editor() == "A. Writer"


@pytest.mark.parametrize(
    ("ip", "headers"),
    [
        ("10.0.0.5", {"host": "localhost:8501"}),
        ("::ffff:10.0.0.5", {"host": "127.0.0.1:8501"}),
        ("no address", {"host": "127.0.0.1:8501"}),
        (None, {"host": "evil.example"}),  # a foreign name that resolves to this machine
        (None, {"host": "evil.example:8501"}),
        (None, {}),
        (None, {"host": "localhost:8501", "x_forwarded_for": "10.0.0.5"}),
        ("127.0.0.1", {"host": "localhost:8501", "forwarded": "for=10.0.0.5"}),
        ("127.0.0.1", {"host": "localhost:8501", "x_real_ip": "10.0.0.5"}),
    ],
)
def test_local_editing_refuses_requests_over_the_network(
    ip: str | None, headers: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CXDATA_EDITING", "local")
    come_from(monkeypatch, ip, **headers)
    assert current_editor() is None


@pytest.mark.parametrize(
    ("user", "name"),
    [
        ({"is_logged_in": True, "email": "Ann@Example.org", "email_verified": True}, "ann@example.org"),
        ({"is_logged_in": True, "email": "ann@example.org", "email_verified": False}, None),
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
