"""The commands that edit the database: sign-off, replies, company names; and the changelog of a story."""

from datetime import datetime

import click

from cxdata.access.audit_log import prune
from cxdata.cli.engine import migrated_engine
from cxdata.cli.options import RespelledOption, by_option
from cxdata.editing.annotations import record_annotation, withdraw_annotation
from cxdata.editing.changelog import read_changelog
from cxdata.editing.companies import merge_companies, rename_company
from cxdata.editing.erasure import describe_erasure, erase_story
from cxdata.editing.replies import record_reply, withdraw_reply
from cxdata.editing.retention import Action, retain_accounts
from cxdata.editing.review import STATUSES, sign_off
from cxdata.settings import get_settings
from cxdata.store.records.company_names import find_similar
from cxdata.text.formatting import format_count, truncate

MAX_SHOWN = 200  # characters of a value before or after a change


@click.command("sign-off")
@click.argument("names", nargs=-1, required=True, metavar="BATCH_OR_STORY...")
@click.option("--status", type=click.Choice(STATUSES), required=True, help="The new status.")
@by_option
def sign_off_command(names: tuple[str, ...], status: str, by: str) -> None:
    """Publish stories, or move them back to draft.

    Name stories or batches. The status is draft, reviewed or published. The reviewer must not be the story's
    coder. All stories move, or none.
    """
    moved = sign_off(migrated_engine(), names, status, by)
    if not moved:
        click.echo(f"nothing to do: {status} already")
        return
    click.echo(f"{format_count(len(moved), 'story')} now {status}, by {by}")


@click.command("reply")
@click.argument("story")
@click.option("--author", metavar="WHO", help="Who speaks for the company, such as a press office.")
@click.option(
    "--text",
    "words",
    cls=RespelledOption,
    formerly="--words",
    metavar="TEXT",
    help="What the company says, at most 4,000 characters.",
)
@click.option("--on", "replied_on", type=click.DateTime(["%Y-%m-%d"]), help="The day of the reply, YYYY-MM-DD.")
@click.option("--url", metavar="URL", help="Where the reply can be read.")
@click.option("--withdraw", type=click.IntRange(min=1), metavar="NUMBER", help="Withdraw this reply.")
@by_option
def reply_command(
    story: str,
    author: str | None,
    words: str | None,
    replied_on: datetime | None,
    url: str | None,
    withdraw: int | None,
    by: str,
) -> None:
    """Record a company's reply to STORY, or withdraw one."""
    if withdraw is not None:
        if author or words or replied_on or url:
            raise click.UsageError("--withdraw takes no --author, --text, --on or --url")
        withdraw_reply(migrated_engine(), story, withdraw, by)
        click.echo(f"reply {withdraw} to {story} is withdrawn")
        return
    if author is None or words is None or replied_on is None:
        raise click.UsageError("a reply needs --author, --words and --on")
    number = record_reply(migrated_engine(), story, author, words, by, replied_on.date(), url)
    click.echo(f"reply {number} to {story} is recorded")


@click.command("note")
@click.argument("words", required=False)
@click.option("--on", "noted_on", type=click.DateTime(["%Y-%m-%d"]), help="The day it happened, YYYY-MM-DD.")
@click.option("--company", metavar="NAME", default="", help="The company it concerns. Default: all companies.")
@click.option("--withdraw", type=click.IntRange(min=1), metavar="NUMBER", help="Withdraw this note.")
@by_option
def note_command(words: str | None, noted_on: datetime | None, company: str, withdraw: int | None, by: str) -> None:
    """Note what happened on a day, for charts over time.

    WORDS say it in a short line, such as "New returns policy". `ask annotations` lists the notes with their numbers.
    """
    if withdraw is not None:
        if words or noted_on or company:
            raise click.UsageError("--withdraw takes no WORDS, --on or --company")
        withdraw_annotation(migrated_engine(), withdraw, by)
        click.echo(f"note {withdraw} is withdrawn")
        return
    if words is None or noted_on is None:
        raise click.UsageError("a note needs WORDS and --on")
    number = record_annotation(migrated_engine(), words, noted_on.date(), by, company)
    click.echo(f"note {number} is recorded")


