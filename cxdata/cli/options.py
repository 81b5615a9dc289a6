"""Options that several commands share, and options with a second spelling that help does not show."""

import copy
import getpass
from collections.abc import Sequence
from typing import Any

import click

from cxdata.questions.parameters import KINDS


class RespelledOption(click.Option):
    """An option that also takes its former spelling; help and error messages name the first one alone."""

    def __init__(self, declarations: Sequence[str], *, formerly: str, **attributes: Any) -> None:
        super().__init__(declarations, **attributes)
        self.formerly = formerly

    def add_to_parser(self, parser: Any, ctx: click.Context) -> None:
        """Teach the parser both spellings."""
        super().add_to_parser(parser, ctx)
        former = copy.copy(self)
        former.opts = [self.formerly]
        super(RespelledOption, former).add_to_parser(parser, ctx)


by_option = click.option(
    "--by", default=getpass.getuser, metavar="NAME", help="Who does it. Default: the user who is logged in."
)
kind_option = click.option(
    "--kind",
    metavar="KIND",
    help=f"The kind of story: {', '.join(KINDS)}. Default: the kind that the pages show first.",
)
overwrite_option = click.option(
    "--overwrite",
    cls=RespelledOption,
    formerly="--replace",
    is_flag=True,
    help="Replace a file of that name.",
)
