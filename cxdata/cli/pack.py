"""The command `pack`."""

from collections import defaultdict
from pathlib import Path

import click

from cxdata.cli.engine import migrated_engine
from cxdata.cli.options import kind_option
from cxdata.errors import ExportError
from cxdata.publish.kinds import KIND
from cxdata.settings import get_settings


@click.command("pack")
@click.argument("companies", nargs=-1, metavar="[COMPANY]...")
@click.option(
    "--format",
    "forms",
    multiple=True,
    default=["pptx", "pdf"],
    show_default=True,
    help="pptx (slides) or pdf (a paper). Repeat for both.",
)
@click.option("--job", help="Of two companies, the job to compare. Default: the one in which they differ most.")
@click.option("--param", "choices", multiple=True, metavar="NAME=VALUE", help="A filter. Repeat a name for a list.")
@kind_option
@click.option(
    "--template",
    type=click.Path(path_type=Path),
    help="A PowerPoint file (PPTX or POTX) whose layouts the slides use. Default: the one in CXDATA_PACK_TEMPLATE.",
)
@click.option("--out", type=click.Path(path_type=Path), default=".", help="The folder to write to.")
@click.option("--overwrite", is_flag=True, help="Replace files of the same name that differ.")
def pack_command(
    companies: tuple[str, ...],
    forms: tuple[str, ...],
    job: str | None,
    choices: tuple[str, ...],
    kind: str | None,
    template: Path | None,
    out: Path,
    overwrite: bool,
) -> None:
    """Write a board pack: finding, evidence, what to fix, and the stories.

    Name one COMPANY for a pack about it, or two to compare them in one job. Without a company the pack is about all
    companies. Filters are as in an address: sectors=Travel or since=2024-01-01. A page whose stories say nothing is
    left out. The same choices give the same bytes. Links need CXDATA_PUBLIC_ADDRESS.
    """
    from cxdata.export.bulk_export import OUTCOMES, write_file  # noqa: PLC0415
    from cxdata.export.pack.files import make_pack  # noqa: PLC0415 - other commands need none of it
    from cxdata.export.pack.scope import parse_scope  # noqa: PLC0415

    scope = parse_scope(_read_choices(companies, job, choices, kind))
    settings = get_settings()
    engine = migrated_engine()
    connection = engine.read()
    written = []
    for form in dict.fromkeys(forms):
        name, content = make_pack(
            connection, scope, form, settings.public_address or "", template or settings.pack_template
        )
        path = out / name
        outcome = write_file(path, content, overwrite)
        if outcome == "kept":
            raise ExportError(f"{path}{OUTCOMES[outcome]}")
        written.append(path)
        click.echo(str(path))
    engine.remember_copies(written)


def _read_choices(
    companies: tuple[str, ...], job: str | None, choices: tuple[str, ...], kind: str | None
) -> dict[str, list[str]]:
    from cxdata.export.bulk_export import split_choice  # noqa: PLC0415

    asked: dict[str, list[str]] = defaultdict(list)
    if len(companies) == 2:
        asked["left"], asked["right"] = [companies[0]], [companies[1]]
    elif companies:
        asked["companies"] = list(companies)
    if job:
        asked["job"] = [job]
    if kind:
        asked[KIND] = [kind]
    for choice in choices:
        name, value = split_choice(choice, "--param")
        asked[name].append(value)
    return dict(asked)
