"""What a file is, judged by its bytes and not by its name; unpacked and turned to UTF-8 without loading it whole."""

import codecs
import csv
import gzip
import io
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import chain, count
from pathlib import Path
from typing import IO, BinaryIO

from cxdata.errors import Fault, StoryError
from cxdata.ingest.limits import Limits

CHUNK = 1 << 22
HEAD = 1 << 16  # bytes that are looked at to tell the separator
SEPARATORS = ",;\t|"
MARKS = {codecs.BOM_UTF8: "utf-8-sig", codecs.BOM_UTF16_LE: "utf-16", codecs.BOM_UTF16_BE: "utf-16"}
ENCODING_NAMES = {
    "utf-8": "UTF-8",
    "utf-8-sig": "UTF-8 with a byte order mark",
    "utf-16": "UTF-16",
    "utf-16-le": "UTF-16 without a byte order mark",
    "utf-16-be": "UTF-16 without a byte order mark",
    "cp1252": "Windows-1252, for it is not UTF-8",
}


@dataclass(frozen=True)
class DetectedFile:
    """A file that can be read: where its plain bytes lie, what kind it is, and how its text is written."""

    path: Path
    name: str
    kind: str  # story, jsonl, csv, parquet
    encoding: str = ""

    @property
    def told(self) -> str:
        """How it was read, for the report."""
        return ENCODING_NAMES.get(self.encoding, "Parquet")


def detect(path: Path, name: str, folder: Path, limits: Limits) -> DetectedFile:
    """What the file called `name` is, unpacked into `folder` if it is packed. StoryError if it is none of ours."""
    plain, name = _unpacked(path, name, folder, limits)
    if plain.stat().st_size > limits.unpacked:
        raise _refusal(name, f"is larger than {limits.unpacked:,} bytes")
    with plain.open("rb") as file:
        head = file.read(HEAD)
    if head.startswith(b"PAR1"):
        return DetectedFile(plain, name, "parquet")
    if not head.lstrip(b"".join(MARKS)).strip(b"\0 \r\n\t"):
        raise _refusal(name, "is empty")
    encoding = _encoding(plain, head, name)
    suffix = name.lower().rpartition(".")[2]
    kind = "story" if suffix == "toml" else "jsonl" if suffix in ("jsonl", "ndjson", "json") else "csv"
    return DetectedFile(plain, name, kind, encoding)


def unique_names(files: Iterable[DetectedFile]) -> Iterator[DetectedFile]:
    """Files by names of their own: those of two folders, or within two archives, may share one, and faults go by it."""
    names: set[str] = set()
    for file in files:
        called = chain([file.name], (f"{file.name} ({number})" for number in count(2)))
        names.add(name := next(each for each in called if each not in names))
        yield replace(file, name=name)


def detect_separator(head: str) -> str:
    """The mark that parts the cells of a header line: the one that parts it most often outside of quotes."""
    counts = {}
    for mark in SEPARATORS:
        try:
            counts[mark] = len(next(csv.reader(io.StringIO(head), delimiter=mark), []))
        except csv.Error:
            counts[mark] = 0
    return max(counts, key=lambda mark: counts[mark])


def _unpacked(path: Path, name: str, folder: Path, limits: Limits) -> tuple[Path, str]:
    try:
        with path.open("rb") as file:
            magic = file.read(4)
            file.seek(0)
            if magic[:2] == b"\x1f\x8b":
                inner = name.removesuffix(".gz")
                with gzip.open(file) as packed:
                    return _spill(packed, folder, inner, path.stat().st_size, limits), inner
            if magic == b"PK\x03\x04":
                return _of_zip(file, name, folder, path.stat().st_size, limits)
    except (OSError, EOFError, zlib.error, zipfile.BadZipFile, NotImplementedError, RuntimeError) as error:
        raise _refusal(name, f"cannot be unpacked: {error}") from None
    return path, name


def _of_zip(file: BinaryIO, name: str, folder: Path, size: int, limits: Limits) -> tuple[Path, str]:
    with zipfile.ZipFile(file) as archive:
        inside = [each for each in archive.infolist() if not each.is_dir()]
        if any(each.filename == "[Content_Types].xml" for each in inside):
            raise _refusal(name, "is a workbook; save its sheet as CSV (UTF-8) and give that")
        if len(inside) != 1:
            raise _refusal(name, f"is an archive of {len(inside):,} files; one is meant: unpack it and give the files")
        inner = Path(inside[0].filename).name
        with archive.open(inside[0]) as packed:
            return _spill(packed, folder, inner, size, limits), inner


def _spill(packed: IO[bytes] | gzip.GzipFile, folder: Path, name: str, size: int, limits: Limits) -> Path:
    plain = folder / f"unpacked-{len(list(folder.iterdir()))}"
    written = 0
    most = min(limits.unpacked, max(limits.growth_from, size * limits.growth))
    with plain.open("wb") as file:
        while chunk := packed.read(CHUNK):
            written += len(chunk)
            if written > most:
                raise _refusal(name, f"unpacks to more than {most:,} bytes")
            file.write(chunk)
    return plain


def _encoding(path: Path, head: bytes, name: str) -> str:
    """How the text is written: by its mark, else UTF-8 if all of it is, else Windows-1252 if all of it can be."""
    for mark, encoding in MARKS.items():
        if head.startswith(mark):
            return _held(path, encoding, name)
    if b"\0" in head[:HEAD]:
        pairs = head[: len(head) // 2 * 2]
        for encoding, zeros in (("utf-16-le", pairs[1::2]), ("utf-16-be", pairs[0::2])):
            if zeros.count(0) > len(pairs) // 4:
                return _held(path, encoding, name)
    try:
        return _held(path, "utf-8", name)
    except UnicodeDecodeError as wrong:
        try:
            return _held(path, "cp1252", name)
        except UnicodeDecodeError as error:
            raise _refusal(
                name,
                f"is neither UTF-8 (byte {_place(path, 'utf-8', wrong):,}) nor Windows-1252 "
                f"(byte {_place(path, 'cp1252', error):,}); save it as UTF-8",
            ) from None


def _held(path: Path, encoding: str, name: str) -> str:
    """The encoding, if all of the file is written in it and none of its characters is NUL."""
    place = 0
    try:
        for text in decoded(path, encoding):
            if "\0" in text:
                raise _refusal(name, f"has a NUL character, the {place + text.index(chr(0)) + 1:,}th of its text")
            place += len(text)
    except UnicodeDecodeError:
        if encoding in ("utf-8", "cp1252"):
            raise
        raise _refusal(name, f"begins as {ENCODING_NAMES[encoding]} and does not go on so; save it as UTF-8") from None
    return encoding


def decoded(path: Path, encoding: str) -> Iterator[str]:
    """The text of a file, a few million bytes at a time. UnicodeDecodeError where it is not written so."""
    decoder = codecs.getincrementaldecoder(encoding)()
    with path.open("rb") as file:
        while chunk := file.read(CHUNK):
            yield decoder.decode(chunk)
    yield decoder.decode(b"", final=True)


def _place(path: Path, encoding: str, error: UnicodeDecodeError) -> int:
    """Where in the file the byte stands that cannot be, counted from one."""
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


def _refusal(name: str, problem: str) -> StoryError:
    return StoryError([Fault(name, problem)])
