"""Drafts: what somebody has begun to write, kept in a folder beside the database until it is a story."""

import json
import os
import re
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from cxdata.errors import DraftError
from cxdata.text.formatting import truncate

MOST = 200
LARGEST = 256_000  # bytes; what a story file may have
DRAFT_ID = re.compile(r"[0-9a-z]{8,40}")  # no dots, no slashes: an id is a file's name
TEMPORARY = ".writing-"


@dataclass(frozen=True)
class Draft:
    """Something begun: its id, whose it is, when it was last kept (UTC), and what it holds so far."""

    draft: str
    editor: str
    saved_at: datetime
    content: Mapping[str, Any]


@dataclass(frozen=True)
class Drafts:
    """The drafts that can be read, the latest first, and a sentence for every file that cannot."""

    kept: tuple[Draft, ...]
    faults: tuple[str, ...]


def save_draft(path: Path, draft_id: str, editor: str, content: Mapping[str, Any]) -> None:
    """Keep a draft for the database at `path`, in place of what was kept of it. DraftError if it cannot be kept."""
    file = _file(path, draft_id)
    now = datetime.now(UTC).isoformat()
    record = {"draft": draft_id, "editor": editor, "saved_at": now, "content": content}
    written = json.dumps(record, ensure_ascii=False).encode("utf-8", "replace")
    if len(written) > LARGEST:
        raise DraftError(f"the draft has {len(written):,} bytes; {LARGEST:,} are the most that are kept")
    try:
        file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        if not file.exists() and len(list(file.parent.glob("*.json"))) >= MOST:
            raise DraftError(f"{MOST} drafts are kept already; drop one that is done with")
        _put(written, file)
    except OSError as error:
        raise DraftError(f"the draft cannot be kept: {error.strerror or error}") from None


def list_drafts(path: Path) -> Drafts:
    """All drafts kept for the database at `path`. A damaged one is told of and keeps nobody from the others."""
    kept, faults = [], []
    for file in sorted(_folder(path).glob("*.json")):
        try:
            kept.append(read_draft(path, file.stem))
        except DraftError as error:
            faults.append(str(error))
    return Drafts(tuple(sorted(kept, key=lambda draft: draft.saved_at, reverse=True)), tuple(faults))


def read_draft(path: Path, draft_id: str) -> Draft:
    """One draft by its id; DraftError where there is none or where it is damaged."""
    file = _file(path, draft_id)
    try:
        with file.open("rb") as opened:
            written = opened.read(LARGEST + 1)
    except FileNotFoundError:
        raise DraftError(f"there is no draft {draft_id!r}") from None
    except OSError as error:
        raise DraftError(f"draft {draft_id!r} cannot be read: {error.strerror or error}") from None
    try:
        return _draft(written, draft_id)
    except (ValueError, KeyError, TypeError, RecursionError):
        raise DraftError(f"draft {draft_id!r} is damaged; the file is {file.name}") from None


def delete_draft(path: Path, draft_id: str) -> None:
    """Forget a draft; of one that is not there nothing needs to be forgotten."""
    try:
        _file(path, draft_id).unlink(missing_ok=True)
    except OSError as error:
        raise DraftError(f"draft {draft_id!r} cannot be dropped: {error.strerror or error}") from None


def _draft(written: bytes, draft_id: str) -> Draft:
    if len(written) > LARGEST:
        raise ValueError(draft_id)
    record = json.loads(written)
    saved_at = datetime.fromisoformat(record["saved_at"])
    fits = record["draft"] == draft_id and isinstance(record["editor"], str) and isinstance(record["content"], dict)
    if not fits or saved_at.tzinfo is None:
        raise ValueError(draft_id)
    return Draft(draft_id, record["editor"], saved_at, record["content"])


def _put(written: bytes, file: Path) -> None:
    """In one step: whoever reads has what stood before or what stands since, never half."""
    handle, name = tempfile.mkstemp(dir=file.parent, prefix=TEMPORARY)
    try:
        with os.fdopen(handle, "wb") as opened:
            opened.write(written)
        os.replace(name, file)  # noqa: PTH105 - a name, not a path
    except OSError:
        Path(name).unlink(missing_ok=True)
        raise


def _folder(path: Path) -> Path:
    return path.with_name(f"{path.name}.drafts")


def _file(path: Path, draft_id: str) -> Path:
    if not DRAFT_ID.fullmatch(draft_id):
        raise DraftError(f"{truncate(draft_id)!r} is no draft's id: lower-case letters and digits, 8 to 40")
    return _folder(path) / f"{draft_id}.json"
