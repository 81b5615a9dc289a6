"""Uploads to a real server: a reader's session, with its own token, uploads nothing but pictures to open again."""

import re

import pytest

from cxdata.http.limits import READER_PICTURE_BYTES
from cxdata.http.uploads import REFUSED
from tests.fixtures.hosting.http import Reply, request
from tests.fixtures.hosting.session import open_session

BOUNDARY = "xxx"


def upload(hosted: str, text: str, name: str, size: int) -> Reply:
    """Upload a file as the browser of the session does whose messages are `text`."""
    cookie = str(request(f"{hosted}/_stcore/health").headers["set-cookie"]).partition(";")[0]
    (session,) = set(re.findall(r'session_id: "([^"]+)"', text))
    part = f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="file"; filename="a"\r\n\r\n'
    body = part.encode() + b"x" * size + f"\r\n--{BOUNDARY}--\r\n".encode()
    return request(
        f"{hosted}/_stcore/upload_file/{session}/{name}",
        "PUT",
        body,
        cookie=cookie,
        x_xsrftoken=cookie.partition("=")[2].strip('"'),
        content_type=f"multipart/form-data; boundary={BOUNDARY}",
    )


@pytest.mark.parametrize("page", ["", "add", "method"])
def test_reader_uploads_nothing(hosted: str, page: str) -> None:
    with open_session(hosted, page) as text:
        for number in range(3):
            refused = upload(hosted, text, f"file-{number}", 1000)
            assert (refused.status, refused.text) == (403, REFUSED)


def test_reader_uploads_pictures_up_to_a_total(hosted: str) -> None:
    with open_session(hosted, "studio") as text:
        assert upload(hosted, text, "first", READER_PICTURE_BYTES // 2).status == 204
        refused = upload(hosted, text, "second", READER_PICTURE_BYTES // 2)
        assert (refused.status, "too large together" in refused.text) == (413, True)
        assert upload(hosted, text, "third", 1000).status == 204
