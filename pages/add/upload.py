"""Import of uploaded files: inspection, dry run, then the import itself."""

import tempfile
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import streamlit as st

from cxdata.access.roles import Action
from cxdata.editing.batches import delete_batch
from cxdata.errors import CxdataError
from cxdata.ingest import FileInspection, ImportReport, inspect_files, run_import
from cxdata.ingest.readers import all_readers
from cxdata.ingest.reading import FOUND_OUT, ReadOptions
from cxdata.ingest.sandbox import temporary_folder
from cxdata.store.file_swap import translate_full_disk
from cxdata.text.formatting import format_count
from pages.add.import_form.reading import choose_reading, chosen_reading, forget_reading
from pages.add.import_report import show_import_report
from pages.add.mapping import MappingChoice, choose_mapping
from pages.ui.cache import get_engine
from pages.ui.escaping import escape_markdown
from pages.ui.page_header import show_refusal
from pages.ui.permissions import may, perform, require

STATUS = {
    None: "As each row says, else draft",
    "draft": "Draft: somebody else reviews and publishes them",
    "published": "Published: I have read them, and somebody else coded them",
}
UPLOADED = "upload"  # session key of the dropped files
ON_FAULT = {"stop": "Import nothing if any row fails", "skip": "Import the good rows, and give me the others"}


@dataclass
class Upload:
    """The dropped files on disk with their inspection, and the outcome of the last run under its choices.

    `faulty_rows` holds the files of faulty rows by their titles, `error` the message of a run that failed.
    """

    ids: list[str]
    folder: tempfile.TemporaryDirectory[str]
    paths: list[Path]
    inspections: Sequence[FileInspection]
    reading: ReadOptions = FOUND_OUT
    choices: dict[str, Any] | None = None
    report: ImportReport | None = None
    faulty_rows: dict[str, bytes] = field(default_factory=dict)
    error: str | None = None


def show_upload(_: str) -> None:
    """Show the upload from the dropped files to the report of their import."""
    dropped = st.file_uploader(
        "Files with stories",
        accept_multiple_files=True,
        key="dropped",
        help=f"{', '.join(reader.name for reader in all_readers())}, packed or not",
    )
    if not dropped:
        st.session_state.pop(UPLOADED, None)
        return
    try:
        upload = _save_uploads([(file.file_id, file.name, file.getvalue) for file in dropped])
    except CxdataError as error:
        show_refusal(error)
        return
    for inspection in upload.inspections:
        _show_inspection(inspection)
    tables = [inspection for inspection in upload.inspections if inspection.headers]
    if (tables or upload.reading != FOUND_OUT) and not choose_reading(tables):
        return
    mapping = choose_mapping(tables) if tables else MappingChoice()
    if mapping is None or all(inspection.fault for inspection in upload.inspections):
        return
    choices = _choose_options(mapping)
    if upload.choices != choices:
        upload.report = None  # the report was of other choices
    # the dry run comes first; once it finds stories under these choices, the import does
    is_ready = upload.report is not None and upload.report.batch is not None
    with st.container(horizontal=True):
        is_tried = st.button("Try it without changes", key="try", type="secondary" if is_ready else "primary")
        is_wanted = st.button("Import them", key="bring", type="primary" if is_ready else "secondary")
    if is_tried or is_wanted:
        upload.report, upload.choices = _import(upload, choices, dry_run=not is_wanted), choices
        st.rerun()  # the buttons above depend on the report
    if upload.error:
        show_refusal(upload.error)
        upload.error = None
    if upload.report is not None:
        show_import_report(upload.report, upload.faulty_rows)
        _show_next_steps(upload.report)


def _choose_options(mapping: MappingChoice) -> dict[str, Any]:
    """Return the keyword arguments of `run_import` that the editor chooses."""
    with st.container(border=True):
        left, right = st.columns(2)
        on_fault = left.radio("If a row fails", list(ON_FAULT), format_func=lambda each: ON_FAULT[each], key="on-fault")
        statuses = list(STATUS) if may(Action.SIGN_OFF) else ["draft"]
        status = right.radio("Import them as", statuses, format_func=lambda each: STATUS[each], key="status")
        redact = right.checkbox("Replace e-mail addresses, phone numbers and card numbers", key="redact")
        batch = left.text_input("Name of the batch (optional)", key="batch", max_chars=80).strip() or None
    return {
        "on_fault": on_fault,
        "status": status,
        "redact": redact,
        "batch": batch,
        "mapping": mapping.mapping,
        "columns": mapping.columns,
        "order": mapping.order,
        "leave_days": mapping.leave_days,
        "changes": mapping.changes,
        "reading": chosen_reading(),
    }


