"""Tasks of a landlord beside its cases: a policy to look at again, something to send in another form.

Sources: STAR 7.1, 10; AG/013 Review Date; NPH Review and Monitoring; HS-026 4.4.
"""

from dataclasses import dataclass
from enum import StrEnum


class DutyKind(StrEnum):
    """What is to be done."""

    POLICY_REVIEW = "policy_review"
    OTHER_FORM = "other_form"


DUTIES = {
    DutyKind.POLICY_REVIEW: "Look at the policy again: the law has changed",
    DutyKind.OTHER_FORM: "Send something in another form",
}
"""Each kind as lists say it: nothing of whoever asked."""


class PaperForm(StrEnum):
    """The forms in which anything of ours can be asked for (STAR 10)."""

    BRAILLE = "braille"
    LARGE_TYPE = "large_type"
    AUDIO = "audio"
    EASY_WORDS = "easy_words"
    LANGUAGE = "language"


@dataclass(frozen=True, slots=True)
class Wanted:
    """What somebody asks for, and where it is safe to send it."""

    form: PaperForm
    language: str
    name: str
    where: str
    unsafe: str = ""


def delivery_label(name: str, where: str) -> str:
    """What stands on the outside: to whom and where, and nothing of what is inside or of the team that sends it."""
    lines = [name.strip(), *(line.strip() for line in where.splitlines())]
    return "\n".join(line for line in lines if line)
