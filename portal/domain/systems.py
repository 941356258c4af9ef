"""What a landlord's own systems may do here, scope by scope, and for how long: data, so that each is explained once."""

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from portal.domain.permissions import Permission


class ApiScope(StrEnum):
    """One thing that a token may do for one landlord."""

    JOBS_READ = "jobs.read"
    JOBS_LIST = "jobs.list"
    JOBS_WRITE = "jobs.write"
    REPORTS_WRITE = "reports.write"
    MARKS_READ = "marks.read"
    TENANCY_WRITE = "tenancy.write"
    POLICY_READ = "policy.read"
    COUNTS_READ = "counts.read"
    CASES_READ = "cases.read"


@dataclass(frozen=True, slots=True)
class Scope:
    """What a scope is called, what it lets a system do, and what whoever gives it must be allowed to do themselves."""

    name: str
    says: str
    given_by: Permission


SCOPES: dict[ApiScope, Scope] = {
    ApiScope.JOBS_READ: Scope(
        "Read one job",
        "By its number: the work, the address, how to get in and when. What a contractor sees, and nothing of why.",
        Permission.CASE_READ,
    ),
    ApiScope.JOBS_LIST: Scope(
        "List jobs",
        "Numbers, states and times of visits, without an address. Needed only where no notices are sent. "
        "Who has this and reads one job after another knows many addresses: each reading is written down.",
        Permission.TEAM_READ,
    ),
    ApiScope.JOBS_WRITE: Scope(
        "Tell what became of a job",
        "Done, called off, nobody could get in; or that another time is wanted, which an officer agrees with whoever "
        "lives there. A job that is done ends the policy’s clock for it.",
        Permission.CASE_WORK,
    ),
    ApiScope.REPORTS_WRITE: Scope(
        "Hand in a concern",
        "What somebody noticed, from another system’s form. It is never read back.",
        Permission.SYSTEMS_ADMIN,
    ),
    ApiScope.MARKS_READ: Scope(
        "Ask before a visit",
        "At one address: whether two people go, or the office is asked first. In the same neutral words as on the "
        "page “Before a visit”, and never why.",
        Permission.DIRECTORY_READ,
    ),
    ApiScope.TENANCY_WRITE: Scope(
        "Tell of a tenancy",
        "That a notice to quit came, or that somebody moved out. The answer is the same whether anybody is known "
        "there or not.",
        Permission.SYSTEMS_ADMIN,
    ),
    ApiScope.POLICY_READ: Scope(
        "Read the policy’s times", "Each clock of the policy in force, with its clause.", Permission.POLICY_READ
    ),
    ApiScope.COUNTS_READ: Scope(
        "Count what is due",
        "How many open cases have something overdue, in time, or without a time. Fewer than five are not counted out.",
        Permission.HEALTH_READ,
    ),
    ApiScope.CASES_READ: Scope(
        "Read how one case stands",
        "By its reference: stage, days, and what is due next. No name, no address, no word of anybody.",
        Permission.CASE_READ,
    ),
}

LASTS: dict[str, timedelta] = {
    "30": timedelta(days=30),
    "90": timedelta(days=90),
    "180": timedelta(days=180),
    "365": timedelta(days=365),
}
"""How long a token can be made for: none is for ever."""


def may_give(held: frozenset[Permission]) -> tuple[ApiScope, ...]:
    """The scopes that somebody may give to a system: none that they could not use themselves."""
    return tuple(each for each, scope in SCOPES.items() if scope.given_by in held)
