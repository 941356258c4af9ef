"""No mail server: in a demonstration every mail is kept on this machine as it would have gone out, to be read there."""

import email
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from email import policy
from email.message import EmailMessage
from email.utils import parsedate_to_datetime
from pathlib import Path
from uuid import UUID, uuid4

from portal.messaging.gateway import (
    Gateway,
    GatewayAwayError,
    Letter,
    StaffLetter,
    only_a_letter,
)
from portal.messaging.mail import mail_of
from portal.messaging.smtp import SmtpGateway
from portal.settings import Settings

KEPT = 200
SUFFIX = ".eml"


@dataclass(frozen=True, slots=True)
class SentMail:
    """One mail as it went out."""

    sender: str
    to: str
    subject: str
    text: str
    at: datetime


class LocalOutbox:
    """For showing and for tests: every message counts as sent. With a folder, the newest mails are kept there."""

    def __init__(self, folder: Path | None = None, sender: str = "", texts_by: str = "texts.invalid") -> None:
        """Without a folder nothing is kept."""
        self._folder, self._sender, self._texts_by = folder, sender, texts_by

    def send(self, letter: Letter) -> None:
        """Nothing leaves the machine."""
        mail = mail_of(only_a_letter(letter), self._sender, self._texts_by)
        if self._folder is None:
            return
        kept_as = letter.message_id if isinstance(letter, StaffLetter) else uuid4()
        try:
            self._keep(self._folder, kept_as, mail)
        except OSError as fault:
            raise GatewayAwayError(type(fault).__name__) from None

    def close(self) -> None:
        """Nothing is open."""

    @staticmethod
    def _keep(folder: Path, kept_as: UUID, mail: EmailMessage) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        written = folder / f"{kept_as}.writing"
        written.write_bytes(mail.as_bytes())
        written.replace(folder / f"{kept_as}{SUFFIX}")
        for old in _newest_first(folder)[KEPT:]:
            old.unlink(missing_ok=True)


class NoCarrier:
    """Real work without a mail server: messages wait and the alarm shows, instead of passing for sent."""

    def send(self, letter: Letter) -> None:
        """Refuse."""
        only_a_letter(letter)
        raise GatewayAwayError("SMTP_HOST is not set")

    def close(self) -> None:
        """Nothing is open."""


def sent_mails(folder: Path) -> tuple[SentMail, ...]:
    """What is kept there, the newest first."""
    found = []
    for path in _newest_first(folder):
        with suppress(FileNotFoundError):  # another process keeps only the newest
            found.append(_read(path.read_bytes()))
    return tuple(found)


def outbox_folder(settings: Settings) -> Path | None:
    """Where mails are kept to be read; nowhere but in a demonstration."""
    return settings.data_dir / "outbox" if settings.demo else None


def gateway_of(settings: Settings) -> Gateway:
    """What carries messages under these settings."""
    if settings.smtp_host:
        return SmtpGateway(settings)
    if settings.env == "production":
        return NoCarrier()
    return LocalOutbox(outbox_folder(settings), settings.mail_from or "")


def _read(raw: bytes) -> SentMail:
    mail = email.message_from_bytes(raw, policy=policy.default)
    body = mail.get_body(("plain",))
    return SentMail(
        sender=str(mail["From"]),
        to=str(mail["To"]),
        subject=str(mail["Subject"]),
        text=body.get_content().strip() if body else "",
        at=parsedate_to_datetime(str(mail["Date"])),
    )


def _newest_first(folder: Path) -> list[Path]:
    """Ids are made in the order of time, but a mail may go out late: the time of writing decides."""
    found = []
    for path in folder.glob(f"*{SUFFIX}"):
        with suppress(FileNotFoundError):
            found.append((path.stat().st_mtime_ns, path))
    return [path for _, path in sorted(found, reverse=True)]
