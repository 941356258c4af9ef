"""The public side of a landlord, made once from its pack, so that no public page has to read a policy."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Any

from portal.domain.policy import Clock, Origin, Policy, PreferenceKind
from portal.domain.policy.clocks import Commitment
from portal.domain.policy.law import LawEntry
from portal.domain.policy.said_date import at as on_date
from portal.domain.policy.said_date import in_words, last_day, later
from portal.domain.policy.scope import AbuseType
from portal.domain.policy.stated import Stated
from portal.domain.sharing import OFFERED_LAW
from portal.landlords.packs import Pack
from portal.landlords.profile import Office
from portal.landlords.public_words import PREFERENCES, SUBTYPES, TYPES
from portal.landlords.services import CHECK_EVERY_MONTHS, Service
from portal.landlords.shades import by_night
from portal.landlords.stored_face import Open


@dataclass(frozen=True, slots=True)
class Choice:
    """One answer to choose; `kind` tells types of behaviour from crimes that have a route of their own."""

    value: str
    says: str
    kind: str


@dataclass(frozen=True, slots=True)
class Wanted:
    """One preference to choose, with what the policy offers and where; no clause means the portal asks it."""

    kind: str
    says: str
    offer: str
    clause: str


@dataclass(frozen=True, slots=True)
class Line:
    """Somebody to ring.

    `checked` is when somebody last made sure of it, and `stale_after` the last day on which that counts;
    both are empty where nobody has, as is `checked_said`, the same date as it is written down. `printed` is where
    the number was last seen in print.
    """

    id: str
    name: str
    what: str
    number: str
    hours: str
    run_by: str
    checked: str
    checked_said: str
    stale_after: str
    printed: str
    note: str
    tags: tuple[str, ...]
    statutory: bool
    areas: tuple[str, ...] = ()
    outside: bool = False


@dataclass(frozen=True, slots=True)
class Promise:
    """What the policy promises when something is reported: whether it names a time, and whether it only aims."""

    says: str
    stated: bool
    aim: bool
    clause: str


@dataclass(frozen=True, slots=True)
class Paper:
    """The policy as it is named to the public."""

    name: str
    version: str
    in_force: str
    statement: str
    clause: str


@dataclass(frozen=True, slots=True)
class Term:
    """A word that the policy explains."""

    term: str
    means: str
    clause: str


@dataclass(frozen=True, slots=True)
class Law:
    """A law that people cite when they share something; `instead` is what took its place, and when."""

    id: str
    title: str
    instead: str


@dataclass(frozen=True, slots=True)
class Face:
    """Everything that a landlord's public pages show. Empty text means that nobody has stated it."""

    short_name: str
    service: str
    accent: str
    accent_text: str
    accent_by_night: str
    telephone: str
    out_of_hours: str
    email: str
    office: str
    offices: tuple[Open, ...]
    national: tuple[Line, ...]
    local: tuple[Line, ...]
    types: tuple[Choice, ...]
    preferences: tuple[Wanted, ...]
    promises: dict[str, Promise]
    policy: Paper
    terms: tuple[Term, ...]
    meeting: str
    specialist: str
    posts: tuple[str, ...]
    champion: str
    pledge: str
    formats: tuple[str, ...]
    standards: tuple[str, ...]
    council: str
    complaints: str
    laws: tuple[Law, ...]
    names_colleagues: bool
    approvals: tuple[str, ...]
    logo: dict[str, Any] | None
    words: dict[str, dict[str, str]]
    questions: tuple[str, ...] | None


def face_of(pack: Pack) -> dict[str, Any]:
    """The public side of this pack, as it is stored beside the landlord's name."""
    landlord, policy, services = pack.landlord, pack.policy, pack.directory.services
    governance = policy.governance
    return asdict(
        Face(
            short_name=landlord.short_name,
            service=landlord.service_name,
            accent=landlord.colours.accent,
            accent_text=landlord.colours.accent_text,
            accent_by_night=by_night(landlord.colours.accent),
            telephone=_said(landlord.contact.telephone),
            out_of_hours=_said(landlord.contact.out_of_hours),
            email=_said(landlord.contact.email),
            office=_said(landlord.contact.office),
            offices=_offices(landlord.offices),
            national=tuple(_line(each) for each in services if each.clause is None),
            local=tuple(_line(each) for each in services if each.clause is not None),
            types=_types(policy),
            preferences=_preferences(policy),
            promises={each.event: _promise(each) for each in policy.clocks},
            policy=_paper(policy),
            terms=_terms(policy),
            meeting=_offer(policy, PreferenceKind.VENUE),
            specialist=_offer(policy, PreferenceKind.SPECIALIST_OFFICER),
            posts=tuple(dict.fromkeys(each.title for each in governance.responsible_posts)),
            champion=_champion(pack),
            pledge=_said(governance.pledge),
            formats=governance.formats.value or (),
            standards=policy.partners.standards,
            council=_said(policy.scope.council),
            complaints=_said(governance.complaints),
            laws=tuple(_law(pack, each) for law_id in OFFERED_LAW if (each := pack.law.find(law_id))),
            names_colleagues=landlord.names_colleagues,
            approvals=tuple(each.value for each in landlord.approvals),
            logo=landlord.logo.model_dump() if landlord.logo else None,
            words=landlord.words,
            questions=landlord.questions,
        )
    )


