"""The digest: a mail with the findings of one or more scopes, as HTML and as text. It needs no pictures."""

from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime, time, timedelta
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from hashlib import sha256
from html import escape

from cxdata.charts.kit.theme import LIGHT
from cxdata.export.follow.findings import Finding, Followed, format_day, list_findings
from cxdata.export.pack.scope import Scope
from cxdata.export.web.snippets import SITE
from cxdata.settings import People
from cxdata.store.engine import Connection
from cxdata.text.formatting import join_list

WEEK = 7
SANS, SERIF = "Arial,Helvetica,sans-serif", "Georgia,serif"
INK, QUIET, LINK = LIGHT.ink, LIGHT.quiet, "#00639c"
NOBODY = "nobody@localhost"  # of a mail that is written and not sent


def write_digest(
    connection: Connection,
    scopes: Sequence[Scope],
    day: date,
    base: str = "",
    sender: People | None = None,
    recipients: People | None = None,
    days: int = WEEK,
) -> EmailMessage:
    """Write the digest of the days before `day`. Links begin with `base`; without one there are none.

    Raises ExportError and QuestionError for a scope that cannot be.
    """
    begin = day - timedelta(days)
    parts = [list_findings(connection, scope, begin) for scope in scopes]
    mail = EmailMessage(policy=SMTP)
    names = join_list([part.title for part in parts])
    mail["Subject"] = f"{names}: findings up to {format_day(day)}"
    mail["From"] = ", ".join(_addresses(sender)) or f"{SITE} <{NOBODY}>"
    mail["To"] = ", ".join(_addresses(recipients)) or NOBODY
    mail["Date"] = format_datetime(datetime.combine(day, time(tzinfo=UTC)))
    mail["Auto-Submitted"] = "auto-generated"
    text = "\n\n".join(_text(part, begin, base) for part in parts) + "\n"
    code = sha256(f"{day} {base} {text}".encode()).hexdigest()[:32]
    mail["Message-ID"] = f"<{code}@cxdata>"
    mail.set_content(text)
    mail.add_alternative(_html(parts, str(mail["Subject"]), begin, base), subtype="html")
    mail.set_boundary(f"=_{code}")  # the same digest has the same bytes
    return mail


def _addresses(people: People | None) -> Iterable[str]:
    names = dict(people.names) if people else {}
    for address in people.addresses if people else ():
        yield str(Address(names.get(address, ""), addr_spec=address))


def _news(part: Followed, begin: date) -> str:
    if part.recent:
        return f"New since {format_day(begin)}: {part.recent}."
    if part.changed_at.date() >= begin and part.findings:
        return f"No new story since {format_day(begin)}, and some were changed."
    return f"Nothing changed since {format_day(begin)}. Here are the findings again."


def _text(part: Followed, begin: date, base: str) -> str:
    lines = [f"{part.title}\n{'=' * len(part.title)}", _news(part, begin)]
    for finding in part.findings:
        link = f"\n{base}/{finding.path}" if base else ""
        lines.append(f"{finding.question} {finding.sentence}\n({finding.basis}){link}")
    follow = f"Feed: {base}/feed.atom?{part.query}" if base else ""
    return "\n\n".join(line for line in (*lines, part.origin, part.source, follow) if line)


def _html(parts: Sequence[Followed], title: str, begin: date, base: str) -> str:
    body = "".join(_section(part, begin, base) for part in parts)
    return (
        f'<!doctype html><html lang="en-GB"><head><meta charset="utf-8"><title>{escape(title)}</title>'
        '<meta name="viewport" content="width=device-width,initial-scale=1"></head>'
        f'<body style="margin:0;padding:24px 16px;background:{LIGHT.background};color:{INK};'
        f'font-family:{SANS};font-size:16px;line-height:1.5"><div style="max-width:600px;margin:0 auto">'
        f'<p style="margin:0 0 8px;font-size:14px;color:{QUIET}">{SITE}</p>'
        f'<h1 style="margin:0 0 24px;font-size:18px;line-height:1.3">{escape(title)}</h1>{body}</div></body></html>'
    )


def _section(part: Followed, begin: date, base: str) -> str:
    small = f"margin:16px 0 0;font-size:14px;color:{QUIET}"
    feed = (
        f'<p style="{small}"><a style="color:{LINK}" href="{escape(f"{base}/feed.atom?{part.query}")}">'
        "Follow this as a feed</a></p>"
        if base
        else ""
    )
    return (
        f'<h2 style="margin:0 0 4px;font-family:{SERIF};font-size:26px;line-height:1.2">{escape(part.title)}</h2>'
        f'<p style="margin:0 0 8px;color:{QUIET}">{escape(_news(part, begin))}</p>'
        f"{''.join(_finding(finding, base) for finding in part.findings)}"
        f'<p style="{small}">{escape(part.origin)}</p><p style="{small}">{escape(part.source)}</p>{feed}'
        '<div style="height:32px"></div>'
    )


def _finding(finding: Finding, base: str) -> str:
    sentence = escape(finding.sentence)
    if base:
        sentence = f'<a style="color:{INK}" href="{escape(f"{base}/{finding.path}")}">{sentence}</a>'
    return (
        f'<div style="margin:16px 0 0;padding:12px 0 0;border-top:1px solid {LIGHT.grid}">'
        f'<h3 style="margin:0;font-size:14px;color:{QUIET}">{escape(finding.question)}</h3>'
        f'<p style="margin:2px 0;font-family:{SERIF};font-size:20px;line-height:1.3">{sentence}</p>'
        f'<p style="margin:0;font-size:14px;color:{QUIET}">{escape(finding.basis)}</p></div>'
    )
