"""Every setting of the program, typed and read from the environment; docs/settings.md lists them all."""

import logging
import os
import re
import tempfile
from dataclasses import dataclass
from email.utils import getaddresses
from functools import cache
from pathlib import Path
from typing import Annotated, Literal, Self, get_args

import platformdirs
from pydantic import Field, SecretStr, ValidationError, field_validator
from pydantic_core import ErrorDetails
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from cxdata.errors import SettingsError

PREFIX = "CXDATA_"
MEMORY = r"^\d+(\.\d+)?\s?[KMGT]i?B$"
ADDRESS = r"(\*|[^\s<>@,;*]+)@[^\s<>@,;*]+"

log = logging.getLogger("cxdata")


@dataclass(frozen=True)
class Address:
    """Where the database is: the kind of engine, and the place as that engine writes it."""

    scheme: str
    place: str

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read `scheme://place`; text without a scheme is the path of a file."""
        scheme, separator, place = text.partition("://")
        return cls(scheme, place) if separator else cls("file", str(Path(text).expanduser().absolute()))

    def __str__(self) -> str:
        return self.place if self.scheme == "file" else f"{self.scheme}://{self.place}"

    @property
    def path(self) -> Path:
        """The place, of an engine that keeps a file. Raises SettingsError for any other."""
        if self.scheme != "file":
            raise SettingsError(f"{self} is not the path of a file")
        return Path(self.place)


@dataclass(frozen=True)
class People:
    """People by e-mail address, in lower case; `*@example.org` is everybody there.

    `names` has an address and the name that readers see for it, of everybody whom the setting names.
    """

    addresses: tuple[str, ...] = ()
    names: tuple[tuple[str, str], ...] = ()

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read addresses and `Name <address>`, separated by commas. Raises ValueError for anything else."""
        people = [(name, address.casefold()) for name, address in getaddresses([text]) if name or address]
        if not people:  # an empty list would open what it should close
            raise ValueError("it names nobody")
        for name, address in people:
            if not re.fullmatch(ADDRESS, address):
                raise ValueError(f"{name or address!r} is no e-mail address. Write ann@example.org, *@example.org or "
                                 "Ann Reader <ann@example.org>")  # fmt: skip
        return cls(tuple(address for _, address in people), tuple((address, name) for name, address in people if name))

    def includes(self, address: str) -> bool:
        """Return whether an address, in lower case, is among them."""
        return address in self.addresses or f"*@{address.rpartition('@')[2]}" in self.addresses

    def __bool__(self) -> bool:
        return bool(self.addresses)


