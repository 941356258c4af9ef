"""What the version before had and this one lacks: people who were asked, advice on the law."""

from collections.abc import Iterator

from portal.domain.policy import Policy
from portal.domain.policy.governance import Answer
from portal.landlords.lint.policy_warning import PolicyWarning, listed


def lost_since(before: Policy, policy: Policy) -> Iterator[PolicyWarning]:
    """What was had for an older version counts for that one only. Sources: STAR 6.1; whg document control."""
    asked = {one.who for one in policy.governance.consultation if one.answer is Answer.YES}
    left_out = [
        one for one in before.governance.consultation if one.answer is Answer.YES and one.who not in asked
    ]
    if left_out:
        yield PolicyWarning(
            "consultation-dropped",
            left_out[0].clause,
            f"Asked about the version before and not about this one: {listed(one.who for one in left_out)}.",
            "Ask them, or record that and when they were asked.",
        )
    advice, earlier = policy.document.legal_advice, before.document.legal_advice
    if earlier.value and advice.value in {None, earlier.value}:
        yield PolicyWarning(
            "advice-not-renewed",
            advice.clause or earlier.clause,
            "Legal advice is recorded for an earlier version only.",
            "Record the advice on this version, or that none was had.",
        )
