"""The role of a person by the lists of the settings, and who must stay outside."""

from itertools import combinations

import pytest

from cxdata.access.identity import Identity
from cxdata.access.roles import Role, find_role, is_local
from cxdata.errors import SettingsError
from cxdata.settings import Settings, get_settings

READERS, EDITORS, REVIEWERS, ADMINS = "*@example.org", "ed@example.org", "rev@example.org", "ada@example.org"


def role_of(email: str | None, is_verified: bool = True, **lists: str) -> Role:
    return find_role(Identity(email, is_verified) if email else None, Settings(**lists))  # type: ignore[arg-type]


LISTS = {"R": {"readers": READERS}, "E": {"editors": EDITORS}, "V": {"reviewers": REVIEWERS}, "A": {"admins": ADMINS}}
PEOPLE = (None, "ray@example.org", EDITORS, REVIEWERS, ADMINS)
# which lists are set, and the roles of a stranger, a reader, an editor, a reviewer and an administrator
ROLES = {
    "": "RRRRR",
    "R": "SRRRR", "E": "RRERR", "V": "RRRVR", "A": "RRRRA",
    "RE": "SRERR", "RV": "SRRVR", "RA": "SRRRA", "EV": "RREVR", "EA": "RRERA", "VA": "RRRVA",
    "REV": "SREVR", "REA": "SRERA", "RVA": "SRRVA", "EVA": "RREVA",
    "REVA": "SREVA",
}  # fmt: skip


def letters_of(lists: dict[str, str]) -> str:
    return "".join("SREVA"[role_of(each, **lists)] for each in PEOPLE)


@pytest.mark.parametrize("chosen", ROLES)
def test_a_list_gives_its_own_role_and_no_other(chosen: str) -> None:
    lists = {name: people for letter in chosen for name, people in LISTS[letter].items()}
    assert letters_of(lists) == ROLES[chosen]


def test_every_choice_of_lists_is_in_the_table() -> None:
    assert set(ROLES) == {"".join(some) for number in range(5) for some in combinations("REVA", number)}


def test_readers_are_named_one_by_one_too() -> None:
    assert letters_of({"readers": "ray@example.org", "editors": EDITORS}) == "SRESS"


def test_who_is_on_several_lists_has_the_highest_role() -> None:
    everybody = "*@example.org"
    assert letters_of({"editors": everybody, "reviewers": everybody, "admins": ADMINS}) == "RVVVA"


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