class Settings(BaseSettings):
    """The choices of the person who runs the program. An empty variable counts as not set."""

    model_config = SettingsConfigDict(env_prefix=PREFIX, env_ignore_empty=True, frozen=True, validate_default=False)

    database: Annotated[Address | None, NoDecode] = Field(
        default=None,
        description="The database file. Without it: stories.duckdb in your user data folder, or in a temporary folder "
        "if that cannot be written.",
        examples=["/srv/cxdata/stories.duckdb"],
    )
    editing: Literal["off", "local"] = Field(
        default="off",
        description="`local` prints a link when the server starts. The first browser that opens it may edit. Any "
        "list of people below overrules it.",
        examples=["local"],
    )
    readers: Annotated[People, NoDecode] = Field(
        default=People(),
        description="People, separated by commas, who may read after signing in. `*@example.org` is everybody there. "
        "Without it: everybody reads.",
        examples=["*@example.org"],
    )
    editors: Annotated[People, NoDecode] = Field(
        default=People(),
        description="People who may import and edit. "
        "Readers see the name in `Ann Reader <ann@example.org>` with the stories that she coded or read, and never an "
        "address.",
        examples=["Ann Reader <ann@example.org>, bob@example.org"],
    )
    reviewers: Annotated[People, NoDecode] = Field(
        default=People(),
        description="People who may also edit, and sign off stories of others. Without it: administrators sign off.",
        examples=["Carol Second <carol@example.org>"],
    )
    admins: Annotated[People, NoDecode] = Field(
        default=People(),
        description="People who may also edit, sign off, erase stories and read who did what. Without it: nobody "
        "erases stories in the browser.",
        examples=["dora@example.org"],
    )
    editor: str | None = Field(
        default=None,
        description="The name recorded for local edits. Without it: the name of the user account.",
        examples=["Ann Reader"],
    )
    keep_accounts_months: int | None = Field(
        default=None,
        ge=1,
        description="Months that customers' own words are kept after their import. `cxdata retain` handles older ones. "
        "Without it: no limit.",
        examples=[24],
    )
    old_accounts: Literal["delete", "redact"] = Field(
        default="delete",
        description="`delete` deletes old words. `redact` replaces e-mail addresses, phone numbers and card numbers in "
        "them.",
        examples=["redact"],
    )
    keep_log_months: int | None = Field(
        default=None,
        ge=1,
        description="Months that the audit log is kept. `cxdata retain` deletes older entries. Without it: no limit.",
        examples=[12],
    )
    contact: str | None = Field(
        default=None,
        description="Where people ask for a story to be erased: an e-mail address or a page. The Method page shows it.",
        examples=["privacy@example.org"],
    )
    public_address: str | None = Field(
        default=None,
        pattern=r"^https?://[^\s?#]+$",
        description="Where readers open the dashboard. Feeds, mails and board packs link there. Without it a file from "
        "the server links to the address that was asked. One from the command line has no links.",
        examples=["https://stories.example.org"],
    )
    pack_template: Path | None = Field(
        default=None,
        description="A PowerPoint file (PPTX or POTX) whose layouts, colours and fonts the slides of a board pack use. "
        "Without it: our own.",
        examples=["/srv/cxdata/company.potx"],
    )
    mail_host: str | None = Field(
        default=None,
        description="The mail server that `cxdata digest --send` uses. Without it nothing is sent.",
        examples=["mail.example.org"],
    )
    mail_port: int = Field(default=587, ge=1, le=65535, description="The port of the mail server.", examples=[465])
    mail_tls: Literal["starttls", "tls", "off"] = Field(
        default="starttls",
        description="`starttls` and `tls` (port 465) encrypt the connection. `off` sends in the open, and never a "
        "password.",
        examples=["tls"],
    )
    mail_user: str | None = Field(
        default=None,
        description="The name that the mail server asks for. Without it: no sign-in.",
        examples=["stories"],
    )
    mail_password_file: Path | None = Field(
        default=None,
        description="The file whose first line is the password of that user.",
        examples=["/run/secrets/mail"],
    )
    mail_from: Annotated[People, NoDecode] = Field(
        default=People(),
        description="Who sends the digest, as readers see it.",
        examples=["Customer stories <stories@example.org>"],
    )
    mail_to: Annotated[People, NoDecode] = Field(
        default=People(),
        description="Who gets the digest, separated by commas.",
        examples=["ann@example.org, Bob <bob@example.org>"],
    )
    memory: str = Field(
        default="4GB",
        pattern=MEMORY,
        description="Memory that the database may use to answer questions.",
        examples=["1GB"],
    )
    bundle_memory: str = Field(
        default="1GB",
        pattern=MEMORY,
        description="Memory for the process that makes a bundle (zip) of pictures. One runs at a time.",
        examples=["2GB"],
    )
    picture_memory: str = Field(
        default="600MB",
        pattern=MEMORY,
        description="Memory that a process for pictures may hold. A process that holds more is replaced.",
        examples=["400MB"],
    )
    picture_processes: int = Field(
        default=1,
        ge=1,
        le=16,
        description="Pictures that a server makes at once, each in a process of its own.",
        examples=[2],
    )
    server_memory: str | None = Field(
        default=None,
        pattern=MEMORY,
        description="Memory that the server and its processes may hold together. Above it the server makes no bundles, "
        "and ends idle processes for pictures. Without it: no limit.",
        examples=["2GB"],
    )
    import_memory: str = Field(
        default="2GB",
        pattern=MEMORY,
        description="Memory that the database may use while it is changed, for an import or an edit.",
        examples=["8GB"],
    )

    log: Literal["text", "json"] = Field(
        default="text",
        description="`text` logs warnings and errors. `json` also logs each request and each rerun of a page. Its "
        "lines are JSON objects.",
        examples=["json"],
    )
    request_ids: Literal["own", "proxy"] = Field(
        default="own",
        description="`proxy` takes the id of a request from the header `X-Request-ID`. Use it only behind a proxy that "
        "sets this header itself, as `deploy/nginx.conf` does.",
        examples=["proxy"],
    )
    slow_question_ms: int = Field(
        default=1000,
        ge=1,
        description="Milliseconds after which a question counts as slow. The log names it, with its time and the id of "
        "its request.",
        examples=[250],
    )
    metrics_token: SecretStr | None = Field(
        default=None,
        min_length=16,
        description="The bearer token that opens `/metrics` to Prometheus, at least 16 characters. "
        "Without it there is no such address.",
        examples=["a-long-random-text"],
    )

    @field_validator("editing", "log", "request_ids", "mail_tls", mode="before")
    @classmethod
    def _fold_case(cls, value: object) -> object:
        return value.casefold() if isinstance(value, str) else value

    @field_validator("readers", "editors", "reviewers", "admins", "mail_from", "mail_to", mode="before")
    @classmethod
    def _parse_people(cls, value: object) -> object:
        return People.parse(value) if isinstance(value, str) else value

    @field_validator("database", mode="before")
    @classmethod
    def _parse_address(cls, value: object) -> object:
        return Address.parse(str(value)) if isinstance(value, str | Path) else value

    @property
    def names(self) -> dict[str, str]:
        """The names that readers see, by e-mail address."""
        lists = (self.readers, self.editors, self.reviewers, self.admins)
        return {address: name for people in lists for address, name in people.names}

    @property
    def address(self) -> Address:
        """The address that was chosen, or a file in the first default folder that can be written."""
        if self.database:
            return self.database
        folders = (platformdirs.user_data_path("cxdata"), Path(tempfile.gettempdir()) / f"cxdata-{_user_id()}")
        return Address("file", str(_default_database(*folders)))


