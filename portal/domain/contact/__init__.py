"""Safe contact: what the person said about being reached, and the one rule that staff and software obey."""

from portal.domain.contact.bland import not_bland
from portal.domain.contact.channels import Channel
from portal.domain.contact.guard import Verdict, guard, guard_meeting, guard_message, next_safe_moment
from portal.domain.contact.instructions import for_others
from portal.domain.contact.record import ContactVersionError, SafeContact, Said, SomebodyElse, Vouched, Way
from portal.domain.contact.times import SafeTimes, Times, Weekday, Window
from portal.domain.contact.widening import not_vouched, widened

__all__ = [
    "Channel",
    "ContactVersionError",
    "SafeContact",
    "SafeTimes",
    "Said",
    "SomebodyElse",
    "Times",
    "Verdict",
    "Vouched",
    "Way",
    "Weekday",
    "Window",
    "for_others",
    "guard",
    "guard_meeting",
    "guard_message",
    "next_safe_moment",
    "not_bland",
    "not_vouched",
    "widened",
]
