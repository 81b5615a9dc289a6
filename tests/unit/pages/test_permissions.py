"""Permission to change the database: off by default, given by the operator, checked at every action."""

import ast
import importlib
import inspect
import pkgutil
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest
import streamlit as st

from cxdata import access, editing, ingest
from cxdata.access.identity import Identity, read_identity
from cxdata.access.performing import action_of
from cxdata.access.roles import Action, Role
from cxdata.errors import Refused
from cxdata.http.local_key import LOCAL_KEY
from cxdata.resources import ROOT
from pages.ui import permissions
from pages.ui.permissions import EditRefused, current_editor, current_role, perform, require, why_not_sign_off
from tests.fixtures.pages import AppTest


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
        require(Action.IMPORT)


def test_local_editing_allows_the_browser_with_the_cookie(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CXDATA_EDITING", "local")
    monkeypatch.setenv("CXDATA_EDITOR", "A. Writer")
    cookie = LOCAL_KEY.exchange(LOCAL_KEY.path().partition("=")[2])
    come_from(monkeypatch, {LOCAL_KEY.cookie_name: str(cookie)}, Origin="http://localhost:8501")
    assert require(Action.IMPORT) == "A. Writer"


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
    assert "read-only" in page.info[0].value
    assert "CXDATA_" not in page.info[0].value
    assert any("CXDATA_EDITING=local" in words.value for words in page.expander[1].markdown)
    assert not page.button
    assert not page.get("file_uploader")
    assert st.session_state is not None


LISTS = {
    Role.READER: ("CXDATA_READERS", "ray@example.org"),
    Role.EDITOR: ("CXDATA_EDITORS", "ed@example.org"),
    Role.REVIEWER: ("CXDATA_REVIEWERS", "rev@example.org"),
    Role.ADMINISTRATOR: ("CXDATA_ADMINS", "ada@example.org"),
}


def changing_functions() -> list[Callable[..., Any]]:
    """Return every function that changes the database for somebody, found by what it takes."""
    packages = (editing, ingest, access)
    names = [f"{each.__name__}.{name}" for each in packages for _, name, _ in pkgutil.iter_modules(each.__path__)]
    members = [
        (name, member)
        for name in names
        for _, member in inspect.getmembers(importlib.import_module(name), inspect.isfunction)
    ]
    found = [
        member
        for name, member in members
        if member.__module__ == name
        and not member.__name__.startswith("_")
        and {"engine", "by"} <= set(inspect.signature(member).parameters)
    ]
    assert len(found) > 10
    return found


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("function", changing_functions(), ids=lambda each: each.__name__)
def test_every_change_needs_its_role(monkeypatch: pytest.MonkeyPatch, function: Callable[..., Any], role: Role) -> None:
    for variable, person in LISTS.values():
        monkeypatch.setenv(variable, person)
    email = LISTS[role][1] if role in LISTS else "eve@example.org"
    sign_in(monkeypatch, is_logged_in=True, email=email, email_verified=True)
    assert current_role() == role
    # without its arguments a permitted function fails as one that was called
    with pytest.raises(TypeError if role >= action_of(function).needs else EditRefused):
        perform(function)


@pytest.mark.parametrize(
    ("also", "words"),
    [
        ({}, "Nobody may publish stories yet"),
        ({"CXDATA_REVIEWERS": "rev@example.org"}, "A reviewer publishes stories."),
        ({"CXDATA_ADMINS": "ada@example.org"}, "A reviewer publishes stories."),
        ({"CXDATA_REVIEWERS": "*@example.org"}, None),
    ],
)
def test_editor_learns_who_signs_off(monkeypatch: pytest.MonkeyPatch, also: dict[str, str], words: str | None) -> None:
    for variable, people in {"CXDATA_EDITORS": "ed@example.org", **also}.items():
        monkeypatch.setenv(variable, people)
    sign_in(monkeypatch, is_logged_in=True, email="ed@example.org", email_verified=True)
    assert (why_not_sign_off() or "None").startswith(str(words))


def test_function_without_an_action_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CXDATA_ADMINS", "ada@example.org")
    sign_in(monkeypatch, is_logged_in=True, email="ada@example.org", email_verified=True)
    with pytest.raises(Refused, match="delete_everything declares no action"):
        perform(delete_everything)


def delete_everything(engine: object, by: str) -> None:
    raise AssertionError


def test_pages_change_the_database_through_perform_alone() -> None:
    changes = {function.__name__ for function in changing_functions()}
    for path in sorted((ROOT / "pages").rglob("*.py")):
        calls = [node.func for node in ast.walk(ast.parse(path.read_text("utf-8"))) if isinstance(node, ast.Call)]
        called = {func.id for func in calls if isinstance(func, ast.Name)}
        called |= {func.attr for func in calls if isinstance(func, ast.Attribute)}
        assert called & changes == set(), path.name