VARIABLES = tuple(PREFIX + name.upper() for name in Settings.model_fields)
DATABASE = f"{PREFIX}DATABASE"


def get_settings() -> Settings:
    """Read the settings from the environment. Raises SettingsError with each variable and its choices."""
    return _read(tuple(map(os.environ.get, VARIABLES)))


def describe_settings() -> str:
    """Write every setting as a row of a Markdown table; docs/settings.md holds it, and a test compares them."""
    rows = ["| variable | default | example | meaning |", "|---|---|---|---|"]
    for variable, field in zip(VARIABLES, Settings.model_fields.values(), strict=True):
        default = f"`{field.default}`" if field.default else ""
        example = f"`{field.examples[0]}`" if field.examples else ""
        rows.append(f"| `{variable}` | {default} | {example} | {field.description} |")
    return "\n".join(rows)


@cache
def _read(_values: tuple[str | None, ...]) -> Settings:
    """Keyed by the values, so that a changed environment is read again and an unchanged one costs nothing."""
    try:
        return Settings()
    except ValidationError as error:
        faults = [_describe_fault(str(fault["loc"][0]), fault) for fault in error.errors()]
        raise SettingsError("; ".join(faults)) from None


def _describe_fault(name: str, fault: ErrorDetails) -> str:
    """Name the variable, its value and what is wrong; a secret is not repeated, because errors go into logs."""
    value = "" if SecretStr in get_args(Settings.model_fields[name].annotation) else f"{fault['input']!r}: "
    return f"{PREFIX}{name.upper()}: {value}{fault['msg']}"


@cache
def _default_database(*folders: Path) -> Path:
    """Remembered, so that a fallback in a temporary folder is the same file for the whole process."""
    for folder in folders:
        if _is_writable(folder):
            return folder / "stories.duckdb"
        log.warning("%s cannot be written to. The database goes to another place.", folder)
    fallback = Path(tempfile.mkdtemp(prefix="cxdata-")) / "stories.duckdb"
    log.warning("the database lives in the temporary place %s and goes with it", fallback)
    return fallback


def _user_id() -> str:
    return str(os.getuid()) if hasattr(os, "getuid") else os.environ.get("USERNAME", "user")


def _is_writable(folder: Path) -> bool:
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        with tempfile.TemporaryFile(dir=folder):
            return True
    except OSError:
        return False


if __name__ == "__main__":
    print(describe_settings())
