"""The digest as a mail file: a text for each HTML, styles inside, no picture, and what is new of the days asked for."""

import re
from datetime import date
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from typing import Any, cast

import duckdb
import pytest

from cxdata.export.follow.digest import write_digest
from cxdata.export.follow.findings import list_findings
from cxdata.export.pack.scope import parse_scope
from cxdata.settings import People

BASE = "https://stories.example.org"
SCOPES = [parse_scope({"companies": [company]}) for company in ("AO.com", "Argos")]


def read(mail: EmailMessage) -> tuple[EmailMessage, str, str]:
    """The mail as a program reads its file, its text and its HTML."""
    read = cast(EmailMessage, message_from_bytes(mail.as_bytes(), policy=default))
    assert [part.get_content_type() for part in read.iter_parts()] == ["text/plain", "text/html"]
    text, html = (cast(EmailMessage, part).get_content() for part in read.iter_parts())
    return read, text, html


@pytest.fixture(scope="module")
def come(database: duckdb.DuckDBPyConnection) -> date:
    """The day on which the shipped stories came into the database."""
    return list_findings(database, parse_scope({})).changed_at.date()


def test_digest_says_every_finding_twice(database: duckdb.DuckDBPyConnection, come: date) -> None:
    people = {"sender": People.parse("Stories <s@example.org>"), "recipients": People.parse("ann@example.org")}
    mail, text, html = read(write_digest(database, SCOPES, come, BASE, **people))
    assert str(mail["Subject"]).startswith("AO.com and Argos: findings up to ")
    assert (mail["From"], mail["To"]) == ("Stories <s@example.org>", "ann@example.org")
    assert mail["Auto-Submitted"] == "auto-generated"
    for scope in SCOPES:
        for finding in list_findings(database, scope).findings:
            assert finding.sentence in text
            assert finding.sentence in html
            assert f"{BASE}/{finding.path}" in text
            assert f"{BASE}/{finding.path.replace('&', '&amp;')}" in html
    assert text.count("Source: customer stories by Maz Iqbal") == 2


def test_html_needs_no_picture_and_no_style_sheet(database: duckdb.DuckDBPyConnection, come: date) -> None:
    _, _, html = read(write_digest(database, SCOPES, come))
    assert not re.search(r"<img|<style|<link|<script|url\(|class=", html)
    assert html.count("<h1") == 1
    assert 'lang="en-GB"' in html
    assert "href" not in html, "without an address of the dashboard there are no links"


def test_what_is_new_is_of_the_days_asked_for(database: duckdb.DuckDBPyConnection, come: date) -> None:
    whole = [parse_scope({})]

    def news(day: date, **more: Any) -> str:
        return read(write_digest(database, whole, day, **more))[1]

    assert "8 customer stories." in news(come)
    later = date(come.year + 1, come.month, 1)
    assert re.search(r"Nothing changed since \d+ \w+ \d{4}\. Here are the findings again\.", news(later))
    assert "8 customer stories." in news(later, days=500)


def test_same_digest_has_the_same_bytes(database: duckdb.DuckDBPyConnection, come: date) -> None:
    first, again = (write_digest(database, SCOPES, come, BASE).as_bytes() for _ in range(2))
    assert first == again
