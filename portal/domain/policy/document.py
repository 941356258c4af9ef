"""The policy as a document: what it is called, who approved it, when it is reviewed, what it is made of."""

from typing import Annotated

from pydantic import Field

from portal.domain.policy.said_date import SaidDate
from portal.domain.policy.stated import Frozen, Required, Stated, Words, said_by


class ReviewDate(Frozen):
    """One place where the document says when it is next reviewed; some say it twice, and differently."""

    when: SaidDate
    clause: Words


class ControlLine(Frozen):
    """One line of the document-control table as it stands, blanks included."""

    label: Words
    entry: str
    clause: Words
    may_be_blank: bool = False


class Revision(Frozen):
    """One line of the document's own history."""

    on: SaidDate
    version: Words
    says: Words
    clause: Words


class LinkedDocument(Frozen):
    """Another document that this one sends its reader to."""

    title: Words
    number: Words | None = None
    link: Words | None = None
    clause: Words


class Document(Frozen):
    """The identity of one version of a policy."""

    cite: Words
    """How its clauses are cited: "HS-026" in "HS-026 4.3"."""
    reference: Stated[str]
    title: Required[str]
    version: Stated[str]
    in_force_from: Required[SaidDate]
    approved_on: Stated[SaidDate]
    approved_by: Stated[str]
    last_review: Stated[SaidDate]
    review_cycle_months: Stated[Annotated[int, Field(gt=0)]]
    review_triggers: Stated[str]
    review_dates: tuple[ReviewDate, ...]
    replaces: Stated[str]
    legal_advice: Stated[str]
    statement: Required[str]
    """The landlord's own conviction, in one sentence of ours, for the public page."""
    control_lines: tuple[ControlLine, ...]
    revisions: tuple[Revision, ...] = ()
    linked_documents: tuple[LinkedDocument, ...]


class Clause(Frozen):
    """One clause in our own words, so that people can read their policy clause by clause."""

    number: Words
    use: Annotated[int, Field(gt=0)] = 1
    """Which use of this number, where the document gives one number twice."""
    heading: Words
    summary: Words

    def cited_as(self, cite: str) -> str:
        """How others refer to it: "HS-026 4.3"."""
        return f"{cite} {self.number}"


class CitedLaw(Frozen):
    """A law as this policy names it, tied to its entry in the catalogue of law."""

    cited: Words
    law: Words
    clause: Words
    held_in: Words | None = None
    """The Act in which the policy believes a ground or section to stand."""


class Saying(Frozen):
    """One of several places where the policy speaks about the same thing, perhaps not alike."""

    about: Words
    says: Words
    clause: Words


class Reading(Frozen):
    """A sentence that can be read in more ways than one, with the reading that the portal follows."""

    clause: Words
    question: Words
    choice: Words
    alternatives: tuple[Words, ...]
    by: Words
    on: SaidDate
    why: Words
    to_be_confirmed_by: Words | None = None

    @property
    def said_by(self) -> str:
        """By whom it was chosen, when and why, and who has still to agree."""
        return said_by(self.by, self.on, self.why, self.to_be_confirmed_by)
