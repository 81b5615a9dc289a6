"""Roles: what a person may see and do, by the lists of people in the settings."""

from enum import Enum, IntEnum

from cxdata.access.identity import Identity
from cxdata.settings import People, Settings


class Role(IntEnum):
    """A person's role; each may do all that the lower ones may."""

    STRANGER = 0
    READER = 1
    EDITOR = 2
    REVIEWER = 3
    ADMINISTRATOR = 4

    @property
    def words(self) -> str:
        """The role as a sentence names it."""
        return f"{'an' if self in (Role.EDITOR, Role.ADMINISTRATOR) else 'a'} {self.name.lower()}"


class Action(Enum):
    """What people do. `words` say it, `needs` is the lowest role that may do it."""

    SIGN_IN = ("sign in", Role.STRANGER)
    SIGN_OUT = ("sign out", Role.STRANGER)
    READ = ("read", Role.READER)
    DOWNLOAD_DATABASE = ("download the database", Role.READER)
    READ_DRAFTS = ("read drafts", Role.EDITOR)
    IMPORT = ("import", Role.EDITOR)
    DELETE_BATCH = ("delete a batch", Role.EDITOR)
    WRITE_STORY = ("write a story", Role.EDITOR)
    # an editor takes a story off the pages by editing it, too; only a reviewer puts one on
    BACK_TO_DRAFT = ("move back to draft", Role.EDITOR)
    REPLY = ("record a reply", Role.EDITOR)
    ANNOTATE = ("add a dated note", Role.EDITOR)
    CHANGE_COMPANY = ("change a company", Role.EDITOR)
    PUBLISH_VIEW = ("make a view public", Role.EDITOR)
    CLOSE_VIEW = ("close a public view", Role.EDITOR)
    SIGN_OFF = ("sign off", Role.REVIEWER)
    ERASE = ("erase a story", Role.ADMINISTRATOR)
    RETAIN = ("delete old words", Role.ADMINISTRATOR)
    READ_LOG = ("read the audit log", Role.ADMINISTRATOR)
    BACK_UP = ("back up the database", Role.ADMINISTRATOR)
    RESTORE = ("restore the database", Role.ADMINISTRATOR)

    def __init__(self, words: str, needs: Role) -> None:
        self.words = words
        self.needs = needs


def find_role(person: Identity | None, settings: Settings) -> Role:
    """Return the role of a person whom sign-in or a proxy names; None is somebody who has not signed in.

    Without a list of readers everybody reads. Any other list that is not set gives its role to nobody.
    """
    lists = people_by_role(settings)
    is_known = person is not None and person.is_verified
    on = [role for role, people in lists.items() if person and is_known and people.includes(person.email)]
    return max(on, default=Role.STRANGER if settings.readers else Role.READER)


def people_by_role(settings: Settings) -> dict[Role, People]:
    """Return the lists of the settings."""
    return {
        Role.READER: settings.readers,
        Role.EDITOR: settings.editors,
        Role.REVIEWER: settings.reviewers,
        Role.ADMINISTRATOR: settings.admins,
    }


def is_local(settings: Settings) -> bool:
    """Return whether the browser with the printed link may do everything; any list of people overrules it."""
    return settings.editing == "local" and not any(people_by_role(settings).values())