@click.command("history")
@click.argument("story")
def history_command(story: str) -> None:
    """Show what was changed of STORY, when and by whom."""
    changes = read_changelog(migrated_engine().read(), story)
    for change in changes:
        what = change["field"] if change["story"] else f"{change['company']}: {change['field']}"
        before, after = (
            "nothing" if value is None else truncate(" ".join(value.split()), MAX_SHOWN)
            for value in (change["before"], change["after"])
        )
        click.echo(f"{change['changed_at']:%Y-%m-%d %H:%M} UTC by {change['changed_by']}: {what}: {before} -> {after}")
    if not changes:
        click.echo("nothing was changed")


@click.command("erase")
@click.argument("story")
@by_option
def erase_command(story: str, by: str) -> None:
    """Delete STORY with everything about it.

    Its own words, passages, history, replies and second codings go too. The file is written again, so that no byte
    stays. The answer names the copies that still hold the story.
    """
    erasure = erase_story(migrated_engine(), story, by)
    click.echo("\n".join(describe_erasure(erasure)))


@click.command("retain")
@click.option(
    "--months", type=click.IntRange(min=1), help="How long words are kept. Default: CXDATA_KEEP_ACCOUNTS_MONTHS."
)
@click.option("--action", type=click.Choice(["delete", "redact"]), help="What to do. Default: CXDATA_OLD_ACCOUNTS.")
@by_option
def retain_command(months: int | None, action: Action | None, by: str) -> None:
    """Delete or redact customers' own words that are old.

    It covers words that were imported more than so many months ago. Codes and summaries stay. Run it once a day.
    `history STORY` says what was done.
    """
    settings = get_settings()
    if settings.keep_log_months:
        gone = prune(migrated_engine(), settings.keep_log_months)
        click.echo(f"{format_count(gone, 'entry', 'entries')} of the audit log deleted")
    months = months or settings.keep_accounts_months
    if months is None:
        if settings.keep_log_months:
            return
        raise click.UsageError(
            "say how long words are kept: --months, CXDATA_KEEP_ACCOUNTS_MONTHS, or CXDATA_KEEP_LOG_MONTHS for the log"
        )
    action = action or settings.old_accounts
    stories = retain_accounts(migrated_engine(), months, action, by)
    done = "deleted" if action == "delete" else "redacted"
    click.echo(
        f"The customers' own words were {done} in {format_count(len(stories), 'story')}. They were imported more than "
        f"{format_count(months, 'month')} ago."
        if stories
        else f"No customer's own words had to be {done}. The limit is {format_count(months, 'month')}."
    )


@click.command("companies")
def companies_command() -> None:
    """List companies with nearly the same name.

    They may be the same company. Use `merge` to make one of two.
    """
    similar = find_similar(migrated_engine().read())
    for each in similar:
        click.echo(
            f"{each.company} ({format_count(each.story_count, 'story')}) is nearly "
            f"{each.into} ({format_count(each.into_story_count, 'story')})"
        )
    if not similar:
        click.echo("no two companies have nearly the same name")


@click.command("rename")
@click.argument("company")
@click.argument("new")
@by_option
def rename_command(company: str, new: str, by: str) -> None:
    """Rename COMPANY to NEW.

    Links, filters and files with the old name still find it.
    """
    before = rename_company(migrated_engine(), company, new, by)
    click.echo(f"{before} is now {new.strip()}")


@click.command("merge")
@click.argument("company")
@click.argument("into")
@by_option
def merge_command(company: str, into: str, by: str) -> None:
    """Move the stories of COMPANY to INTO.

    INTO keeps its name, sector and country. COMPANY's name still finds it.
    """
    gained = merge_companies(migrated_engine(), company, into, by)
    click.echo(f"{company} is now part of {into}, which has gained {format_count(gained, 'story')}")
