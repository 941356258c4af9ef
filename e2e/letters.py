"""A real SMTP server that keeps the mails it is given, for tests to read."""

import re
import time
from collections.abc import Callable
from email import message_from_bytes, policy
from email.message import EmailMessage

from aiosmtpd.smtp import SMTP, Envelope, Session

LINK = re.compile(r"http\S+")


def link_of(mail: EmailMessage) -> str:
    """The one link that a mail holds."""
    [link] = LINK.findall(mail.get_content())
    return str(link)


class Letters:
    """Mails that were taken, each with the address that it was for."""

    def __init__(self) -> None:
        self.taken: list[tuple[str, EmailMessage]] = []
        self.leads_to: Callable[[str], str] = str
        """Where a link leads behind the sign-in: the link itself says neither landlord nor case."""

    async def handle_DATA(self, _server: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802
        mail = message_from_bytes(envelope.content or b"", policy=policy.default)
        self.taken.append((envelope.rcpt_tos[0], mail))
        return "250 taken"

    def to(self, address: str, about: str = "") -> list[EmailMessage]:
        """Every mail to an address so far, or every one whose link leads there."""
        return [mail for to, mail in self.taken if to == address and about in ("", self.leads_to(link_of(mail)))]

    def wait_for(self, address: str, about: str, seconds: float = 45) -> list[EmailMessage]:
        """Wait until an address is told of something: a round of reminders comes every quarter of a minute."""
        until = time.monotonic() + seconds
        while not (found := self.to(address, about)):
            assert time.monotonic() < until, f"no mail about it came in {seconds} s"
            time.sleep(0.1)
        return found
