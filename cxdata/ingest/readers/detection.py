"""Detection: a file is unpacked, its format and encoding are found, and none of it is held in memory whole."""

import gzip
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import chain, count
from pathlib import Path
from typing import IO, BinaryIO

from cxdata.ingest.limits import Limits
from cxdata.ingest.readers import account, all_readers, ask_certainty, find_reader
from cxdata.ingest.readers.base import CHUNK, Certainty, DetectedFile, refuse
from cxdata.ingest.readers.encodings import MARKS, detect_encoding
from cxdata.ingest.reading import FOUND_OUT, ReadOptions
from cxdata.store.file_swap import is_disk_full

HEAD = 1 << 16  # bytes by which a format is recognised
SYSTEM_FILES = ("__MACOSX/", ".DS_Store", "Thumbs.db", "desktop.ini")  # what systems add to an archive


def detect(path: Path, folder: Path, limits: Limits, options: ReadOptions = FOUND_OUT) -> DetectedFile:
    """Return a file with its reader and encoding, unpacked into `folder`. Raises StoryError if it cannot be read."""
    plain, name = _unpack(path, path.name, folder, limits)
    if plain.stat().st_size > limits.unpacked:
        raise refuse(name, f"is larger than {limits.unpacked:,} bytes")
    head = _read_head(plain)
    if not head.lstrip(b"".join(MARKS)).strip(b"\0 \r\n\t"):
        raise refuse(name, "is empty")
    reader = account.READER if options.as_account else find_reader(head, name)
    if not reader.is_text:
        return DetectedFile(plain, name, reader)
    encoding, doubt = detect_encoding(plain, head, name, options.encoding)
    return DetectedFile(plain, name, reader, encoding, doubt=doubt)


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
        inside = [each for each in archive.infolist() if not (each.is_dir() or _is_of_system(each.filename))]
        if any(each.filename == "[Content_Types].xml" for each in inside):
            raise refuse(name, "is a document of an office program that cannot be read. Save its text or its table")
        if len(inside) != 1:
            raise refuse(name, f"is an archive of {len(inside):,} files. Unpack it and import the files")
        inner = Path(inside[0].filename).name
        with archive.open(inside[0]) as packed:
            return _spill(packed, folder, inner, size, limits), inner


def _is_of_system(name: str) -> bool:
    return name.startswith(SYSTEM_FILES[0]) or Path(name).name in SYSTEM_FILES


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
