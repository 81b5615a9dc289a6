"""`python -m cxdata`."""

from cxdata.cli import main

main(prog_name="python -m cxdata")
