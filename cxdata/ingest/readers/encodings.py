"""The encoding of text: by its mark, by its bytes, by a person's choice, or as a guess that says it is one."""

import codecs
from collections.abc import Iterator
from pathlib import Path

from cxdata.ingest.readers.base import CHUNK, ENCODING_NAMES, decode, refuse

MARKS = {codecs.BOM_UTF8: "utf-8-sig", codecs.BOM_UTF16_LE: "utf-16", codecs.BOM_UTF16_BE: "utf-16"}
WIDER = {
    "kz1048": "cp1251", "ptcp154": "cp1251", "iso8859-1": "cp1252", "iso8859-15": "cp1252", "shift_jis": "cp932",
    "euc_kr": "cp949", "gb2312": "gb18030", "gbk": "gb18030", "iso8859-9": "cp1254", "ascii": "cp1252",
}  # fmt: skip
"""For each encoding the one that has its letters and more; of two that share their letters the one in use."""
SURE_ENOUGH = 0.09  # of 1: below it the detector cannot tell German or French from other languages
SAMPLE = 1 << 16  # bytes of lines beyond ASCII by which an encoding is guessed


def detect_encoding(path: Path, head: bytes, name: str, asked: str | None = None) -> tuple[str, str]:
    """Return the encoding of a file, and the doubt about it in a sentence; empty where there is none.

    Raises StoryError for text that the encoding that was asked for cannot read, or that no encoding reads.
    """
    if asked:
        return _asked_encoding(path, name, asked), ""
    for mark, encoding in MARKS.items():
        if head.startswith(mark):
            return _check_text(path, encoding, name), ""
    if b"\0" in head:
        pairs = head[: len(head) // 2 * 2]
        for encoding, zeros in (("utf-16-le", pairs[1::2]), ("utf-16-be", pairs[0::2])):
            if zeros.count(0) > len(pairs) // 4:
                return _check_text(path, encoding, name), ""
    try:
        return _check_text(path, "utf-8", name), ""
    except UnicodeDecodeError as error:
        wrong = error
    guess = _guess(path)
    for encoding in dict.fromkeys((guess, "cp1252") if guess else ("cp1252",)):
        try:
            return _check_text(path, encoding, name), _doubt(encoding)
        except UnicodeDecodeError as error:
            last = error
    raise refuse(
        name,
        f"is not UTF-8 (byte {_fault_position(path, 'utf-8', wrong):,}) and not Windows-1252 "
        f"(byte {_fault_position(path, 'cp1252', last):,}). Save it as UTF-8",
    )


def _doubt(encoding: str) -> str:
    return (
        f"the text is not UTF-8 and is read as {ENCODING_NAMES[encoding].partition(',')[0]}, by its letters. If "
        "letters look wrong, choose another encoding (--encoding)"
    )


def _asked_encoding(path: Path, name: str, asked: str) -> str:
    try:
        found = codecs.lookup(asked.strip())
        "".encode(found.name)
    except (LookupError, ValueError):
        raise refuse(name, f"cannot be read as {asked!r}: no encoding has this name. One is windows-1251") from None
    try:
        return _check_text(path, found.name, name)
    except (UnicodeDecodeError, UnicodeError):
        raise refuse(name, f"cannot be read as {asked!r}: some bytes are no letters in it. Choose another") from None


def _guess(path: Path) -> str | None:
    """Return the encoding that the letters suggest; None where they suggest nothing."""
    import chardet  # noqa: PLC0415 - few files are not UTF-8

    sample = b"".join(_lines_beyond_ascii(path))
    found = chardet.detect(sample)
    if not found["encoding"] or (found["confidence"] or 0) < SURE_ENOUGH:
        return None
    try:
        encoding = codecs.lookup(str(found["encoding"])).name
    except LookupError:
        return None
    encoding = WIDER.get(encoding, encoding)
    return encoding if encoding in ENCODING_NAMES and not encoding.startswith("utf") else None


def _lines_beyond_ascii(path: Path) -> Iterator[bytes]:
    size = 0
    with path.open("rb") as file:
        while size < SAMPLE and (line := file.readline(SAMPLE)):
            if not line.isascii():
                size += len(line)
                yield line


def _check_text(path: Path, encoding: str, name: str) -> str:
    """Return the encoding if all of the file is valid in it. Raises StoryError for a NUL, else UnicodeDecodeError."""
    place = 0
    try:
        for text in decode(path, encoding):
            if "\0" in text:
                raise refuse(name, f"has a NUL character at position {place + text.index(chr(0)) + 1:,}. Delete it")
            place += len(text)
    except UnicodeDecodeError:
        if not encoding.startswith("utf-16") and encoding != "utf-8-sig":
            raise
        raise refuse(name, f"begins as {ENCODING_NAMES[encoding]}, but the rest is not. Save it as UTF-8") from None
    return encoding


def _fault_position(path: Path, encoding: str, error: UnicodeDecodeError) -> int:
    """Return the position of the first invalid byte of the file, counted from one."""
    decoder = codecs.getincrementaldecoder(encoding)()
    place = 0
    with path.open("rb") as file:
        while chunk := file.read(CHUNK):
            held = len(decoder.getstate()[0])
            try:
                decoder.decode(chunk)
            except UnicodeDecodeError as found:
                return place - held + found.start + 1
            place += len(chunk)
    return place - len(error.object) + error.start + 1
