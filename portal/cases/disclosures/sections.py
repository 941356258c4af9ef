"""What the parts that others keep say when they leave: risk, plans, incidents, orders, people; each only as chosen.

Left out whatever is chosen: who told us, telephone numbers, schools, and where anybody can be found.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from portal.cases.assessments import queries as assessments
from portal.cases.assessments import standing as risk_standing
from portal.cases.assessments.words import ANSWERS
from portal.cases.disclosures.entries import Entry
from portal.cases.frame import Frame
from portal.cases.household import queries as people
from portal.cases.household.queries import HouseholdRow
from portal.cases.household.words import PARTS, SOURCES, STANDINGS
from portal.cases.incidents import queries as incidents
from portal.cases.incidents.told import SAID
from portal.cases.orders import queries as orders
from portal.cases.orders.words import ARRESTS, STATES, say
from portal.cases.plans import on_paper
from portal.domain.calendar import in_london
from portal.domain.court_orders import Arrest, State
from portal.domain.plans import PlanKind
from portal.domain.sharing import Part
from portal.domain.standing import Source

WHERE, PRESENT, TELLER = SAID["where"], SAID["present"], SAID["teller"]
OF_SOMEBODY = ("Age", "Gender", "Pronouns", "Language", "Needs", "To the person", "What it does to them")
OF_WHO_DOES_HARM = ("Also called", "Date of birth", "Age", "Gender", "To the person", "Lives there", "Joint tenant")
IN_THE_HOME = frozenset({"child", "household_member"})
HOLDS = frozenset({State.IN_FORCE, State.NOT_SERVED})


@dataclass(frozen=True, slots=True)
class Chosen:
    """What was chosen, and from when; `held` are lines that are kept back."""

    parts: frozenset[Part]
    held: frozenset[UUID]
    since: datetime | None
    now: datetime


def _risk(session: Session, found: Frame, _chosen: Chosen) -> Iterator[Entry]:
    """The level as it stands and what it rests on, without the answers."""
    stands = risk_standing.now_of(session, found.case.id, found.policy)
    for label, text in risk_standing.in_words(stands) if stands else ():
        yield Entry(label, text)


def _answers(session: Session, found: Frame, _chosen: Chosen) -> Iterator[Entry]:
    """Each item of the newest completed assessment, by our own short labels or the landlord's licensed words."""
    sheet = assessments.asked_before(session, found.case.id)
    for item in sheet.instrument.items if sheet else ():
        kept = sheet.kept.get(item.number) if sheet else None
        if kept and kept.said.answer:
            said = ". ".join(filter(None, (ANSWERS[kept.said.answer], kept.said.comment)))
            yield Entry(f"{item.number}. {item.asks}", said)


def _plan(kind: PlanKind) -> Callable[[Session, Frame, Chosen], Iterator[Entry]]:
    def entries(session: Session, found: Frame, _chosen: Chosen) -> Iterator[Entry]:
        agreed = on_paper.agreed(session, found.case.id, kind)
        return iter(on_paper.entries_of(agreed, kind) if agreed else ())

    return entries


def _incidents(session: Session, found: Frame, chosen: Chosen) -> Iterator[Entry]:
    """Incidents that nobody has corrected since; the place only with the address, who was there only with them."""
    hidden = {TELLER}
    hidden |= set() if Part.ADDRESS in chosen.parts else {WHERE}
    hidden |= set() if Part.HOUSEHOLD in chosen.parts else {PRESENT}
    for line, row in incidents.standing(session, found.case.id, chosen.since):
        if line not in chosen.held:
            facts = [f"{label}: {text}" for label, text in row.facts if label not in hidden]
            said = [", ".join(row.acts), row.what, row.towards and f"Aimed at: {row.towards}", row.children, *facts]
            when = row.happened.say()
            yield Entry(when[:1].upper() + when[1:], "\n".join(filter(None, said)), str(line))


def _orders(session: Session, found: Frame, chosen: Chosen) -> Iterator[Entry]:
    """Orders that hold today, with their terms in short; never what has ended."""
    for each in orders.register(session, found.case.id, in_london(chosen.now).date()):
        if each.state in HOLDS:
            term = each.term
            until = f"until {say(term.ends_on)}" if term.ends_on else "until further order"
            said = [f"Made {say(term.made_on)}, {until}. {STATES[each.state]}. {ARRESTS[Arrest(each.arrest)]}."]
            said += [each.words[name] for name in ("court", "reference", "terms") if each.words.get(name)]
            if each.breaches:
                said.append(f"Broken {each.breaches} time{'s' if each.breaches > 1 else ''}, as far as known here.")
            yield Entry(each.title, "\n".join(said))


def _household(session: Session, found: Frame, chosen: Chosen) -> Iterator[Entry]:
    """Children and others who live there: who they are to the person, never where they can be found."""
    answers = found.answers
    for label, text in (("As told at first", answers.at_home), ("Children, as told at first", answers.children_note)):
        if text:
            yield Entry(label, text)
    for each in _people(session, found, chosen):
        if each.part in IN_THE_HOME:
            victim = ["A victim in their own right (Domestic Abuse Act 2021, section 3)"] * each.victim_in_own_right
            yield Entry(PARTS[each.part], "\n".join((each.name, *_details(each, OF_SOMEBODY), *victim)))


def _other_person(session: Session, found: Frame, chosen: Chosen) -> Iterator[Entry]:
    """Who does harm, how that stands and on whose word, so that nobody reads "alleged" as proven."""
    for each in _people(session, found, chosen):
        if each.part == "other_person":
            last = each.stands[0] if each.stands else None
            stands = f"{STANDINGS[last.standing]}: {SOURCES[Source(last.source)]}" if last else "Alleged"
            name = each.details.get("name") or "Name not known"
            yield Entry(name, "\n".join((*_details(each, OF_WHO_DOES_HARM), stands)))


def _people(session: Session, found: Frame, chosen: Chosen) -> list[HouseholdRow]:
    day = in_london(chosen.now).date()
    rows = people.household(session, found.case.id, found.policy.definition, day)
    return [each for each in rows if not each.details.get("gone")]


def _details(person: HouseholdRow, labels: tuple[str, ...]) -> Iterator[str]:
    yield from (f"{label}: {text}" for label, text in person.shown if label in labels)


OF_THE_RECORD: dict[Part, Callable[[Session, Frame, Chosen], Iterator[Entry]]] = {
    Part.INCIDENTS: _incidents,
    Part.HOUSEHOLD: _household,
    Part.OTHER_PERSON: _other_person,
    Part.ORDERS: _orders,
    Part.RISK: _risk,
    Part.RISK_ANSWERS: _answers,
    Part.SAFETY_PLAN: _plan(PlanKind.SAFETY),
    Part.ACTION_PLAN: _plan(PlanKind.ACTION),
}
"""Who puts together what, for every part that another noun of the case keeps."""
PLANS = {Part.SAFETY_PLAN: PlanKind.SAFETY, Part.ACTION_PLAN: PlanKind.ACTION}
