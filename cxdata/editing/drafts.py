"""Drafts: unfinished stories in a companion folder of the database."""

import json
import os
import re
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from cxdata.errors import Conflict, CxdataError, Invalid, NotFound, Unavailable
from cxdata.store.engine import Engine
from cxdata.store.file_swap import describe_failure
from cxdata.text.formatting import truncate

MOST = 200
LARGEST = 256_000  # bytes, as for a story file
DRAFT_ID = re.compile(r"[0-9a-z]{8,40}")  # no dots or slashes, since an id is a file name
TEMPORARY = ".writing-"


@dataclass(frozen=True)
class Draft:
    """An unfinished story: its id, its editor, the time it was saved (UTC) and its content."""

    draft: str
    editor: str
    saved_at: datetime
    content: Mapping[str, Any]


@dataclass(frozen=True)
class Drafts:
    """The drafts that can be read, the latest first, and a sentence for every file that cannot."""

    kept: tuple[Draft, ...]
    faults: tuple[str, ...]


def save_draft(engine: Engine, draft_id: str, editor: str, content: Mapping[str, Any]) -> None:
    """Save a draft, in place of its former version.

    Raises Invalid if it is too large, Conflict if there are too many, Unavailable if the disk fails.
    """
    file = _file(engine, draft_id)
    now = datetime.now(UTC).isoformat()
    record = {"draft": draft_id, "editor": editor, "saved_at": now, "content": content}
    written = json.dumps(record, ensure_ascii=False).encode("utf-8", "replace")
    if len(written) > LARGEST:
        raise Invalid(
            f"the draft is too large to save. It has {len(written):,} bytes, and at most {LARGEST:,} are possible."
        )
    try:
        file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        if not file.exists() and len(list(file.parent.glob("*.json"))) >= MOST:
            raise Conflict(f"there are {MOST} drafts already. Delete one that you no longer need.")
        _put(written, file)
    except OSError as error:
        raise Unavailable(f"the draft cannot be saved: {describe_failure(error, file)}") from None


def list_drafts(engine: Engine) -> Drafts:
    """List all drafts, with a fault for each file that cannot be read."""
    kept, faults = [], []
    for file in sorted(_folder(engine).glob("*.json")):
        try:
            kept.append(read_draft(engine, file.stem))
        except CxdataError as error:
            faults.append(str(error))
    return Drafts(tuple(sorted(kept, key=lambda draft: draft.saved_at, reverse=True)), tuple(faults))


def read_draft(engine: Engine, draft_id: str) -> Draft:
    """Read a draft. Raises NotFound for an unknown id, Unavailable if the file is damaged."""
    file = _file(engine, draft_id)
    try:
        with file.open("rb") as opened:
            written = opened.read(LARGEST + 1)
    except FileNotFoundError:
        raise NotFound(f"there is no draft {draft_id!r}") from None
    except OSError as error:
        raise Unavailable(f"draft {draft_id!r} cannot be read: {error.strerror or error}") from None
    try:
        return _draft(written, draft_id)
    except (ValueError, KeyError, TypeError, RecursionError):
        raise Unavailable(f"draft {draft_id!r} is damaged. The file is {file.name}.") from None


def delete_draft(engine: Engine, draft_id: str) -> None:
    """Delete a draft, if there is one of this id."""
    try:
        _file(engine, draft_id).unlink(missing_ok=True)
    except OSError as error:
        raise Unavailable(f"draft {draft_id!r} cannot be deleted: {error.strerror or error}") from None


def delete_drafts_of(engine: Engine, story: str) -> tuple[Path, ...]:
    """Delete every draft of this story; return the files that cannot be read, which may be drafts of it too."""
    unread = []
    for file in sorted(_folder(engine).glob("*")):
        try:
            content = read_draft(engine, file.stem).content
        except CxdataError:
            unread.append(file)
            continue
        written = content.get("story")
        if story in (content.get("edits"), written.get("story") if isinstance(written, dict) else None):
            delete_draft(engine, file.stem)
    return tuple(unread)


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
    """Write a file in one step: a reader sees the former content or the new one."""
    handle, name = tempfile.mkstemp(dir=file.parent, prefix=TEMPORARY)
    try:
        with os.fdopen(handle, "wb") as opened:
            opened.write(written)
        os.replace(name, file)  # noqa: PTH105 - a name, not a path
    except OSError:
        Path(name).unlink(missing_ok=True)
        raise


def _folder(engine: Engine) -> Path:
    return engine.companion_folder("drafts")


def _file(engine: Engine, draft_id: str) -> Path:
    if not DRAFT_ID.fullmatch(draft_id):
        raise NotFound(
            f"{truncate(draft_id)!r} is not the id of a draft. An id has 8 to 40 lower-case letters and digits"
        )
    return _folder(engine) / f"{draft_id}.json"
