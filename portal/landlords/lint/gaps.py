"""What a policy or a landlord has still to fill: time limits, instruments, consultees, links, numbers."""

from collections.abc import Iterator
from datetime import date

from portal.domain.lifecycle import CloseReason
from portal.domain.policy.clocks import CONCERN, DISCLOSURE, Commitment
from portal.domain.policy.governance import Answer
from portal.landlords.contrast import contrast
from portal.landlords.lint.policy_warning import PolicyWarning, listed
from portal.landlords.packs import Pack
from portal.landlords.profile import WHITE
from portal.landlords.shades import READABLE


def no_clock(pack: Pack, _today: date) -> Iterator[PolicyWarning]:
    """Nothing says when a person must hear from somebody: their cases stand in the list "no target"."""
    silent = [event for event in (DISCLOSURE, CONCERN) if _untimed(pack, event)]
    if silent:
        yield PolicyWarning(
            "no-clock",
            None,
            f"The policy states no time for an answer to a {' or '.join(silent)}, and the landlord has set no target.",
            "Set a target in the next version, under Targets of your own ([[own.own_targets]] in landlord.toml); it is "
            "shown as the landlord's own.",
        )


def no_time(pack: Pack, _today: date) -> Iterator[PolicyWarning]:
    """Nothing says by when something else is done: it waits in the list "no target", and no clock reminds of it."""
    silent = [clock.event for clock in pack.policy.clocks if clock.event not in (DISCLOSURE, CONCERN)]
    if silent := [event.replace("-", " ") for event in silent if _untimed(pack, event)]:
        yield PolicyWarning(
            "time-not-stated",
            None,
            f"The policy states no time for {listed(silent)}, and the landlord has set no target.",
            "Set a target in the next version, under Targets of your own ([[own.own_targets]] in landlord.toml), or "
            "decide that it needs none.",
        )


def _untimed(pack: Pack, event: str) -> bool:
    return not pack.policy.clock(event).stated and pack.policy.own_target(event) is None


def no_keeping(pack: Pack, _today: date) -> Iterator[PolicyWarning]:
    """Nobody has said how long records are kept: nothing is ever erased, which the law does not allow for ever."""
    known = {each.outcome for each in pack.policy.keeping}
    missing = [each.value for each in CloseReason if each not in known]
    if missing:
        yield PolicyWarning(
            "keeping-not-set",
            None,
            f"How long a record is kept is not set for cases that were closed as {listed(missing)}.",
            "Set it in the next version, under How long records are kept ([[own.keeping]] in landlord.toml). "
            "Until then nothing of them is erased.",
        )


def courses_without_interval(pack: Pack, _today: date) -> Iterator[PolicyWarning]:
    """Courses that are to come again, and nothing says when."""
    found = [each for each in pack.policy.governance.training.needed if each.comes_again and not each.every_months]
    if found:
        yield PolicyWarning(
            "course-without-interval",
            found[0].clause,
            f"Nothing says how often these courses come again: {listed(each.name for each in found)}.",
            "Enter every_months for each of them.",
        )


def no_office(pack: Pack, _today: date) -> Iterator[PolicyWarning]:
    """People are promised a meeting at an office, and there is none to choose, or nobody can find it."""
    offered = pack.policy.contact.preferences.venue
    if offered.value is None:
        return
    offices = [each for each in pack.landlord.offices if each.open_to_customers]
    if not offices:
        yield PolicyWarning(
            "no-office",
            offered.clause,
            "The policy offers meetings at an office, and none is listed as open to customers.",
            "Enter each in Look and words, under Offices ([[offices]] in landlord.toml).",
        )
    lost = [each.name for each in offices if each.address.value is None or each.hours.value is None]
    if lost:
        yield PolicyWarning(
            "office-not-described",
            offered.clause,
            f"Address or hours are not entered for {listed(lost)}.",
            "Enter both in Look and words, under Offices ([[offices]] in landlord.toml), so that people can choose.",
        )


def only_an_aim(pack: Pack, _today: date) -> Iterator[PolicyWarning]:
    """The time is an aim and no promise."""
    aims = {
        clock.clause for clock in pack.policy.clocks if clock.stated and clock.commitment is Commitment.AIM
    }
    for clause in sorted(filter(None, aims)):
        yield PolicyWarning(
            "clock-is-an-aim",
            clause,
            "The policy aims at this time and does not bind itself.",
            "The portal counts and escalates it like a promise, and tells people that it is an aim.",
        )


