"""Mail over a real SMTP server."""

import smtplib
import ssl
from contextlib import suppress

from portal.messaging.gateway import GatewayAwayError, Letter, LetterRefusedError, only_a_letter
from portal.messaging.mail import mail_of
from portal.settings import Settings

SECONDS = 8  # before a server counts as away; a worker waits meanwhile


class SmtpGateway:
    """Keeps one connection for as long as letters follow one another."""

    def __init__(self, settings: Settings) -> None:
        """Connect only when there is something to send."""
        self._settings = settings
        self._server: smtplib.SMTP | None = None

    def send(self, letter: Letter) -> None:
        """Hand over one letter."""
        told = self._settings
        mail = mail_of(only_a_letter(letter), told.mail_from, told.texts_by_mail)
        try:
            self._server = self._server or self._connected()
            self._server.send_message(mail)
        except (smtplib.SMTPRecipientsRefused, smtplib.SMTPDataError) as fault:
            raise LetterRefusedError(_code_of(fault)) from None
        except (OSError, smtplib.SMTPException) as fault:
            self.close()
            raise GatewayAwayError(type(fault).__name__) from None

    def close(self) -> None:
        """Say goodbye if there is anybody to say it to."""
        server, self._server = self._server, None
        if server:
            with suppress(OSError, smtplib.SMTPException):
                server.quit()
            server.close()

    def _connected(self) -> smtplib.SMTP:
        told = self._settings
        server = smtplib.SMTP(told.smtp_host, told.smtp_port, timeout=SECONDS)
        try:
            if told.smtp_starttls:
                server.starttls(context=ssl.create_default_context())
            if told.smtp_user:
                server.login(told.smtp_user, told.smtp_password)
        except BaseException:
            server.close()
            raise
        return server


def _code_of(fault: smtplib.SMTPRecipientsRefused | smtplib.SMTPDataError) -> str:
    """The server's number for its refusal; its sentence may repeat the address."""
    if isinstance(fault, smtplib.SMTPDataError):
        return f"refused {fault.smtp_code}"
    return f"refused {next(iter(fault.recipients.values()))[0]}"
