"""What people are to be told and by whom: a lead, a champion in each team, and each channel with a date."""

from collections.abc import Iterator
from datetime import date

from portal.landlords.lint.policy_warning import PolicyWarning, listed
from portal.landlords.packs import Pack


def no_lead(pack: Pack, _today: date) -> Iterator[PolicyWarning]:
    """A lead or champion is promised, by the policy or by its pledge, and no post is named for it."""
    governance = pack.policy.governance
    promised = governance.champion if governance.champion.value else governance.pledge
    posts = {each.title for each in governance.responsible_posts}
    if pack.landlord.lead or not promised.value or governance.champion.value in posts:
        return
    yield PolicyWarning(
        "lead-not-named",
        promised.clause,
        f"A lead or champion is promised ({promised.value}), and no post is named.",
        "Enter the post and its deputy in Look and words, under Lead and champions ([lead] in landlord.toml).",
    )


def channels_undated(pack: Pack, _today: date) -> Iterator[PolicyWarning]:
    """The policy says where it is made known; nothing says when that was last done."""
    channels = pack.policy.partners.publicity
    silent = [each for each in channels.value or () if pack.landlord.last_made_known(each) is None]
    if silent:
        yield PolicyWarning(
            "channel-undated",
            channels.clause,
            f"No date is entered for {listed(silent)}.",
            "Enter what was made known there, and when, in Look and words, under Made known "
            "([[publicity]] in landlord.toml).",
        )


def teams_without_champion(pack: Pack, _today: date) -> Iterator[PolicyWarning]:
    """Champions are promised across the organisation, and a team has none who is trained."""
    promised = pack.policy.governance.training.champions
    if not promised.value:
        return
    gaps = [each.name for each in pack.landlord.teams if not (each.champion.value and each.trained.value)]
    if gaps or not pack.landlord.teams:
        yield PolicyWarning(
            "team-without-champion",
            promised.clause,
            f"No trained champion is entered for {listed(gaps) if gaps else 'any team'}.",
            "Enter each team, the post of its champion and when it was trained, in Look and words, under Lead and "
            "champions ([[teams]] in landlord.toml).",
        )
