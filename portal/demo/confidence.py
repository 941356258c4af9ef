"""Stories of who may know: a case that is restricted and opened in an emergency, one without a name, a tenancy file."""

from datetime import timedelta

from sqlalchemy import select

from portal.cases.anonymity import clearance
from portal.cases.anonymity import service as anonymity
from portal.cases.confidentiality import emergency
from portal.cases.confidentiality import service as confidentiality
from portal.cases.confidentiality.emergency import Asked
from portal.cases.household.queries import first_of
from portal.cases.models import Case
from portal.cases.tenancy_file import papers
from portal.cases.tenancy_file import service as tenancy_file
from portal.cases.tenancy_file.papers import Decided, Gathered
from portal.demo.desk import Desk
from portal.demo.moments import HOUR
from portal.demo.steps import Story, own_words, told_days_ago, worked
from portal.domain.tenancy_file import ActsAs, Asker, Giving, Kind, OtherSays, Test, Whose

NOTES = """Tap in the kitchen mended, no charge.
Call from the domestic abuse team about the locks.
She asked who else can see this file.
Gas safety check done, certificate left in the home."""
ASKED_WHO_SEES_IT = 2
FREE = Test(Whose.THEIRS, tells=False)
TELLING = Test(Whose.BOTH, OtherSays.NOT_ASKED, reasonable=False, tells=True, reason="Two lines tell who rang us.")
LETTER = Test(Whose.ANOTHER, OtherSays.NOT_ASKED, reasonable=False, tells=True, reason="A letter about somebody else.")
GATHERED = (
    (Kind.RENT, "", "Rent account: in credit.", Decided(Giving.RELEASED, (), FREE)),
    (Kind.NOTES, "Notes of this year", NOTES, Decided(Giving.REDACTED, (ASKED_WHO_SEES_IT,), TELLING)),
    (Kind.LETTERS, "From the school", "A child has changed school.", Decided(Giving.WITHHELD, (), LETTER)),
)
CLEARED_FOR = timedelta(days=60)


def restricted(desk: Desk) -> Story:
    """A colleague is a brother of the person who does harm; later a senior has to open the case in an emergency."""
    home = desk.homes.household()
    yield told_days_ago(desk, 25, 50)
    case_id, officer = yield from worked(desk, home, own_words(desk, home))
    yield desk.soon(60, 600)
    manager, others = desk.team.manager, [each for each in desk.team.officers if each != officer]
    why = "A colleague’s family is part of it."
    confidentiality.restrict(desk.session, case_id, [], why, manager, desk.now)
    he = first_of(desk.session, case_id, "other_person")
    if others and others[0].account_id:
        barred, says = others[0].account_id, "He is their brother."
        confidentiality.bar(desk.session, case_id, barred, says, manager, desk.now, person_id=he)
    yield desk.today - 7 * HOUR
    senior = desk.team.senior
    if senior.account_id:
        reference = desk.session.scalars(select(Case.reference).where(Case.id == case_id)).one()
        why = "The school rings: he is at the gate, and the officer does not answer."
        asked = Asked(senior.account_id, staff_cases=False)
        emergency.open_in_emergency(desk.session, reference, why, asked, senior, desk.now)


def without_a_name(desk: Desk) -> Story:
    """The joint tenant asks for the file, so the name goes out of the case."""
    home = desk.homes.household()
    yield told_days_ago(desk, 25, 50)
    case_id, officer = yield from worked(desk, home, own_words(desk, home))
    yield desk.soon(30, 300)
    anonymity.take_name_out(desk.session, case_id, "A solicitor has asked for the file.", officer, desk.now)
    yield desk.soon(60, 2000)
    desk.note(case_id, home, officer)
    if officer.account_id:
        until, why = desk.now.date() + CLEARED_FOR, "Goes with them to the solicitor, and has to know the name."
        clearance.clear(desk.session, case_id, officer.account_id, until, why, desk.team.manager, desk.now)


def file_asked_for(desk: Desk) -> Story:
    """A solicitor asks for the tenancy file; an officer has gone through it, and nobody has signed yet."""
    home = desk.homes.household()
    yield told_days_ago(desk, 25, 50)
    case_id, officer = yield from worked(desk, home, own_words(desk, home))
    yield desk.today - 4 * HOUR
    asked = tenancy_file.Asked(
        Asker.ACTING, "Pemberton and Vale", "Sam Example", desk.now.date(), ActsAs.SOLICITOR, authority_seen=True
    )
    request_id = tenancy_file.record(desk.session, case_id, asked, officer, desk.now)
    for kind, title, words, decided in GATHERED:
        paper = papers.gather(desk.session, case_id, request_id, Gathered(kind, title, words), officer, desk.now)
        papers.decide(desk.session, case_id, request_id, paper, 1, decided, officer, desk.now)
    tenancy_file.sign_first(desk.session, case_id, request_id, 1 + 2 * len(GATHERED), officer, desk.now)
