"""Which stories are told at each landlord, and how often; a story that a policy has no room for is left out."""

from collections.abc import Callable
from dataclasses import dataclass

from portal.demo import (
    appointments,
    arrivals,
    at_home,
    casebook,
    conferences,
    confidence,
    exchanged,
    listed,
    moving,
    options_told,
    protection,
    record,
    running_clocks,
    settled,
    sharing,
    supervision,
    tenancies,
)
from portal.demo.desk import Desk
from portal.demo.staff import THREE_LANDLORDS
from portal.demo.steps import Story
from portal.domain.benchmark import FEWEST_CASES
from portal.domain.policy import DISCLOSURE, UNSAFE_DAMAGE, PersonKind, Policy
from portal.domain.serious import Matter, spoken_of


def always(_policy: Policy) -> bool:
    """Under every policy."""
    return True


def gives_a_time(policy: Policy) -> bool:
    """The policy says by when a disclosure is answered."""
    return policy.clock(DISCLOSURE).stated


def counts_repair_hours(policy: Policy) -> bool:
    """The policy says by when a home is made safe."""
    return policy.clock(UNSAFE_DAMAGE).stated


def counts_no_repair_hours(policy: Policy) -> bool:
    """The policy leaves open by when a home is made safe."""
    return not counts_repair_hours(policy)


def lets_survivor_choose(policy: Policy) -> bool:
    """The survivor may set the time."""
    return policy.clock(DISCLOSURE).survivor_may_set_time.value is True


def speaks_of_serious_risk(policy: Policy) -> bool:
    """A serious risk goes to the police, or two people say why not."""
    return Matter.RISK in spoken_of(policy)


def leaves_leaseholders_out(policy: Policy) -> bool:
    """Leaseholders are helped to the council."""
    return policy.scope.covers(PersonKind.LEASEHOLDER) is False


def counts_working_hours(policy: Policy) -> bool:
    """The policy counts working hours: there the list of new reports is long, so that its fold is seen."""
    return policy.clock(DISCLOSURE).counted is not None


def knows_cases_without_a_name(policy: Policy) -> bool:
    """The policy lets a case be logged without a name."""
    return policy.sharing.without_name.value is True


@dataclass(frozen=True, slots=True)
class Told:
    """One story, how many times, and where."""

    story: Callable[[Desk], Story]
    times: int
    where: Callable[[Policy], bool] = always


STORIES: tuple[Told, ...] = (
    Told(sharing.shared, 1),
    Told(sharing.looked_at_by_two, 1),
    Told(arrivals.waits_to_be_read, 3),
    Told(arrivals.waits_to_be_read, 8, counts_working_hours),
    Told(arrivals.life_in_danger, 1),
    Told(arrivals.somebody_else_told, 1),
    Told(arrivals.card_handed_in, 1),
    Told(arrivals.colleague, 1),
    Told(arrivals.child_waits, 1),
    Told(arrivals.child_sent_on, 1),
    Told(arrivals.leaseholder_waits, 1, leaves_leaseholders_out),
    Told(arrivals.leaseholder_sent_on, 2, leaves_leaseholders_out),
    Told(arrivals.told_twice, 1),
    Told(arrivals.set_aside, 1),
    Told(running_clocks.unassigned, 1),
    Told(running_clocks.told_lately, 1),
    Told(running_clocks.overdue_for_days, 1),
    Told(running_clocks.due_today, 1, gives_a_time),
    Told(running_clocks.repair_due_in_an_hour, 2, counts_repair_hours),
    Told(running_clocks.repair_overdue_by_minutes, 1, counts_repair_hours),
    Told(running_clocks.repair_without_a_time, 1, counts_no_repair_hours),
    Told(running_clocks.time_within_the_hour, 1, lets_survivor_choose),
    Told(running_clocks.time_just_missed, 1, lets_survivor_choose),
    Told(running_clocks.time_in_days, 2, lets_survivor_choose),
    Told(casebook.reached, 1),
    Told(casebook.reached_late, 1),
    Told(casebook.made_safe, 1),
    Told(casebook.life_was_in_danger, 1),
    Told(casebook.told_by_somebody_else, 1),
    Told(casebook.seen_by_a_colleague, 1),
    Told(casebook.told_at_the_desk, 1),
    Told(casebook.reached_in_spite, 1),
    Told(casebook.waits, 1),
    Told(casebook.closed, 2),
    Told(casebook.opened_again, 1),
    Told(casebook.came_back, 1),
    Told(protection.a_family, 1),
    Told(protection.an_order_is_broken, 1),
    Told(protection.known_from_another_case, 1),
    Told(protection.learnt_later, 1),
    Told(protection.a_concern_waits, 1),
    Told(appointments.is_met, 1),
    Told(appointments.asks_for_another_form, 1),
    Told(listed.rings_the_list, 1),
    Told(at_home.made_safer, 1),
    Told(tenancies.joint_tenants, 1),
    Told(exchanged.looks_elsewhere, 1),
    Told(exchanged.offers_a_home, 1),
    Told(options_told.has_to_leave, 1),
    Told(moving.moves_on, 1),
    Told(settled.has_moved, 1),
    Told(conferences.is_heard, 1),
    Told(record.with_plans, 1),
    Told(record.being_planned, 1),
    Told(record.talk_broke_off, 1),
    Told(record.serious_risk_waits, 1, speaks_of_serious_risk),
    Told(supervision.closing_waits, 1),
    Told(supervision.held, 1),
    Told(supervision.drawn_for_review, 1),
    Told(confidence.restricted, 1),
    Told(confidence.without_a_name, 1, knows_cases_without_a_name),
    Told(confidence.file_asked_for, 1),
)


COMPARED = Told(casebook.compared, FEWEST_CASES + 2)
"""What is told at the landlords that compare their figures, so that each has enough for a figure."""


def stories_for(desk: Desk) -> list[Story]:
    """Every story of this landlord, ready to begin."""
    policy = desk.version.policy
    several = (*STORIES, COMPARED) if desk.slug in THREE_LANDLORDS else STORIES
    return [told.story(desk) for told in several if told.where(policy) for _ in range(told.times)]
