"""On what ground somebody is referred under each policy, and where a policy leaves no room for a no."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.domain.safeguarding import AGREED, OTHER_LAW, Group, Told, grounds, missing, must_refer
from tests.places import pack

ALL = ("dales", "havebury", "star", "whg", "nph")


@pytest.mark.parametrize(
    ("like", "child", "adult"),
    [
        ("dales", None, None),
        ("havebury", "HS-026 4.8", "HS-026 4.8"),
        ("star", "STAR 4.2", None),
        ("whg", "whg 2.4", None),
        ("nph", "NPH Confidentiality and Consent", "NPH Confidentiality and Consent"),
    ],
)
def test_where_the_policy_says_will_or_duty_there_is_no_no(
    like: str, child: str | None, adult: str | None
) -> None:
    policy = pack(like).policy
    for group in Group:
        bound = must_refer(policy, group)
        assert (bound.clause if bound else None) == (adult if group is Group.ADULT else child), group


def test_what_an_exception_is_called_decides_nothing_and_a_pack_can_say_that_it_leaves_a_choice() -> None:
    policy = pack("havebury").policy
    listed = policy.sharing.exceptions
    for binding, expected in ((None, "HS-026 4.8"), (True, "HS-026 4.8"), (False, None)):
        renamed = tuple(
            each.model_copy(update={"id": f"x{number}", "must_refer": binding}) for number, each in enumerate(listed)
        )
        other = policy.model_copy(update={"sharing": policy.sharing.model_copy(update={"exceptions": renamed})})
        bound = must_refer(other, Group.CHILD)
        assert (bound.clause if bound else None) == expected, binding
        assert [each.says for each in grounds(other)] == [each.says for each in grounds(policy)]


@pytest.mark.parametrize("like", ALL)
def test_grounds_are_the_policys_own_with_their_clauses(like: str) -> None:
    policy = pack(like).policy
    found = grounds(policy)
    assert set(found) <= set(policy.sharing.exceptions)
    assert not [each for each in found if "marac" in each.id or each.id == "terrorism"]
    assert (found == ()) == (like == "dales"), "AG/013 knows agreement only"


@given(st.sampled_from([AGREED, OTHER_LAW, "safeguarding"]), st.text(), st.sampled_from(Told), st.text())
def test_a_referral_without_agreement_names_its_lawful_basis_and_why_nobody_was_told(
    ground: str, basis: str, told: Told, why: str
) -> None:
    wrong = missing(ground, basis, told, why)
    assert ("lawful_basis" in wrong) == (ground != AGREED and not basis.strip())
    assert ("why" in wrong) == (told is Told.NOT_TOLD and not why.strip())
    assert ("told" in wrong) == (ground == AGREED and told is not Told.AGREED)
