"""Delivery of a mail by SMTP, with the settings of the person who runs the program; a failure says why."""

import smtplib
import ssl
from email.message import EmailMessage
from email.utils import formatdate
from pathlib import Path

from cxdata.errors import SettingsError, Unavailable
from cxdata.settings import Settings

SECONDS = 30.0


def send_mail(mail: EmailMessage, settings: Settings) -> int:
    """Send a mail to its recipients, and return how many took it.

    Raises SettingsError for settings that cannot serve, and Unavailable if a server refuses the mail, or a recipient.
    """
    check_settings(settings)
    del mail["Date"]
    mail["Date"] = formatdate()  # of the sending, and not of the digest
    where = f"{settings.mail_host}:{settings.mail_port}"
    try:
        with _connect(settings) as server:
            if settings.mail_user:
                server.login(settings.mail_user, _read_password(settings.mail_password_file))
            refused = server.send_message(mail)
    except smtplib.SMTPAuthenticationError as error:
        raise Unavailable(f"{where} does not accept the user or the password: {_words(error.smtp_error)}") from None
    except smtplib.SMTPRecipientsRefused as error:
        raise Unavailable(f"{where} refused every recipient. {_list_refused(error.recipients)}") from None
    except smtplib.SMTPNotSupportedError as error:
        raise Unavailable(f"{where} cannot do what the settings ask for: {error}") from None
    except smtplib.SMTPResponseException as error:
        raise Unavailable(f"{where} refused the mail: {error.smtp_code} {_words(error.smtp_error)}") from None
    except ssl.SSLError as error:
        raise Unavailable(f"{where} has no secure connection that can be trusted: {error.reason or error}") from None
    except (smtplib.SMTPException, OSError) as error:
        raise Unavailable(f"{where} cannot be reached: {error}") from None
    recipients = len(settings.mail_to.addresses)
    if refused:
        taken = recipients - len(refused)
        raise Unavailable(f"{where} took the mail for {taken} of {recipients} recipients. {_list_refused(refused)}")
    return recipients


def check_settings(settings: Settings) -> None:
    """Raise SettingsError for settings that cannot serve to send mail."""
    missing = [
        f"CXDATA_{name.upper()}" for name in ("mail_host", "mail_from", "mail_to") if not getattr(settings, name)
    ]
    if missing:
        raise SettingsError(f"set {', '.join(missing)} to send mail")
    if bool(settings.mail_user) != bool(settings.mail_password_file):
        raise SettingsError("CXDATA_MAIL_USER and CXDATA_MAIL_PASSWORD_FILE go together")
    if settings.mail_user and settings.mail_tls == "off":
        raise SettingsError("CXDATA_MAIL_TLS=off would send the password in the open. Use starttls or tls")
    if wild := [address for address in settings.mail_to.addresses if address.startswith("*@")]:
        raise SettingsError(f"CXDATA_MAIL_TO: {wild[0]} names no mailbox")


def _connect(settings: Settings) -> smtplib.SMTP:
    host, port = settings.mail_host or "", settings.mail_port
    if settings.mail_tls == "tls":
        return smtplib.SMTP_SSL(host, port, timeout=SECONDS, context=ssl.create_default_context())
    server = smtplib.SMTP(host, port, timeout=SECONDS)
    if settings.mail_tls == "starttls":
        try:
            server.starttls(context=ssl.create_default_context())
        except BaseException:
            server.close()
            raise
    return server


def _read_password(path: Path | None) -> str:
    try:
        return path.read_text("utf-8").partition("\n")[0].strip() if path else ""
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsError(f"CXDATA_MAIL_PASSWORD_FILE: {path} cannot be read: {error}") from None


def _list_refused(refused: dict[str, tuple[int, bytes]]) -> str:
    return "; ".join(f"{address}: {code} {_words(words)}" for address, (code, words) in refused.items())


def _words(said: bytes | str) -> str:
    return said.decode("utf-8", "replace") if isinstance(said, bytes) else said
