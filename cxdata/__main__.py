"""`python -m cxdata`."""

from cxdata.cli.root import main

main(prog_name="python -m cxdata")
