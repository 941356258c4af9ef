"""The lawful basis, asked for apart from what a policy calls a duty. Labels are ours; legal advice is the landlord's.

Sources: UK GDPR Articles 6, 9 and 10; Data Protection Act 2018, Schedule 1; HS-026 4.8 and STAR 4.2, which call it a
"legal duty" and name no law.
"""

from enum import StrEnum

BASES_SOURCE = "UK GDPR, Article 6"


class Basis(StrEnum):
    """On which ground of Article 6(1) it rests."""

    OBLIGATION = "6-1-c"
    VITAL = "6-1-d"
    PUBLIC_TASK = "6-1-e"
    LEGITIMATE = "6-1-f"


class Condition(StrEnum):
    """On which condition details about health, sex life, belief, origin or crime may go with it."""

    NONE_NEEDED = "none"
    VITAL = "9-2-c"
    LEGAL_CLAIMS = "9-2-f"
    SAFEGUARDING = "sch1-18"
    UNLAWFUL_ACTS = "sch1-10"
    STATUTORY = "sch1-6"
    HEALTH_OR_CARE = "sch1-2"


BASES = {
    Basis.OBLIGATION: "A law obliges us, Article 6(1)(c)",
    Basis.VITAL: "To protect somebody’s life, Article 6(1)(d)",
    Basis.PUBLIC_TASK: "A task in the public interest with a basis in law, Article 6(1)(e)",
    Basis.LEGITIMATE: "A legitimate interest, weighed against theirs, Article 6(1)(f)",
}
CONDITIONS = {
    Condition.SAFEGUARDING: "Safeguarding of a child or of somebody at risk, Schedule 1 paragraph 18",
    Condition.UNLAWFUL_ACTS: "Preventing or detecting unlawful acts, Schedule 1 paragraph 10",
    Condition.VITAL: "Somebody’s life, where they cannot consent, Article 9(2)(c)",
    Condition.STATUTORY: "A function under a law, of substantial public interest, Schedule 1 paragraph 6",
    Condition.HEALTH_OR_CARE: "Health or social care, Schedule 1 paragraph 2",
    Condition.LEGAL_CLAIMS: "A legal claim, or a court, Article 9(2)(f)",
    Condition.NONE_NEEDED: "Nothing of that kind goes with it",
}
NEEDS_A_LAW = frozenset({Basis.OBLIGATION, Basis.PUBLIC_TASK})
OFFERED_LAW = ("children-1989", "children-2004", "care-2014", "cda-1998", "dpa-1998", "dpa-2018")
"""Entries of the catalogue that people cite; a superseded one is offered too, and refused with what took its place."""


def fit_together(basis: Basis, law: str, life_in_danger: bool) -> str | None:  # noqa: FBT001
    """Why a basis cannot stand like this, or None."""
    if basis in NEEDS_A_LAW and not law:
        return "Name the law that this rests on."
    if basis is Basis.VITAL and not life_in_danger:
        return "This ground is for a life in danger. Say that it is, or choose another."
    return None
