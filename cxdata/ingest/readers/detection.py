"""Detection: a file is unpacked, its format and encoding are found, and none of it is held in memory whole."""

import codecs
import gzip
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import chain, count
from pathlib import Path
from typing import IO, BinaryIO

from cxdata.ingest.limits import Limits
from cxdata.ingest.readers import all_readers, ask_certainty, find_reader
from cxdata.ingest.readers.base import CHUNK, ENCODING_NAMES, Certainty, DetectedFile, decode, refuse
from cxdata.store.file_swap import is_disk_full

HEAD = 1 << 16  # bytes by which a format is recognised
MARKS = {codecs.BOM_UTF8: "utf-8-sig", codecs.BOM_UTF16_LE: "utf-16", codecs.BOM_UTF16_BE: "utf-16"}


def detect(path: Path, folder: Path, limits: Limits) -> DetectedFile:
    """Return a file with its reader and encoding, unpacked into `folder`. Raises StoryError if it cannot be read."""
    plain, name = _unpack(path, path.name, folder, limits)
    if plain.stat().st_size > limits.unpacked:
        raise refuse(name, f"is larger than {limits.unpacked:,} bytes")
    head = _read_head(plain)
    if not head.lstrip(b"".join(MARKS)).strip(b"\0 \r\n\t"):
        raise refuse(name, "is empty")
    reader = find_reader(head, name)
    return DetectedFile(plain, name, reader, _detect_encoding(plain, head, name) if reader.is_text else "")


def unique_names(files: Iterable[DetectedFile]) -> Iterator[DetectedFile]:
    """Give each file a name of its own: two folders or archives may have one of the same name, and faults go by it."""
    names: set[str] = set()
    for file in files:
        candidates = chain([file.name], (f"{file.name} ({number})" for number in count(2)))
        names.add(name := next(each for each in candidates if each not in names))
        yield replace(file, name=name)


def _read_head(path: Path) -> bytes:
    with path.open("rb") as file:
        return file.read(HEAD)


def _unpack(path: Path, name: str, folder: Path, limits: Limits) -> tuple[Path, str]:
    try:
        head = _read_head(path)
        if any(ask_certainty(reader, head, name) >= Certainty.BY_BYTES for reader in all_readers()):
            return path, name  # a packed format of its own, such as a workbook
        with path.open("rb") as file:
            magic = file.read(4)
            file.seek(0)
            if magic[:2] == b"\x1f\x8b":
                inner = name.removesuffix(".gz")
                with gzip.open(file) as packed:
                    return _spill(packed, folder, inner, path.stat().st_size, limits), inner
            if magic == b"PK\x03\x04":
                return _unpack_zip(file, name, folder, path.stat().st_size, limits)
    except (OSError, EOFError, zlib.error, zipfile.BadZipFile, NotImplementedError, RuntimeError) as error:
        if is_disk_full(error):
            raise  # no fault of the file
        raise refuse(name, f"cannot be unpacked: {error}") from None
    return path, name


def _unpack_zip(file: BinaryIO, name: str, folder: Path, size: int, limits: Limits) -> tuple[Path, str]:
    with zipfile.ZipFile(file) as archive:
        inside = [each for each in archive.infolist() if not each.is_dir()]
        if any(each.filename == "[Content_Types].xml" for each in inside):
            raise refuse(name, "is a workbook. Save its sheet as CSV (UTF-8) and import the CSV")
        if len(inside) != 1:
            raise refuse(name, f"is an archive of {len(inside):,} files. Unpack it and import the files")
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
                raise refuse(name, f"unpacks to more than {most:,} bytes")
            file.write(chunk)
    return plain


def _detect_encoding(path: Path, head: bytes, name: str) -> str:
    """Return the encoding: by its byte order mark, else UTF-8 if all of it is valid, else Windows-1252."""
    for mark, encoding in MARKS.items():
        if head.startswith(mark):
            return _check_text(path, encoding, name)
    if b"\0" in head[:HEAD]:
        pairs = head[: len(head) // 2 * 2]
        for encoding, zeros in (("utf-16-le", pairs[1::2]), ("utf-16-be", pairs[0::2])):
            if zeros.count(0) > len(pairs) // 4:
                return _check_text(path, encoding, name)
    try:
        return _check_text(path, "utf-8", name)
    except UnicodeDecodeError as wrong:
        try:
            return _check_text(path, "cp1252", name)
        except UnicodeDecodeError as error:
            raise refuse(
                name,
                f"is not UTF-8 (byte {_fault_position(path, 'utf-8', wrong):,}) and not Windows-1252 "
                f"(byte {_fault_position(path, 'cp1252', error):,}). Save it as UTF-8",
            ) from None


def _check_text(path: Path, encoding: str, name: str) -> str:
    """Return the encoding if all of the file is valid in it. Raises StoryError for a NUL, else UnicodeDecodeError."""
    place = 0
    try:
        for text in decode(path, encoding):
            if "\0" in text:
                raise refuse(name, f"has a NUL character at position {place + text.index(chr(0)) + 1:,}. Delete it")
            place += len(text)
    except UnicodeDecodeError:
        if encoding in ("utf-8", "cp1252"):
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
