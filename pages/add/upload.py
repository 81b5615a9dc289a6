"""Import of uploaded files: inspection, dry run, then the import itself."""

import tempfile
from pathlib import Path
from typing import Any

import streamlit as st

from cxdata.editing.batches import delete_batch
from cxdata.errors import CxdataError
from cxdata.ingest import FileInspection, ImportReport, inspect_files, run_import
from cxdata.ingest.readers import all_readers
from cxdata.text.formatting import format_count
from pages.add.import_report import show_import_report
from pages.add.mapping import MappingChoice, choose_mapping
from pages.ui.cache import get_engine
from pages.ui.escaping import escape_markdown
from pages.ui.permissions import require_editor

STATUS = {
    None: "As each row says, else draft",
    "draft": "Draft: somebody else reads and publishes them",
    "published": "Published: I have read them, and somebody else coded them",
}
ON_FAULT = {"stop": "Bring in nothing if anything is wrong", "skip": "Bring in what is right, and give me the rest"}


def show_upload(_: str) -> None:
    """Show the upload from the dropped files to the report of their import."""
    dropped = st.file_uploader(
        "Files with stories",
        accept_multiple_files=True,
        key="dropped",
        help=f"{', '.join(reader.name for reader in all_readers())}; packed or not",
    )
    if not dropped:
        st.session_state.pop("intake", None)
        return
    held = _save_uploads([(file.file_id, file.name, file.getvalue) for file in dropped])
    meant: MappingChoice | None = MappingChoice()
    for look in held["looks"]:
        _show_look(look)
    tables = [look for look in held["looks"] if look.headers]
    if tables:
        meant = choose_mapping(tables)
    if meant is None or all(look.fault for look in held["looks"]):
        return
    with st.container(border=True):
        left, right = st.columns(2)
        on_fault = left.radio(
            "If something is wrong", list(ON_FAULT), format_func=lambda each: ON_FAULT[each], key="on-fault"
        )
        status = right.radio("They come in as", list(STATUS), format_func=lambda each: STATUS[each], key="status")
        batch = left.text_input("What to call the batch (optional)", key="batch", max_chars=80).strip() or None
    asked = {"on_fault": on_fault, "status": status, "batch": batch, "mapping": meant.mapping, "columns": meant.columns,
             "order": meant.order}  # fmt: skip
    if held.get("asked") != asked:
        held["report"] = None  # the report was of other choices
    # the dry run comes first; once it finds stories under these choices, the import does
    is_right = held.get("report") is not None and held["report"].batch is not None
    with st.container(horizontal=True):
        tried = st.button("Try it: nothing is changed", key="try", type="secondary" if is_right else "primary")
        wanted = st.button("Bring them in", key="bring", type="primary" if is_right else "secondary")
    if tried or wanted:
        held["report"], held["asked"] = _run(held, asked, dry_run=not wanted), asked
        st.rerun()  # the buttons above depend on the report
    if failed := held.pop("failed", None):
        st.error(escape_markdown(failed), icon=":material/block:")
    report: ImportReport | None = held.get("report")
    if report is not None:
        show_import_report(report, held["kept"])
        if report.batch and not report.dry_run:
            with st.container(horizontal=True):
                if report.drafts:
                    st.button(
                        "Read and publish them",
                        on_click=_show_next_steps,
                        args=(report.batch,),
                        icon=":material/check:",
                    )
                st.button("Take this batch out again", on_click=_take_out, args=(report.batch,), key="undo-now")


def _save_uploads(files: list[Any]) -> dict[str, Any]:
    """Keep the dropped files on disk while they are dropped, with their first inspection."""
    ids = [file_id for file_id, _, _ in files]
    held: dict[str, Any] = st.session_state.get("intake") or {}
    if held.get("ids") != ids:
        folder = tempfile.TemporaryDirectory(prefix="cxdata-dropped-")
        paths = []
        for number, (_, name, content) in enumerate(files):
            place = Path(folder.name) / str(number)
            place.mkdir()
            path = place / (Path(name).name or "file")
            path.write_bytes(content())
            paths.append(path)
        with st.spinner("Looking at the files …"):
            looks = inspect_files(get_engine(), paths, upload=True)
        held = {"ids": ids, "folder": folder, "paths": paths, "looks": looks, "kept": {}}
        st.session_state["intake"] = held
    return held


def _run(held: dict[str, Any], asked: dict[str, Any], dry_run: bool) -> ImportReport | None:
    bar = st.progress(0.0, "Beginning …")

    def show(doing: str, done: int, total: int) -> None:
        told = f"{doing}: {done:,} of {total:,}" if total else doing
        bar.progress(min(done / total, 1.0) if total else 0.99, escape_markdown(told))

    try:
        by = require_editor()
        with tempfile.TemporaryDirectory(prefix="cxdata-faults-") as folder:
            report = run_import(
                get_engine(),
                held["paths"],
                by=by,
                dry_run=dry_run,
                upload=True,
                progress=show,
                keep=Path(folder),
                **asked,
            )
            held["kept"] = {what: Path(path).read_bytes() for what, path in report.file_names.items()}
        return report
    except CxdataError as error:
        held["failed"] = str(error)
        return None
    finally:
        bar.empty()


def _show_look(look: FileInspection) -> None:
    if look.fault:
        st.error(f"{escape_markdown(look.name)}: {escape_markdown(look.fault)}", icon=":material/block:")
        return
    if not look.headers:
        st.caption(f"{escape_markdown(look.name)}: {look.label}, {look.read_as}.")
        return
    told = f"{format_count(look.rows, 'row')}, {format_count(len(look.headers), 'column')}, {look.read_as}"
    with st.expander(f"{escape_markdown(look.name)}: {told}."):
        columns = {header: [row[place] for row in look.first] for place, header in enumerate(look.headers)}
        st.caption("Its first rows.")
        st.dataframe(columns, hide_index=True)


def _show_next_steps(batch: str) -> None:
    st.session_state["part"], st.session_state["review-batch"] = "review", batch


def _take_out(batch: str) -> None:
    try:
        require_editor()
        with st.spinner("Taking it out …"):
            delete_batch(get_engine(), batch)
        st.session_state["intake"]["report"] = None
        st.toast(f"Batch {escape_markdown(batch)} is taken out.")
    except CxdataError as error:
        st.session_state["edit-failed"] = str(error)