def _show_next_steps(report: ImportReport) -> None:
    if not report.batch or report.dry_run:
        return
    with st.container(horizontal=True):
        if report.drafts:
            st.button("Read and publish them", on_click=_open_review, args=(report.batch,), icon=":material/check:")
        st.button("Delete this batch again", on_click=_delete, args=(report.batch,), key="undo-now")


def _save_uploads(files: list[Any]) -> Upload:
    """Keep the dropped files on disk while they are dropped, with their first inspection.

    Raises Unavailable where the disk is full; then none of them is kept.
    """
    ids = [file_id for file_id, _, _ in files]
    upload: Upload | None = st.session_state.get(UPLOADED)
    if upload is not None and upload.ids == ids and upload.reading != (reading := chosen_reading()):
        with st.spinner("Looking at the files …"):
            upload.inspections = inspect_files(get_engine(), upload.paths, upload=True, reading=reading)
        upload.reading = reading
    if upload is None or upload.ids != ids:
        forget_reading()
        st.session_state.pop(UPLOADED, None)
        with translate_full_disk(Path(tempfile.gettempdir()), "the files were not taken"), ExitStack() as kept:
            folder = tempfile.TemporaryDirectory(prefix="cxdata-dropped-")
            kept.callback(folder.cleanup)
            paths = [_save(Path(folder.name) / str(number), *file[1:]) for number, file in enumerate(files)]
            with st.spinner("Looking at the files …"):
                inspections = inspect_files(get_engine(), paths, upload=True)
            kept.pop_all()
        st.session_state[UPLOADED] = upload = Upload(ids, folder, paths, inspections)
    return upload


def _save(place: Path, name: str, content: Callable[[], bytes]) -> Path:
    """Write a file into a folder of its own: two of them may have one name."""
    place.mkdir()
    path = place / (Path(name).name or "file")
    path.write_bytes(content())
    return path


def _import(upload: Upload, choices: dict[str, Any], dry_run: bool) -> ImportReport | None:
    bar = st.progress(0.0, "Beginning …")

    def show(doing: str, done: int, total: int) -> None:
        label = f"{doing}: {done:,} of {total:,}" if total else doing
        bar.progress(min(done / total, 1.0) if total else 0.99, escape_markdown(label))

    try:
        if choices["status"] != "draft":  # also where the rows themselves say that they are published
            require(Action.SIGN_OFF)
        with temporary_folder("cxdata-faults-") as folder:
            report = perform(
                run_import,
                upload.paths,
                dry_run=dry_run,
                upload=True,
                progress=show,
                keep=folder,
                **choices,
            )
            upload.faulty_rows = {title: Path(path).read_bytes() for title, path in report.file_names.items()}
        return report
    except CxdataError as error:
        upload.error = str(error)
        return None
    finally:
        bar.empty()


def _show_inspection(inspection: FileInspection) -> None:
    if inspection.fault:
        st.error(f"{escape_markdown(inspection.name)}: {escape_markdown(inspection.fault)}", icon=":material/block:")
        return
    if not inspection.headers:
        st.caption(f"{escape_markdown(inspection.name)}: {inspection.label}, {inspection.read_as}.")
        return
    size = f"{format_count(inspection.rows, 'row')}, {format_count(len(inspection.headers), 'column')}"
    with st.expander(f"{escape_markdown(inspection.name)}: {size}, {inspection.read_as}."):
        columns = {header: [row[place] for row in inspection.first] for place, header in enumerate(inspection.headers)}
        st.caption("Its first rows.")
        st.dataframe(columns, hide_index=True)


def _open_review(batch: str) -> None:
    st.session_state["part"], st.session_state["review-batch"] = "review", batch


def _delete(batch: str) -> None:
    try:
        with st.spinner("Deleting the batch …"):
            perform(delete_batch, batch)
        st.session_state[UPLOADED].report = None
        st.toast(f"Batch {escape_markdown(batch)} is deleted.")
    except CxdataError as error:
        st.session_state["edit-failed"] = str(error)
