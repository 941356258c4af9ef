"""A letter as a mail: a neutral sender, fixed words, and a name by which a second copy is known as one."""

import re
from datetime import UTC, datetime
from email.message import EmailMessage
from email.utils import format_datetime
from uuid import UUID, uuid4

from portal.domain.contact import Channel
from portal.messaging.cleared import Cleared
from portal.messaging.gateway import Letter, LetterRefusedError, StaffLetter

ONE_ADDRESS = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
"""One place and no more: what could be read as two addresses, or as a name beside one, is not written to."""
FEWEST_DIGITS = 9


def mail_of(letter: Letter, sender: str, texts_by: str = "") -> EmailMessage:
    """The mail as it goes out; it says who wrote it only by a neutral sender.

    A text goes by mail to `texts_by`, the domain of whoever turns mails into texts.
    """
    if isinstance(letter, StaffLetter):
        return _mail(sender, letter.to, letter.words.subject, letter.words.body, letter.message_id)
    return _mail(sender, _place(letter, texts_by), letter.words, letter.words, uuid4())


def message_id(letter_id: UUID, sender: str) -> str:
    """Always the same for the same message, so that one that was sent twice after a crash is known as one."""
    return f"<{letter_id}@{sender.rpartition('@')[2].strip('> ')}>"


def _mail(sender: str, to: str, subject: str, body: str, letter_id: UUID) -> EmailMessage:
    mail = EmailMessage()
    mail["From"], mail["To"] = sender, to
    mail["Subject"] = subject
    mail["Date"] = format_datetime(datetime.now(UTC))
    mail["Message-ID"] = message_id(letter_id, sender)
    mail["Auto-Submitted"] = "auto-generated"
    mail.set_content(body)
    return mail


def _place(letter: Cleared, texts_by: str) -> str:
    """Where it goes: exactly what she gave for this way, or nowhere."""
    given = letter.to.strip()
    if letter.channel is Channel.EMAIL and ONE_ADDRESS.fullmatch(given):
        return given
    digits = re.sub(r"\D", "", given)
    if (
        letter.channel is Channel.TEXT
        and texts_by
        and len(digits) >= FEWEST_DIGITS
        and not re.search(r"[^\d\s()+-]", given)
    ):
        return f"{digits}@{texts_by}"
    raise LetterRefusedError("nothing carries it there")
