"""One customer's account from a document. Every word and name here is invented."""

import io
from pathlib import Path

import pytest
from docx import Document

from cxdata.ingest.mapping.changes import MappingChanges
from cxdata.ingest.reading import ReadOptions
from tests.fixtures.databases import look
from tests.fixtures.imports import brought, problems, refused

MAIL = """From: Ann Example <ann@example.org>
To: help@acme.example
Subject: My order
Date: Sun, 15 Mar 2026 10:00:00 +0000
Content-Type: text/plain; charset=utf-8

I rang twice.
Ann Example, ann@example.org
"""
PAGE = (
    "<html><head><title>How Acme lost me</title><script>x()</script></head><body><p>I rang\n twice.</p></body></html>"
)

RANG = "I rang twice, and left."
CHAT = "[10:00] Customer: lost\n[10:02] Agent: please wait, sir"


def word() -> bytes:
    document = Document()
    document.core_properties.author = "Ann Example"
    for text in ("How Acme lost me", "I rang twice.", "Nobody knew."):
        document.add_paragraph(text)
    written = io.BytesIO()
    document.save(written)
    return written.getvalue()


DOCUMENTS = {
    "letter.docx": (word(), "How Acme lost me", "I rang twice.\n\nNobody knew.", None),
    "mail.eml": (MAIL.encode(), "My order", "I rang twice.\n[name removed], [name removed]", "2026-03-15"),
    "page.html": (PAGE.encode(), "How Acme lost me", "I rang twice.", None),
    "note.md": (b"# How Acme lost us\n\nI rang twice, and left.", "How Acme lost us", "I rang twice, and left.", None),
    "note.txt": (b"Lost\n\nI rang twice, and left.\nThen, at last, hi.", "Lost", f"{RANG}\nThen, at last, hi.", None),
    "chat.txt": (CHAT.encode(), "A customer's account", CHAT, None),
}  # fmt: skip


def test_documents_become_one_draft_each(base: Path, tmp_path: Path) -> None:
    for name, (content, *_) in DOCUMENTS.items():
        (tmp_path / name).write_bytes(content)
    report = brought(base, *(tmp_path / name for name in DOCUMENTS), changes=MappingChanges(company="Acme"))
    assert (problems(report), report.drafts) == ([], len(DOCUMENTS))
    found = look(
        base, "select title, words, happened_on from story inner join account using (story) where company = 'Acme'"
    )
    assert sorted(found) == sorted((title, words, day) for _, title, words, day in DOCUMENTS.values())
    notes = {file.name: file.notes for file in report.files}
    assert "the sender’s name and address are left out" in notes["mail.eml"]
    assert look(base, "select distinct author from source inner join story using (source) where company = 'Acme'") == [
        ("a customer",)
    ]


@pytest.mark.parametrize(
    ("name", "content", "why"),
    [
        ("mail.eml", MAIL.encode(), "does not say which company it is about. Say so (--company NAME)"),
        ("broken.docx", b"PK\x03\x04 word/document.xml", "cannot be unpacked"),
        ("empty.html", b"<html><script>x()</script></html>", "has no words that can be read"),
    ],
)
def test_document_that_cannot_be_taken_says_why(
    base: Path, tmp_path: Path, name: str, content: bytes, why: str
) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    (line,) = refused(base, path)
    assert why in line


def test_table_can_be_taken_as_an_account(base: Path, tmp_path: Path) -> None:
    path = tmp_path / "words.csv"
    path.write_text("I rang, and rang.\nThen, nothing.\n", "utf-8")
    asked = {"reading": ReadOptions(as_account=True), "changes": MappingChanges(company="Acme")}
    assert brought(base, path, **asked).stories == 1


def test_table_of_quoted_words_stays_a_table(base: Path, tmp_path: Path) -> None:
    path = tmp_path / "reviews.txt"
    path.write_text('company,text\nAcme,"I rang, and rang, and left."\nAcme,"Late, cold, and no answer."\n', "utf-8")
    assert brought(base, path, mapping="reviews", dry_run=True).stories == 2
