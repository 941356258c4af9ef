"""What can be read in two ways, and which reading is followed: nothing is chosen in silence."""

from collections.abc import Iterator
from datetime import date

from portal.domain.policy.scope import AgeBound
from portal.landlords.lint.policy_warning import PolicyWarning
from portal.landlords.packs import Pack


def without_choice(pack: Pack, _today: date) -> Iterator[PolicyWarning]:
    """Working hours, an age or a start of force can be read in two ways, and nobody has said which is followed."""
    for clock in pack.policy.clocks:
        if clock.counted is not None and clock.interpretation is None:
            yield _needed(
                clock.clause, f"{clock.hours} working hours can mean hours of working days or office hours."
            )
    age = pack.policy.definition.minimum_age
    if age.value.bound is AgeBound.OVER and age.interpretation is None:
        yield _needed(
            age.clause,
            f'"Over {age.value.years}" can mean from {age.value.years} or from {age.value.years + 1}; '
            f"the portal counts from {age.value.years}.",
        )
    document = pack.policy.document
    force, approved = document.in_force_from, document.approved_on
    if force.clause == approved.clause and force.interpretation is None:
        yield _needed(force.clause, "The start of force is read from the approval; the policy gives no other start.")


def _needed(clause: str | None, says: str) -> PolicyWarning:
    return PolicyWarning(
        "reading-needed",
        clause,
        says,
        "Record the reading that you choose under interpretation, with who chose it and why.",
    )
