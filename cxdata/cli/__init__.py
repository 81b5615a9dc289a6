"""The command line: one module a group of commands."""

from cxdata.cli.root import main

__all__ = ["main"]
