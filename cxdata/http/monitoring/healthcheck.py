"""The check of a container: `python -m cxdata.http.monitoring.healthcheck` exits with 0 where the server is ready.

It asks the port and the base path that Streamlit's own variables name.
"""

import os
import sys
import urllib.error
import urllib.request
from collections.abc import Mapping

from cxdata.http.base_path import normalise_base

DEFAULT_PORT = "8501"
PATIENCE = 8  # s


def find_address(environment: Mapping[str, str]) -> str:
    """Return the address of the check on this machine."""
    port = environment.get("STREAMLIT_SERVER_PORT") or DEFAULT_PORT
    base = normalise_base(environment.get("STREAMLIT_SERVER_BASE_URL_PATH"))
    return f"http://127.0.0.1:{port}{base}/readyz"


def main() -> None:
    """Print what is wrong, and exit with 1 if the server is not ready."""
    try:
        with urllib.request.urlopen(find_address(os.environ), timeout=PATIENCE):  # noqa: S310 - our own address
            return
    except urllib.error.HTTPError as error:
        print(error.read(500).decode("utf-8", "replace"))
    except OSError as error:
        print(f"the server does not answer: {error}")
    sys.exit(1)


if __name__ == "__main__":
    main()
