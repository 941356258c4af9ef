"""The words of messages to staff: fixed by kind, and bland, for they travel by mail and light up telephones.

A message names nobody, no landlord, no team and no place, and never says what the work is. It can be told from
others by an opaque code, which the portal shows beside the matter once somebody has signed in.
"""

import secrets
from dataclasses import dataclass
from enum import StrEnum

CODE_LETTERS = (
    "23456789BCDFGHJKMNPQRSTVWXYZ"  # no vowels, so no words; nothing that looks like something else
)
CODE_LENGTH = 6
SECRET_HOLDS = 30


class Kind(StrEnum):
    """What a message is about, the most pressing first."""

    LIFE = "life"
    EMERGENCY = "emergency"
    UNATTENDED = "unattended"
    OVERDUE = "overdue"
    DUE_NOW = "due_now"
    DUE_SOON = "due_soon"
    NEW_REPORT = "new_report"
    ASSIGNED = "assigned"
    REVIEW = "review"
    PRACTICE = "practice"
    TRAINING = "training"
    SIGN_IN = "sign_in"
    RESET = "reset"
    ANEW = "anew"
    DIGEST = "digest"

    @property
    def rank(self) -> int:
        """The smaller, the more pressing."""
        return list(Kind).index(self)


SUBJECTS: dict[Kind, str] = {
    Kind.LIFE: "Please sign in now",
    Kind.EMERGENCY: "Please look at something now",
    Kind.UNATTENDED: "Nobody was there to be told",
    Kind.OVERDUE: "Something is overdue",
    Kind.DUE_NOW: "Something is due now",
    Kind.DUE_SOON: "Something is due soon",
    Kind.NEW_REPORT: "Something new is waiting",
    Kind.ASSIGNED: "Something was given to you",
    Kind.REVIEW: "Something is to be looked at again",
    Kind.PRACTICE: "Something that comes round is due",
    Kind.TRAINING: "Something is to be renewed",
    Kind.RESET: "What was asked for",
    Kind.ANEW: "What was asked for",
    Kind.SIGN_IN: "Please look at your sign-ins",
    Kind.DIGEST: "Your list for today",
}

SENTENCES: dict[Kind, str] = {
    Kind.LIFE: "Something needs somebody at once, and you are one of those who are asked. Do not wait.",
    Kind.EMERGENCY: "Something that you look after was used in a way that is always looked at.",
    Kind.UNATTENDED: "A notice found nobody who could act on it. Please see to it that somebody is on duty.",
    Kind.OVERDUE: "The time set for something has passed, and it has not been done.",
    Kind.DUE_NOW: "The time set for something of yours is now.",
    Kind.DUE_SOON: "The time set for something of yours is near.",
    Kind.NEW_REPORT: "Something has come in and waits for somebody to look at it.",
    Kind.ASSIGNED: "Somebody has put something into your hands.",
    Kind.REVIEW: "A document or a decision that you answer for waits for somebody to look at it.",
    Kind.PRACTICE: "Something that is done from time to time is due, or has waited for longer than was set.",
    Kind.TRAINING: "Something with an end date has ended, or ends soon, and is to be renewed in time.",
    Kind.RESET: "A new password can be chosen with this. If you did not ask for it, nothing has changed: do nothing.",
    Kind.ANEW: "Your sign-in can be set up anew with this. If you did not ask for it, tell whoever keeps accounts.",
    Kind.SIGN_IN: "Your account was used on a device that was not known. If that was not you, choose another password.",
    Kind.DIGEST: "Things on your list that have rested, or that have no next step.",
}


WITH_SECRET = frozenset({Kind.RESET, Kind.ANEW})
"""What carries something to type in. Its link leads to the page where that is done, which needs no sign-in."""


@dataclass(frozen=True, slots=True)
class Words:
    """A message as it is read."""

    subject: str
    body: str


def words_of(kind: Kind, code: str, link: str, count: int = 1, secret: str = "") -> Words:
    """The message in full; `link` leads behind the sign-in. A `secret` never stands in the subject, which lights up."""
    counted = f" Number of things: {count}." if kind is Kind.DIGEST else ""
    once = f"\nTo type in there, within {SECRET_HOLDS} minutes: {secret}\n" if secret else ""
    body = (
        f"{SENTENCES[kind]}{counted}\n\n{link}\n{once}\nCode: {code}\n\n"
        "This notice says so little on purpose. The rest is behind your sign-in.\n"
        "Please do not answer it or pass it on.\n"
    )
    return Words(f"{SUBJECTS[kind]} ({code})", body)


def new_code() -> str:
    """A code that says nothing, for people to tell one message from another."""
    return "".join(secrets.choice(CODE_LETTERS) for _ in range(CODE_LENGTH))
