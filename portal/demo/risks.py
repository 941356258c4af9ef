"""How the risk of the invented cases was assessed: what was answered, what was judged, and what called for more."""

from collections.abc import Generator
from datetime import date, datetime, timedelta
from uuid import UUID

from portal.cases.assessments import drafts, queries, service
from portal.cases.assessments.drafts import Said, Typed
from portal.cases.assessments.service import FromOutside, Verdict
from portal.cases.serious.queries import waits as serious_waits
from portal.cases.tasks import service as tasks
from portal.cases.tasks.queries import of_case
from portal.cases.tasks.service import Ending
from portal.demo.desk import Desk
from portal.demo.grave import answered
from portal.domain.calendar import in_london
from portal.domain.risk import Answer, Instrument, Level, StaffRisk
from portal.domain.risk.triggers import Basis, ReceivedKind, Trigger
from portal.domain.tasks import TASKS, TaskKind
from portal.landlords.assessed_with import newest
from portal.store.audit import Actor

Story = Generator[datetime, None, None]
COUNTS = (3, 5, 6, 8, 9, 10, 11, 12, 14, 15, 17)
JUDGED_HIGHER = "The count does not show how fast this has moved in a fortnight. Talked through with a senior."
COMMENTS = {
    "1": "Bruised wrist, seen at the visit. Did not want a doctor.",
    "2": "“I sleep in my clothes.”",
    "6": "Asked for a separation three weeks ago.",
    "8": "Forty messages in one night; waits outside work.",
    "12": "Has to photograph the clock at work to show where they are.",
    "15": "“Only the once.” Told of injuries that cannot be seen.",
    "23": "The order runs until spring.",
}
STAFF = (
    (StaffRisk.NONE_KNOWN, ""),
    (StaffRisk.NONE_KNOWN, ""),
    (StaffRisk.NOT_KNOWN, ""),
    (StaffRisk.NOT_ALONE, "Shouted at the gas engineer in May and stood in the doorway."),
    (StaffRisk.NO_VISITS, "Has a knife by the door, by two accounts. Meet at the office."),
)
CHANGES = (
    (Trigger.SEPARATION, "Has told the family that it is over."),
    (Trigger.COURT, "First hearing of the order."),
    (Trigger.RELEASE, "Remand ends; the police rang."),
    (Trigger.MOVE, "Viewing on Monday, keys the week after."),
)
DONE_BY_THEN = (TaskKind.MARAC_REFERRAL, TaskKind.RISK_SAFETY_PLAN, TaskKind.SIGNPOST, TaskKind.POLICY_STEP)
POLICE = FromOutside(
    ReceivedKind.DARA,
    date(2026, 1, 1),
    "Police, response team",
    "Medium",
    "Graded medium at the scene. Officer notes that answers were given with the other person in the next room.",
)


def first(desk: Desk, case_id: UUID, officer: Actor) -> Story:
    """The first assessment, soon after they were reached, and what follows from it."""
    fate = desk.chance.random()
    if fate < 0.15:  # noqa: PLR2004 - a few are never asked
        return
    yield desk.soon(60, 600)
    if fate < 0.22:  # noqa: PLR2004 - and a few do not want to be
        service.decline(desk.session, case_id, "Not today. Will say when.", officer, desk.now)
        return
    if fate < 0.3:  # noqa: PLR2004 - and some talks break off
        half(desk, case_id, officer)
        return
    assess(desk, case_id, officer, desk.chance.choice(COUNTS))
    yield desk.soon(200, 900)
    _did_what_was_asked(desk, case_id, officer)


def half(desk: Desk, case_id: UUID, officer: Actor) -> None:
    """An assessment that was begun: eleven answers stand, and it can be gone on with."""
    sheet_id = drafts.start(desk.session, case_id, "dash", officer, desk.now)
    answers = dict(list(_answers(desk, _dash(desk), desk.chance.choice(COUNTS)).items())[:11])
    drafts.answer(desk.session, case_id, sheet_id, answers, officer, desk.now)


def again(desk: Desk, case_id: UUID, officer: Actor) -> Story:
    """Weeks later something changes, and the risk is looked at anew."""
    for _ in range(desk.chance.choice((0, 1, 2))):
        yield desk.soon(6000, 20000)
        if desk.chance.random() < 0.4:  # noqa: PLR2004 - the police send theirs now and then
            came = in_london(desk.now).date() - timedelta(days=2)
            outside = FromOutside(POLICE.kind, came, POLICE.source, POLICE.result, POLICE.words)
            service.receive(desk.session, case_id, outside, officer, desk.now)
        kind, words = desk.chance.choice(CHANGES)
        on = in_london(desk.now).date() + timedelta(days=desk.chance.randint(0, 12))
        service.trigger(desk.session, case_id, kind, on, words, officer, desk.now)
        yield desk.soon(100, 300)
        assess(desk, case_id, officer, desk.chance.choice(COUNTS))
        yield desk.soon(200, 900)
        _did_what_was_asked(desk, case_id, officer)

MOSTLY = 0.8


def assess(desk: Desk, case_id: UUID, officer: Actor, count: int) -> None:
    """A whole assessment in one talk."""
    session, instrument = desk.session, _dash(desk)
    sheet_id = drafts.start(session, case_id, "dash", officer, desk.now)
    drafts.answer(session, case_id, sheet_id, _answers(desk, instrument, count), officer, desk.now)
    staff_risk, staff_words = desk.chance.choice(STAFF)
    raised = 6 < count < 10 and desk.chance.random() < 0.5  # noqa: PLR2004 - judgement speaks where the count is unsure
    verdict = Verdict(
        seen=queries.sheet(session, case_id, sheet_id).seen,
        staff_risk=staff_risk,
        again_on=in_london(desk.now).date() + timedelta(days=desk.chance.randint(120, 240)),
        judgement=Level.HIGH if raised else None,
        why=JUDGED_HIGHER if raised else "",
        basis=Basis.VITAL_INTERESTS if raised else None,
        area=desk.version.policy.marac_areas[0].id if desk.version.policy.marac_areas else None,
        staff_words=staff_words,
    )
    service.complete(session, case_id, sheet_id, verdict, officer, desk.now)
    if serious_waits(session, case_id) and desk.chance.random() < MOSTLY:
        answered(desk, case_id, officer)


def _answers(desk: Desk, instrument: Instrument, count: int) -> dict[str, Typed]:
    counted = [each.number for each in instrument.items if each.counted]
    yes = set(desk.chance.sample(counted, count))
    unknown = set(desk.chance.sample(sorted(set(counted) - yes), desk.chance.choice((0, 1, 2))))
    found = {}
    for each in instrument.items:
        said = Answer.YES if each.number in yes else Answer.UNKNOWN if each.number in unknown else Answer.NO
        comment = COMMENTS.get(each.number, "") if said is Answer.YES else ""
        found[each.number] = Typed(Said(said, comment), 0)
    return found


def _did_what_was_asked(desk: Desk, case_id: UUID, officer: Actor) -> None:
    asked = {TASKS[kind] for kind in DONE_BY_THEN}
    for each in of_case(desk.session, case_id):
        if each.what in asked:
            tasks.end(desk.session, case_id, each.id, Ending.DONE, "", officer, desk.now)


def _dash(desk: Desk) -> Instrument:
    return next(each for each in newest(desk.session).values() if each.code == "dash")
