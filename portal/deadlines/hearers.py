"""Who hears of something that is due: the person it is for, or else the next who can act, and never nobody."""

from collections.abc import Callable, Container, Iterable, Iterator, Sequence
from dataclasses import dataclass
from uuid import UUID

from portal.domain.permissions import Permission, Role
from portal.domain.policy.governance import Governance, PostPart
from portal.domain.policy.ladder import Hearer
from portal.people.colleagues import Colleague

ANSWERING = frozenset({PostPart.RESPONSIBLE, PostPart.MANAGER})


@dataclass(frozen=True, slots=True)
class Matter:
    """What somebody is to hear of: where its page is, who has it in hand, what it takes to open it."""

    path: str
    """Below the landlord's desk: "cases/..." or "reports/..."."""
    assignee: UUID | None = None
    opened_with: Permission = Permission.CASE_READ
    posts: frozenset[str] = frozenset()
    """The posts that answer for its policy."""
    restricted: bool = False
    named: frozenset[UUID] = frozenset()
    barred: frozenset[UUID] = frozenset()
    keeper: UUID | None = None
    """Who restricted it: hears of it where nobody who is named is there."""

    def opens_for(self, each: Colleague) -> bool:
        """Could this colleague open it? Nobody else hears of it, not even that there is something."""
        if each.account_id in self.barred:
            return False
        if each.account_id in self.named:
            return Permission.CASE_READ in each.permissions
        return not self.restricted and self.opened_with in each.permissions


    def concerns(self) -> Iterator[UUID]:
        """Those who have to do with it, whatever else they are."""
        yield from self.named
        yield from (each for each in (self.assignee, self.keeper) if each)


@dataclass(frozen=True, slots=True)
class Heard:
    """The accounts that hear of it. `unattended` when they are administrators, who cannot act on it themselves."""

    accounts: tuple[UUID, ...]
    unattended: bool = False


def who_hears(
    staff: Sequence[Colleague],
    hearer: Hearer,
    matter: Matter,
    everybody: Callable[[], Sequence[Colleague]] | None = None,
) -> Heard:
    """The first group of the chain that holds anybody who may open the matter.

    An overdue matter goes to a senior or manager other than the person who has it in hand, if there is one.
    Nobody at all, not even an administrator, gives an empty answer, at which the caller raises the alarm.

    Where `staff` is those near at hand (portal.people.colleagues), `everybody` says who else works here: it is asked
    only where the matter goes to any officer, because nobody nearer is there.
    """
    for wanted in (*_first(hearer, matter), _is_on_duty):
        if found := _among(staff, wanted, matter):
            return Heard(found)
    if everybody:
        staff = everybody()
    for wanted in _ANY_OFFICER, _ANY_MANAGER:
        if found := _among(staff, wanted, matter):
            return Heard(found)
    keeper = tuple(each.account_id for each in staff if _keeps(each, matter))
    if keeper:
        return Heard(keeper)
    return Heard(
        tuple(each.account_id for each in staff if Role.ADMINISTRATOR in each.roles), unattended=True
    )


def posts_of(governance: Governance) -> frozenset[str]:
    """The titles of the posts that answer for a policy, with and without the name of the landlord behind them."""
    return titles(governance, ANSWERING)


def titles(governance: Governance, parts: Container[PostPart]) -> frozenset[str]:
    """The titles of the posts that have one of these parts, as `holds_post` compares them."""
    found = [post.title for post in governance.responsible_posts if post.part in parts]
    return frozenset(_plain(part) for title in found for part in (title, title.partition(",")[0]))


def holds_post(each: Colleague, posts: Container[str]) -> bool:
    """Has this colleague one of these posts?"""
    return _plain(each.post) in posts


Wanted = Callable[[Colleague], bool]


def _keeps(each: Colleague, matter: Matter) -> bool:
    return each.account_id == matter.keeper and each.account_id not in matter.barred


def _holds(*roles: Role) -> Wanted:
    return lambda each: bool(each.roles.intersection(roles))


def _among(staff: Iterable[Colleague], wanted: Wanted, matter: Matter) -> tuple[UUID, ...]:
    return tuple(each.account_id for each in staff if wanted(each) and matter.opens_for(each))


def _is_on_duty(each: Colleague) -> bool:
    return each.on_duty


_ANY_OFFICER, _ANY_MANAGER = _holds(Role.OFFICER, Role.SENIOR), _holds(Role.MANAGER)


def _first(hearer: Hearer, matter: Matter) -> Iterator[Wanted]:
    match hearer:
        case Hearer.OFFICER:
            yield lambda each: each.account_id == matter.assignee
        case Hearer.SENIOR:
            yield from _others((_holds(Role.SENIOR), _holds(Role.MANAGER)), matter)
        case Hearer.MANAGER:
            yield from _others((lambda each: _answers(each, matter), _holds(Role.SENIOR)), matter)
        case Hearer.DUTY:
            pass


def _others(wanted: Iterable[Wanted], matter: Matter) -> Iterator[Wanted]:
    """The same people without the one who has the matter in hand."""
    for each in wanted:
        yield _but(each, matter.assignee)


def _but(wanted: Wanted, one: UUID | None) -> Wanted:
    return lambda each: wanted(each) and each.account_id != one


def _answers(each: Colleague, matter: Matter) -> bool:
    """Managers, and whoever holds the post that the policy names."""
    return Role.MANAGER in each.roles or holds_post(each, matter.posts)


def _plain(title: str) -> str:
    return " ".join(title.casefold().split())
