"""Reopening: from the id on a picture, or from its file, back to the view in the studio."""

from collections.abc import Mapping
from urllib.parse import parse_qs

import streamlit as st

from cxdata.access.roles import Action
from cxdata.charts import find_chart
from cxdata.errors import CxdataError
from cxdata.export.origin.metadata import read_metadata
from cxdata.export.origin.view_id import WRITTEN, decode_view_id
from cxdata.http.limits import PICTURE_BYTES, READER_PICTURE_BYTES
from pages.studio.address import OPENED
from pages.ui.cache import version
from pages.ui.escaping import escape_markdown
from pages.ui.frame import fragment
from pages.ui.permissions import may, permit_uploads

KINDS = ["png", "svg", "pdf", "html", "json", "zip"]


@fragment
def show_reopen() -> None:
    """Show the inputs for an id or a file, and open its view in the studio."""
    # new keys empty the inputs after use: otherwise each rerun would open the same view again
    turn = st.session_state.setdefault("studio-turn", 0)
    with st.expander("Open a picture again", icon=":material/history:", key="studio-open"):
        by_id, by_file = st.columns(2, gap="large")
        with by_id:
            code = st.text_input(
                "By the id at its foot", key=f"studio-id-{turn}", placeholder="abcd-efgh-…", max_chars=600
            )
        most = PICTURE_BYTES if may(Action.IMPORT) else READER_PICTURE_BYTES
        permit_uploads(most)
        with by_file:
            file = st.file_uploader(
                "By the file itself, with all its choices",
                KINDS,
                key=f"studio-file-{turn}",
                max_upload_size=most // 2**20,
            )
        try:
            if file is not None:
                about = read_metadata(file.getvalue())
                _open(about["chart"], parse_qs(about["choices"]), about["data version"])
            elif code.strip():
                _open(*decode_view_id(code))
        except CxdataError as error:
            st.error(escape_markdown(error))


def _open(chart: str, choices: Mapping[str, list[str]], made_of: str | None = None) -> None:
    find_chart(chart)
    messages = []
    if made_of not in (None, version()):
        messages.append(f"The file was made from data {made_of}. Here the data are {version()}, so figures may differ.")
    if WRITTEN in choices:
        messages.append("The picture has words of its writer. Its id cannot hold them, so open its file for those.")
    st.session_state[OPENED] = tuple(messages)
    st.session_state["studio-turn"] += 1
    st.query_params.from_dict(
        {"chart": chart} | {name: each for name, each in choices.items() if name not in ("chart", WRITTEN)}
    )
    st.rerun(scope="app")
