"""What each role may do, as pages say it."""

from cxdata.access.roles import Action, Role
from pages.ui.visitor.duties import DUTIES, _line


def test_every_action_of_a_role_is_named() -> None:
    assert set(Action) - DUTIES.keys() == {action for action in Action if action.needs == Role.STRANGER}


def test_each_role_is_said_to_do_what_it_may() -> None:
    assert "publish a story that somebody else coded" in str(_line(Role.REVIEWER)["may"])
    for role in (Role.READER, Role.EDITOR, Role.ADMINISTRATOR):
        said = str(_line(role)["may"])
        assert {action for action, words in DUTIES.items() if words in said} == {
            action for action in Action if action.needs == role
        }
