"""A real SMTP server that keeps the mails it is given, for tests to read."""

import time
from email import message_from_bytes, policy
from email.message import EmailMessage

from aiosmtpd.smtp import SMTP, Envelope, Session


class Letters:
    """Mails that were taken, each with the address that it was for."""

    def __init__(self) -> None:
        self.taken: list[tuple[str, EmailMessage]] = []

    async def handle_DATA(self, _server: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802
        mail = message_from_bytes(envelope.content or b"", policy=policy.default)
        self.taken.append((envelope.rcpt_tos[0], mail))
        return "250 taken"

    def to(self, address: str) -> list[EmailMessage]:
        """Every mail to an address so far."""
        return [mail for to, mail in self.taken if to == address]

    def wait_for(self, address: str, count: int = 1, seconds: float = 45) -> list[EmailMessage]:
        """Wait until an address has so many mails: a round of reminders comes every quarter of a minute."""
        until = time.monotonic() + seconds
        while len(self.to(address)) < count:
            assert time.monotonic() < until, f"{len(self.to(address))} of {count} mails came in {seconds} s"
            time.sleep(0.1)
        return self.to(address)
