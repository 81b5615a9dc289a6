"""The role of a person by the lists of the settings, and who must stay outside."""

import pytest

from cxdata.access.identity import Identity
from cxdata.access.roles import Role, find_role, is_local
from cxdata.errors import SettingsError
from cxdata.settings import Settings, get_settings

READERS, EDITORS, REVIEWERS, ADMINS = "*@example.org", "ed@example.org", "rev@example.org", "ada@example.org"


def role_of(email: str | None, is_verified: bool = True, **lists: str) -> Role:
    return find_role(Identity(email, is_verified) if email else None, Settings(**lists))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("lists", "roles"),
    [
        # the roles of a stranger, a reader, an editor, a reviewer and an administrator
        ({}, "RRRRR"),
        ({"readers": READERS}, "SRRRR"),
        ({"editors": EDITORS}, "RRARR"),  # a list that is not set leaves its rights to the list below
        ({"editors": EDITORS, "reviewers": REVIEWERS}, "RREAR"),
        ({"editors": EDITORS, "admins": ADMINS}, "RRVRA"),
        ({"reviewers": REVIEWERS}, "RRRAR"),
        ({"admins": ADMINS}, "RRRRA"),
        ({"readers": READERS, "editors": EDITORS, "reviewers": REVIEWERS, "admins": ADMINS}, "SREVA"),
        ({"readers": "ray@example.org", "editors": EDITORS, "reviewers": REVIEWERS, "admins": ADMINS}, "SREVA"),
        # who is on several lists has the highest role
        ({"editors": "*@example.org", "reviewers": "*@example.org", "admins": ADMINS}, "RVVVA"),
    ],
)
def test_role_is_that_of_the_lists(lists: dict[str, str], roles: str) -> None:
    letters = dict(zip("SREVA", Role, strict=True))
    people = (None, "ray@example.org", EDITORS, REVIEWERS, ADMINS)
    assert [role_of(each, **lists) for each in people] == [letters[letter] for letter in roles]


@pytest.mark.parametrize("email", ["ada@example.org.evil.example", "ada@sub.example.org", "ada@example.orgx", "ada"])
def test_addresses_that_look_like_a_listed_one_stay_outside(email: str) -> None:
    assert role_of(email, readers=READERS, admins=ADMINS) == Role.STRANGER


def test_address_that_nobody_has_verified_stays_outside() -> None:
    assert role_of(ADMINS, False, readers=READERS, admins=ADMINS) == Role.STRANGER
    assert role_of(ADMINS, False, admins=ADMINS) == Role.READER


@pytest.mark.parametrize("text", [",", " ", " , ", "ann", "*", "@example.org"])
@pytest.mark.parametrize("name", ["READERS", "EDITORS", "REVIEWERS", "ADMINS"])
def test_list_that_names_nobody_stops_the_program(name: str, text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """As an empty list it would open what it is meant to close."""
    monkeypatch.setenv(f"CXDATA_{name}", text)
    with pytest.raises(SettingsError, match=f"CXDATA_{name}"):
        get_settings()


@pytest.mark.parametrize("name", ["readers", "editors", "reviewers", "admins"])
def test_any_list_overrules_local_editing(name: str) -> None:
    assert is_local(Settings(editing="local"))
    assert not is_local(Settings(editing="local", **{name: "ann@example.org"}))  # type: ignore[arg-type]


def test_names_of_every_list_stand_for_addresses() -> None:
    settings = Settings(editors="Ed <ed@example.org>", admins="Ada <ada@example.org>")  # type: ignore[arg-type]
    assert settings.names == {"ed@example.org": "Ed", "ada@example.org": "Ada"}
