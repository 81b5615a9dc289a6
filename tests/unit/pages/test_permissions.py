"""Who may change the database: nobody by default, and only who the operator names, asked at every action."""

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
    """A request with these headers from this address; None is how Streamlit says the machine itself."""
    told = {name.replace("_", "-"): value for name, value in headers.items()}
    monkeypatch.setattr(permissions.st, "context", SimpleNamespace(headers=told, ip_address=ip))


def sign_in(monkeypatch: pytest.MonkeyPatch, **told: Any) -> None:
    monkeypatch.setattr(permissions.st, "user", SimpleNamespace(**told))


def test_nobody_may_edit_unless_the_operator_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
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
def test_whoever_sits_at_the_machine_may_edit_where_that_is_said(
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
        (None, {"host": "evil.example"}),  # a name that leads to this machine
        (None, {"host": "evil.example:8501"}),
        (None, {}),
        (None, {"host": "localhost:8501", "x_forwarded_for": "10.0.0.5"}),
        ("127.0.0.1", {"host": "localhost:8501", "forwarded": "for=10.0.0.5"}),
        ("127.0.0.1", {"host": "localhost:8501", "x_real_ip": "10.0.0.5"}),
    ],
)
def test_whoever_comes_over_the_network_may_not(
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
def test_of_those_who_sign_in_only_the_listed_may_edit(
    user: dict[str, Any], name: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CXDATA_EDITORS", "ann@example.org, bob@example.org")
    monkeypatch.setenv("CXDATA_EDITING", "local")  # a list of editors is stricter, and counts alone
    come_from(monkeypatch, host="localhost:8501")
    sign_in(monkeypatch, **user)
    assert current_editor() == name


def test_the_page_says_how_editing_is_turned_on_and_offers_nothing_else() -> None:
    page = AppTest.from_file(str(ROOT / "pages" / "add" / "page.py"), default_timeout=30).run()
    assert not page.exception
    assert "CXDATA_EDITING=local" in page.info[0].value
    assert not page.button
    assert not page.get("file_uploader")
    assert st.session_state is not None


def test_every_action_asks_anew_who_may() -> None:
    """A callback or a run that changes the database begins with require_editor, whatever the page has shown."""
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