def _offices(offices: Iterable[Office]) -> tuple[Open, ...]:
    return tuple(
        Open(each.id, each.name, _said(each.address), _said(each.hours)) for each in offices if each.open_to_customers
    )


def _law(pack: Pack, entry: LawEntry) -> Law:
    after = pack.law.find(entry.superseded_by) if entry.superseded_by else None
    when = f" on {in_words(entry.superseded_on)}" if entry.superseded_on else ""
    return Law(entry.id, entry.title, f"the {after.title}{when}" if after else "")


def _champion(pack: Pack) -> str:
    """The post that the landlord has named, or else the policy's own words."""
    governance = pack.policy.governance
    if pack.landlord.lead:
        return pack.landlord.lead.post
    return _said(governance.champion) or _said(governance.training.champions)


def _said(stated: Stated[str]) -> str:
    return stated.value or ""


def _promise(clock: Clock) -> Promise:
    return Promise(clock.promise, clock.stated, clock.commitment is Commitment.AIM, clock.clause or "")


def _line(service: Service) -> Line:
    checked = service.last_checked.value
    return Line(
        id=service.id,
        name=service.name,
        what=service.what,
        number=_said(service.number),
        hours=_said(service.hours),
        run_by=_said(service.run_by),
        checked=on_date(checked) if checked else "",
        checked_said=checked or "",
        stale_after=last_day(later(checked, CHECK_EVERY_MONTHS)).isoformat() if checked else "",
        printed=f"{service.printed.by}, {in_words(service.printed.at)}" if service.printed else "",
        note=service.check_note,
        tags=service.tags,
        statutory=service.kind == "statutory",
        areas=service.areas,
        outside=service.outside,
    )


def _types(policy: Policy) -> tuple[Choice, ...]:
    """In the order of our own list; something else can be said under every policy."""
    named = {*policy.definition.abuse_types.value, AbuseType.OTHER}
    crimes = policy.definition.subtypes.value or ()
    kinds = [Choice(each.value, says, "type") for each, says in TYPES.items() if each in named]
    routed = [Choice(each.value, says, "subtype") for each, says in SUBTYPES.items() if each in crimes]
    return (*kinds[:-1], *routed, kinds[-1])


def _preferences(policy: Policy) -> tuple[Wanted, ...]:
    asked = policy.contact.preferences.asked()
    return tuple(
        Wanted(
            kind.value,
            says,
            "" if asked[kind] is Origin.PORTAL_DEFAULT else _offer(policy, kind),
            policy.contact.preferences.of(kind).clause or "",
        )
        for kind, says in PREFERENCES.items()
        if kind in asked
    )


def _offer(policy: Policy, kind: PreferenceKind) -> str:
    offer = policy.contact.preferences.of(kind).value
    return offer.says if offer else ""


def _paper(policy: Policy) -> Paper:
    document = policy.document
    return Paper(
        name=document.reference.value or document.title.value,
        version=document.version.value or "",
        in_force=in_words(document.in_force_from.value),
        statement=document.statement.value,
        clause=document.statement.clause or "",
    )


def _terms(policy: Policy) -> tuple[Term, ...]:
    """Only the words that stand on the page itself: kinds of behaviour and of crime."""
    named = {each.value for each in policy.definition.abuse_types.value}
    crimes = {each.value.replace("-", " ") for each in policy.definition.subtypes.value or ()}
    return tuple(
        Term(each.term, each.means, each.clause)
        for each in policy.definition.terms
        if each.term in named or any(crime in each.term for crime in crimes)
    )
