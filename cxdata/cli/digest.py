"""The command `digest`."""

from datetime import UTC, datetime
from pathlib import Path

import click

from cxdata.cli.engine import migrated_engine
from cxdata.cli.options import kind_option
from cxdata.publish.kinds import KIND
from cxdata.settings import get_settings


@click.command("digest")
@click.argument("companies", nargs=-1, metavar="[COMPANY]...")
@kind_option
@click.option("--days", type=click.IntRange(1, 366), default=7, show_default=True, help="The days that are new.")
@click.option(
    "--on",
    "day",
    type=click.DateTime(["%Y-%m-%d"]),
    default=lambda: datetime.now(UTC).strftime("%Y-%m-%d"),
    help="The day of the digest. Default: today.",
)
@click.option("--send", "is_sent", is_flag=True, help="Send it. Without this it is written and goes to nobody.")
@click.option("--out", type=click.Path(path_type=Path), default=".", help="The folder for the mail file (.eml).")
def digest_command(
    companies: tuple[str, ...], kind: str | None, days: int, day: datetime, is_sent: bool, out: Path
) -> None:
    """Write a digest of the findings as a mail, or send it.

    Each COMPANY has a part of its own. Without one the digest is about all companies. The file opens in a mail
    program. With --send it goes to CXDATA_MAIL_TO by the mail server of the CXDATA_MAIL settings, and nothing is
    written. Run it once a week, for example by cron. Links need CXDATA_PUBLIC_ADDRESS.
    """
    from cxdata.export.bulk_export import write_file  # noqa: PLC0415
    from cxdata.export.follow.delivery import check_settings, send_mail  # noqa: PLC0415 - other commands need none of it
    from cxdata.export.follow.digest import write_digest  # noqa: PLC0415
    from cxdata.export.pack.scope import parse_scope  # noqa: PLC0415

    settings = get_settings()
    if is_sent:
        check_settings(settings)
    asked = [{"companies": [company]} for company in companies] or [{}]
    scopes = [parse_scope(each | ({KIND: [kind]} if kind else {})) for each in asked]
    engine = migrated_engine()
    base = (settings.public_address or "").rstrip("/")
    mail = write_digest(engine.read(), scopes, day.date(), base, settings.mail_from, settings.mail_to, days)
    if is_sent:
        number = send_mail(mail, settings)
        click.echo(f"sent to {number} {'recipient' if number == 1 else 'recipients'}")
        return
    path = out / f"digest_{day:%Y-%m-%d}.eml"
    write_file(path, mail.as_bytes(), overwrite=True)
    engine.remember_copies([path])
    click.echo(f"{path}: written, and sent to nobody")
