"""Retention: customers' own words leave the database, or lose their personal data, some months after their import."""

from datetime import datetime
from typing import Literal

from cxdata.access.performing import performs
from cxdata.access.roles import Action as Performed
from cxdata.editing.changelog import new_edit, record_change
from cxdata.store.engine import Connection, Engine
from cxdata.store.records.rows import SHIPPED
from cxdata.store.transaction import mark_changed
from cxdata.text.formatting import format_count
from cxdata.text.personal_data import find_personal_data, redact

Action = Literal["delete", "redact"]
QUOTING = ("account", "passage")  # tables that hold a customer's own words
OLD = """
select account.story, account.words
from account
inner join story on account.story = story.story
inner join batch on story.batch = batch.batch
where story.batch <> $shipped and batch.imported_at < $now::timestamp - to_months($months::integer)
order by account.story
"""


@performs(Performed.RETAIN, tell=lambda stories: format_count(len(stories), "story"))
def retain_accounts(
    engine: Engine, months: int, action: Action, by: str, now: datetime | None = None
) -> tuple[str, ...]:
    """Delete or redact the accounts that were imported more than so many months ago; return their stories.

    Passages quote an account and are deleted with it, also where it is redacted, because their places are those of the
    former words. The changelog says that it was done, and the file is written again. Nothing is changed where nothing
    is due.
    """
    edit = new_edit(by, now)
    with engine.read() as reader:
        if not _find_due(reader, months, action, edit.at):
            return ()
    with engine.transaction(rewrite=True) as connection:
        due = _find_due(connection, months, action, edit.at)
        mark_changed(connection, "select unnest($stories::varchar[]) as story", {"stories": list(due)})
        for story, words in due.items():
            for table in QUOTING:
                connection.execute(f"delete from {table} where story = $story", {"story": story})
            if words is not None:
                connection.execute("insert into account values ($story, $words)", {"story": story, "words": words})
            done = "deleted" if words is None else "redacted"
            record_change(connection, edit, "account", None, f"{done} after {months} months", story=story)
    return tuple(due)


def _find_due(connection: Connection, months: int, action: Action, now: datetime) -> dict[str, str | None]:
    """Map each story whose account is due to its new words, None where they are deleted."""
    known = {"shipped": SHIPPED, "months": months, "now": now}
    due: dict[str, str | None] = {}
    for story, words in connection.execute(OLD, known).fetchall():
        if action == "delete":
            due[story] = None
        elif pieces := find_personal_data(words):
            due[story] = redact(words, pieces)
    return due
