"""The command `digest` against a mail server of its own: what arrives, and what a failure says."""

import ssl
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from ipaddress import ip_address
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from cxdata.errors import CxdataError, Unavailable
from cxdata.export.follow.delivery import send_mail
from cxdata.settings import get_settings
from tests.fixtures.command_line import run

USER, PASSWORD = "stories", "correct horse"


class Mailbox:
    """A server that keeps what it takes, and refuses everybody at refused.example."""

    def __init__(self) -> None:
        self.taken: list[Any] = []

    async def handle_RCPT(  # noqa: N802 - the library's name
        self, server: Any, session: Any, envelope: Any, address: str, options: list[str]
    ) -> str:
        if address.endswith("@refused.example"):
            return "550 no such mailbox"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802
        self.taken.append(envelope)
        return "250 OK"


class OwnController(Controller):
    """A server on a free port; its own check of itself would wait for a name."""

    def _trigger_server(self) -> None:
        self.port = self.server.sockets[0].getsockname()[1]
        if self.ssl_context is None:
            super()._trigger_server()


Serve = Callable[..., tuple[Mailbox, int]]


@pytest.fixture
def serve() -> Iterator[Serve]:
    """Start mail servers: serve(), or with options of the library."""
    running = []

    def start(**options: Any) -> tuple[Mailbox, int]:
        mailbox = Mailbox()
        controller = OwnController(mailbox, hostname="127.0.0.1", port=0, **options)
        controller.start()
        running.append(controller)
        return mailbox, controller.port

    yield start
    for controller in running:
        controller.stop()


@pytest.fixture
def setting(built: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Set the settings of mail: setting(port=25, to='ann@example.org')."""
    monkeypatch.setenv("CXDATA_DATABASE", str(built))

    def put(**values: object) -> None:
        own = {"host": "127.0.0.1", "tls": "off", "from": "Stories <s@example.org>", "to": "ann@example.org"} | values
        for name, value in own.items():
            monkeypatch.setenv(f"CXDATA_MAIL_{name.upper()}", str(value))

    return put


def test_nothing_is_sent_unless_asked(serve: Serve, setting: Callable[..., None], tmp_path: Path) -> None:
    mailbox, port = serve()
    setting(port=port)
    written = run("digest", "AO.com", "--on", "2026-11-28", "--out", tmp_path)
    path = tmp_path / "digest_2026-11-28.eml"
    assert (written.exit_code, written.stdout) == (0, f"{path}: written, and sent to nobody\n")
    assert mailbox.taken == []
    assert message_from_bytes(path.read_bytes(), policy=default)["To"] == "ann@example.org"


def test_digest_reaches_its_recipients(serve: Serve, setting: Callable[..., None]) -> None:
    mailbox, port = serve()
    setting(port=port, to="Ann Reader <ann@example.org>, bob@example.org")
    sent = run("digest", "--send")
    assert (sent.exit_code, sent.stdout) == (0, "sent to 2 recipients\n")
    envelope = mailbox.taken[0]
    assert (envelope.mail_from, envelope.rcpt_tos) == ("s@example.org", ["ann@example.org", "bob@example.org"])
    mail = message_from_bytes(envelope.content, policy=default)
    assert str(mail["Subject"]).startswith("All companies: findings up to ")
    assert "took the most effort of these 8" in str(mail.get_body(("html",)).get_content())


def send() -> int:
    """Send a mail with the present settings, as the command does."""
    settings = get_settings()
    mail = EmailMessage()
    mail["From"], mail["To"] = "s@example.org", ", ".join(settings.mail_to.addresses)
    mail.set_content("A finding.")
    return send_mail(mail, settings)


def test_failed_delivery_says_why(serve: Serve, setting: Callable[..., None], tmp_path: Path) -> None:
    mailbox, port = serve()

    def failure(**values: object) -> str:
        setting(**({"port": port} | values))
        with pytest.raises(CxdataError) as caught:
            send()
        return str(caught.value)

    assert "took the mail for 1 of 2 recipients. x@refused.example: 550 no such mailbox" in failure(
        to="ann@example.org, x@refused.example"
    )
    assert "refused every recipient. x@refused.example: 550 no such mailbox" in failure(to="x@refused.example")
    assert "cannot do what the settings ask for: STARTTLS" in failure(tls="starttls")
    assert "cannot be reached: " in failure(port=1)
    assert "would send the password in the open" in failure(user=USER, password_file=tmp_path / "none")
    assert "go together" in failure(password_file="")
    assert len(mailbox.taken) == 1, "the one that was taken in part"


def test_without_settings_the_missing_ones_are_named(built: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CXDATA_DATABASE", str(built))
    found = run("digest", "--send")
    assert (found.exit_code, found.stderr) == (
        1,
        "set CXDATA_MAIL_HOST, CXDATA_MAIL_FROM, CXDATA_MAIL_TO to send mail\n",
    )


@pytest.fixture
def certificate(tmp_path: Path) -> Path:
    """A certificate of 127.0.0.1 and its key, in one file."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "127.0.0.1")])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(1))
        .not_valid_after(now + timedelta(1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))]), critical=False)
        .sign(key, hashes.SHA256())
    )
    path = tmp_path / "certificate.pem"
    path.write_bytes(
        key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
        + made.public_bytes(serialization.Encoding.PEM)
    )
    return path


def test_password_goes_over_a_connection_that_is_trusted(
    serve: Serve, setting: Callable[..., None], certificate: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    heard = []

    def check(server: Any, session: Any, envelope: Any, mechanism: str, data: Any) -> AuthResult:
        heard.append((data.login, data.password))
        return AuthResult(success=data.password == PASSWORD.encode(), handled=False)

    mailbox, port = serve(tls_context=context, authenticator=check, auth_required=True)
    password = tmp_path / "password"
    password.write_text(f"{PASSWORD}\n")
    setting(port=port, tls="starttls", user=USER, password_file=password)
    with pytest.raises(Unavailable, match="has no secure connection that can be trusted: CERTIFICATE_VERIFY_FAILED"):
        send()
    assert heard == []
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    assert send() == 1
    assert heard == [(USER.encode(), PASSWORD.encode())]
    password.write_text("mistaken\n")
    with pytest.raises(Unavailable, match="does not accept the user or the password") as caught:
        send()
    assert "mistaken" not in str(caught.value)
    assert len(mailbox.taken) == 1