def no_instrument(pack: Pack, _today: date) -> Iterator[PolicyWarning]:
    """Risk is spoken of, and nothing to assess it with is named."""
    instrument = pack.policy.risk.instrument
    if instrument.not_stated:
        yield PolicyWarning(
            "no-risk-instrument",
            instrument.clause,
            "The policy names no instrument for assessing risk.",
            "Name one; what is entered until then is marked as the landlord's own.",
        )


def consultation(pack: Pack, _today: date) -> Iterator[PolicyWarning]:
    """Who was asked: nobody, not these, left blank, or without a date."""
    asked = pack.policy.governance.consultation
    if not any(one.answer is Answer.YES for one in asked):
        yield PolicyWarning(
            "consultation-missing",
            asked[0].clause if asked else None,
            "Nobody is recorded as having been consulted.",
            "Record who was consulted and when, or consult before the next version.",
        )
    for one in asked:
        if one.answer is Answer.BLANK:
            yield PolicyWarning(
                "consultation-blank", one.clause, f'"{one.who}" is left unanswered.', "Answer yes or no."
            )
    undated = [one for one in asked if one.answer is Answer.YES and one.when.not_stated]
    if undated:
        yield PolicyWarning(
            "consultation-undated",
            undated[0].clause,
            f"No date is given for consulting {listed(one.who for one in undated)}.",
            "Enter the dates.",
        )


def documents_without_link(pack: Pack, _today: date) -> Iterator[PolicyWarning]:
    """Linked documents that nobody can open from here."""
    unlinked = [one for one in pack.policy.document.linked_documents if one.link is None]
    if unlinked:
        titles = listed(" ".join(filter(None, (one.number, one.title))) for one in unlinked)
        yield PolicyWarning(
            "document-without-link",
            unlinked[0].clause,
            f"{len(unlinked)} linked documents have no link: {titles}.",
            "Add a link to each.",
        )


def one_policy_for_several(pack: Pack, _today: date) -> Iterator[PolicyWarning]:
    """Several legal persons, one text: each has to adopt it."""
    if pack.group and len(pack.group.members) > 1:
        yield PolicyWarning(
            "one-policy-for-several",
            pack.policy.document.reference.clause,
            f"One policy speaks for {len(pack.group.members)} landlords, each a legal person of its own.",
            "Record that each has adopted it; cases, posts and assessments stay apart.",
        )


def ways_to_reach_us(pack: Pack, _today: date) -> Iterator[PolicyWarning]:
    """The landlord's own telephone and the others are not entered."""
    contact = pack.landlord.contact
    empty = [name for name in type(contact).model_fields if getattr(contact, name).not_stated]
    if empty:
        yield PolicyWarning(
            "contact-not-entered",
            None,
            f"Not entered: {listed(name.replace('_', ' ') for name in empty)}.",
            "Enter them in Look and words, under Ways to reach you ([contact] in landlord.toml).",
        )


def faint_accent(pack: Pack, _today: date) -> Iterator[PolicyWarning]:
    """Enough for the law, and less than her pages want: they are read in a hurry, on an old phone, in any light."""
    colours = pack.landlord.colours
    least = min(contrast(colours.accent, other) for other in (WHITE, colours.accent_text))
    if least < READABLE:
        yield PolicyWarning(
            "accent-faint",
            None,
            f"The accent {colours.accent} has a contrast of {least:.1f} to 1, and public pages want {READABLE:.0f}.",
            "Choose a darker one in Look and words ([colours] in landlord.toml).",
        )


def services_unchecked(pack: Pack, today: date) -> Iterator[PolicyWarning]:
    """Numbers on the public pages that nobody has made sure of."""
    unchecked = [service.name for service in pack.directory.services if service.unchecked(today)]
    if unchecked:
        yield PolicyWarning(
            "services-unchecked",
            None,
            f"{len(unchecked)} services were not checked in the last half-year: {listed(unchecked)}.",
            "Ring each one and say so under Services, Which numbers were checked (last_checked in directory.toml).",
        )
