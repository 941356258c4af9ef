"""A letter as a mail: a neutral sender, the fixed words, and a name by which a second copy is known as one."""

from datetime import UTC, datetime
from email.message import EmailMessage
from email.utils import format_datetime

from portal.messaging.cleared import Cleared
from portal.messaging.gateway import Letter, LetterRefusedError, StaffLetter


def mail_of(letter: Letter, sender: str) -> EmailMessage:
    """The mail as it goes out; it says who wrote it only by the portal's neutral sender."""
    if isinstance(letter, Cleared):
        raise LetterRefusedError("messages to survivors are not sent by mail")
    mail = EmailMessage()
    mail["From"], mail["To"] = sender, letter.to
    mail["Subject"] = letter.words.subject
    mail["Date"] = format_datetime(datetime.now(UTC))
    mail["Message-ID"] = message_id(letter, sender)
    mail["Auto-Submitted"] = "auto-generated"
    mail.set_content(letter.words.body)
    return mail


def message_id(letter: StaffLetter, sender: str) -> str:
    """Always the same for the same message, so that one that was sent twice after a crash is known as one."""
    return f"<{letter.message_id}@{sender.rpartition('@')[2].strip('> ')}>"
