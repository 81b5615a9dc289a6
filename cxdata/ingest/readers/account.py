"""One customer's account as a document: its words, its title and its day, as a table of one row.

The sender of an e-mail stays out: name and address are dropped, and replaced where the text has them.
"""

import email
import email.policy
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from email.message import EmailMessage
from email.utils import getaddresses
from pathlib import Path

from cxdata.ingest.limits import Limits
from cxdata.ingest.readers.base import (
    Certainty,
    DetectedFile,
    ReadContext,
    Reader,
    SourceTable,
    has_suffix,
    refuse,
)
from cxdata.ingest.readers.cells import CellWriter, clean_text
from cxdata.ingest.readers.encodings import detect_encoding
from cxdata.text.html_text import html_to_text

HEADERS = ("title", "date", "text")
MAPPING = "account"  # the shipped mapping of such a table
LONGEST_TITLE = 100  # characters of a first line that may be a title
LARGEST = 50_000_000  # bytes of a document
SOMEBODY = "[name removed]"
HEADING = re.compile(r"^#{1,3}\s+(.+?)\s*#*\s*$", re.MULTILINE)
TITLE = re.compile(r"<(title|h1)\b[^>]*>(.*?)</\1\s*>", re.IGNORECASE | re.DOTALL)


@dataclass(frozen=True)
class Account:
    """The words of a customer, with what the document says about them."""

    text: str
    title: str = ""
    day: str = ""
    notes: tuple[str, ...] = ()


class AccountReader:
    """Reads a letter, an e-mail, a web page or a note as one account."""

    name = "Document"
    label = "one story in the customer’s own words"
    suffixes = ("docx", "eml", "html", "htm", "md")
    help = (
        "**{names}**: a story in the customer’s own words, from Word, an e-mail (.eml), a web page or text. It becomes "
        "a draft for somebody to code. The sender’s name and address stay out."
    )
    position = 5
    is_text = False
    reads_together = False

    def detect(self, head: bytes, name: str) -> int:
        """Return whether the suffix, or the inside of an archive, is that of a document."""
        if head.startswith(b"PK\x03\x04"):
            is_word = b"word/" in head or name.lower().endswith(".docx")
            return Certainty.BY_BYTES if is_word and b"xl/w" not in head else Certainty.NONE
        return Certainty.BY_SUFFIX if has_suffix(self, name) else Certainty.NONE

    def read(self, file: DetectedFile, context: ReadContext) -> Iterator[SourceTable]:
        """Return the table of one account. Raises StoryError for a document without words."""
        yield read_account(file, context)


READER: Reader = AccountReader()


def read_account(file: DetectedFile, context: ReadContext) -> SourceTable:
    """Return a document as a table of one row. Raises StoryError for one that has no words or is too large."""
    if file.path.stat().st_size > LARGEST:
        raise refuse(file.name, f"is larger than a document can be ({LARGEST:,} bytes)")
    suffix = file.name.lower().rpartition(".")[2]
    with file.path.open("rb") as opened:
        is_packed = opened.read(4) == b"PK\x03\x04"
    if is_packed:
        account = _read_word(file, context.limits)
    elif suffix == "eml":
        account = _read_mail(file.path.read_bytes())
    else:
        text = _decode(file, context)
        account = _read_page(text) if suffix in ("html", "htm") else _read_text(text)
    if not account.text.strip():
        raise refuse(file.name, "has no words that can be read")
    writer = CellWriter(context.folder)
    cells = (account.title, account.day, account.text)
    writer.add(1, {place: clean_text(cell) for place, cell in enumerate(cells) if cell.strip()})
    return SourceTable(
        file.name,
        HEADERS,
        writer.close(len(HEADERS)),
        1,
        "one story in the customer’s words",
        doubts=account.notes,
        mapping=MAPPING,
    )


def _decode(file: DetectedFile, context: ReadContext) -> str:
    with file.path.open("rb") as opened:
        head = opened.read(1 << 16)
    encoding, _ = detect_encoding(file.path, head, file.name, context.options.encoding)
    return file.path.read_bytes().decode(encoding).replace("\r\n", "\n").replace("\r", "\n")


def _read_text(text: str) -> Account:
    """Return plain text or Markdown; its heading, or a short first line that stands alone, is its title."""
    text = text.removeprefix("\ufeff").strip()
    if (heading := HEADING.search(text)) and heading.start() == 0:
        return Account(text[heading.end() :].strip(), heading[1])
    first, _, rest = text.partition("\n")
    is_title = rest.startswith("\n") and len(first) <= LONGEST_TITLE and rest.strip()
    return Account(rest.strip(), first.strip()) if is_title else Account(text)


def _read_page(html: str) -> Account:
    found = TITLE.search(html)
    return Account(html_to_text(html, is_document=True), html_to_text(found[2]) if found else "")


def _read_mail(content: bytes) -> Account:
    """Return the words of an e-mail with its subject and day, without its sender."""
    message = email.message_from_bytes(content, policy=email.policy.default)
    assert isinstance(message, EmailMessage)
    body = message.get_body(("plain", "html"))
    text = str(body.get_content()) if body is not None else ""
    if body is not None and body.get_content_subtype() == "html":
        text = html_to_text(text, is_document=True)
    sent = message["date"].datetime if message["date"] is not None else None
    notes = ["the sender’s name and address are left out"]
    attached = sum(1 for _ in message.iter_attachments())
    if attached:
        notes.append(f"{attached} attachments are left out")
    for name, address in getaddresses([str(message["from"] or ""), str(message["reply-to"] or "")]):
        for words in filter(None, (address.strip(), name.strip())):
            text = re.sub(rf"(?<!\w){re.escape(words)}(?!\w)", SOMEBODY, text, flags=re.IGNORECASE)
    text = text.replace("\r\n", "\n").strip()
    return Account(text, str(message["subject"] or ""), f"{sent:%Y-%m-%d}" if sent else "", tuple(notes))


def _read_word(file: DetectedFile, limits: Limits) -> Account:
    """Return the paragraphs and tables of a Word document; its author stays out."""
    from docx import Document  # noqa: PLC0415 - few imports need it
    from docx.table import Table  # noqa: PLC0415

    _check_archive(file, limits)
    try:
        document = Document(str(file.path))
        parts = []
        for block in document.iter_inner_content():
            if isinstance(block, Table):
                parts += ["\t".join(dict.fromkeys(cell.text.strip() for cell in row.cells)) for row in block.rows]
            else:
                parts.append(block.text)
    except Exception as error:  # python-docx has no error of its own for a broken document
        raise refuse(file.name, "cannot be read as a Word document. Save it again, or save its text") from error
    account = _read_text("\n\n".join(part.strip() for part in parts if part.strip()))
    return Account(account.text, account.title, "", ("the author’s name is left out",))


def _check_archive(file: DetectedFile, limits: Limits) -> None:
    try:
        with zipfile.ZipFile(file.path) as archive:
            size = sum(each.file_size for each in archive.infolist())
    except (zipfile.BadZipFile, OSError) as error:
        raise refuse(file.name, f"cannot be unpacked: {error}") from None
    most = min(limits.unpacked, max(limits.growth_from, Path(file.path).stat().st_size * limits.growth))
    if size > most:
        raise refuse(file.name, f"unpacks to more than {most:,} bytes")
