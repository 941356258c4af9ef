"""Saved emails without the ways by which they came, and without the files that they carry, into which nobody looked."""

from email import message_from_bytes
from email.errors import MessageError
from email.message import Message
from email.policy import compat32

from portal.cases.documents.media import RefusedFileError

SAID = frozenset({"from", "to", "cc", "subject", "date", "mime-version"})
"""What a reader of a letter sees of it. The rest tells of servers, addresses of machines and programs."""
OF_A_PART = frozenset({"content-type", "content-transfer-encoding", "content-language"})
REMOVED = "By which ways and from which machine it was sent has been removed."
SIGNED = "It was signed: its signature does not hold any more. The fingerprint of what came in is kept."
LEFT_OUT = "It carried {}, which nobody had looked into: left out. Add each of them by itself."
DAMAGED = "This email is damaged. Ask for it to be sent again, or for a PDF of it."


def without_ways(data: bytes) -> tuple[bytes, tuple[str, ...]]:
    """The mail as it will be kept, and what whoever adds it should know."""
    try:
        mail = message_from_bytes(data, policy=compat32)
        signed = mail.get_content_type() == "multipart/signed"
        files = _strip(mail, SAID | OF_A_PART)
        kept = mail.as_bytes()
    except (MessageError, LookupError, ValueError, TypeError, AttributeError) as broken:
        raise RefusedFileError(DAMAGED) from broken
    warnings = [REMOVED]
    if files:
        warnings.append(LEFT_OUT.format("1 file" if files == 1 else f"{files} files"))
    if signed:
        warnings.append(SIGNED)
    return kept, tuple(warnings)


def _strip(part: Message, keep: frozenset[str]) -> int:
    """Take out what tells, here and below; how many files were left out."""
    for name in {each.lower() for each in part.keys()} - keep:  # noqa: SIM118 - a mail is no mapping of its names
        del part[name]
    inside = part.get_payload()
    if not isinstance(inside, list):
        return 0
    shown = [each for each in inside if isinstance(each, Message) and _is_text(each)]
    part.set_payload([*shown])
    return len(inside) - len(shown) + sum(_strip(each, OF_A_PART) for each in shown)


def _is_text(part: Message) -> bool:
    if part.get_filename() or part.get_content_disposition() == "attachment":
        return False
    return part.get_content_maintype() in {"text", "multipart"}
