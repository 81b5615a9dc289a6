"""The command line as a module: `python -m cxdata`."""

from cxdata.cli import main

main(prog_name="cxdata")
