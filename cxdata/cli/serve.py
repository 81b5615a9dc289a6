"""The command line's `serve`. It starts Streamlit by its own command, so that this package never imports it."""

import os
import subprocess
import sys

import click

from cxdata.cli.demo import find_demo
from cxdata.resources import APP
from cxdata.settings import DATABASE


@click.command("serve")
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen at. 0.0.0.0 means all.")
@click.option("--port", type=click.IntRange(1, 65535), default=8501, show_default=True, help="The port to listen at.")
@click.option("--demo", is_flag=True, help="Show 2,000 synthetic stories, in a database of their own.")
def serve_command(host: str, port: int, demo: bool) -> None:
    """Start the dashboard.

    With --demo you see every page before you have stories: change over time, companies and ranks. A program made those
    stories. Yours stay where they are.
    """
    if demo:
        os.environ[DATABASE] = str(find_demo())
    _replace_process(
        [
            # -P: a module in the folder where somebody starts this is never imported
            *(sys.executable, "-P", "-m", "streamlit", "run", str(APP)),
            *("--server.address", host, "--server.port", str(port), "--server.headless", "true"),
        ]
    )


def _replace_process(command: list[str]) -> None:
    """Become the server on POSIX, so that a service manager's signal reaches it; wait for a child process elsewhere."""
    if os.name == "posix":
        os.execv(command[0], command)  # noqa: S606 - no shell is wanted
    sys.exit(subprocess.call(command))  # noqa: S603 - our own words
