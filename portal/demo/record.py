"""Stories of cases with a record: incidents as told, a safety plan and an action plan, what came of them."""

from datetime import date, time
from uuid import UUID

from portal.cases.incidents import service as incidents
from portal.cases.incidents.told import Act, Children, ReportWish, Told, ToldBy, Towards
from portal.cases.plans import acting, copies, queries
from portal.cases.plans import service as plans
from portal.cases.plans.acting import Wanted
from portal.cases.plans.parts import ActionState, How, Owner
from portal.cases.plans.service import Agreement
from portal.cases.serious import service as serious
from portal.cases.tasks.service import Ending
from portal.cases.wishes import service as wishes
from portal.cases.wishes.said import About, HowSaid, Said, Step
from portal.demo import planning, risks
from portal.demo.desk import Desk
from portal.demo.households import Household
from portal.demo.moments import DAY, in_office
from portal.demo.steps import Story, met, opened, own_words, told_days_ago, worked
from portal.domain.calendar import in_london
from portal.domain.happened import Happened, Known
from portal.domain.plans import Content, Part, PlanKind, Rhythm, Unit
from portal.domain.serious import Matter
from portal.store.audit import Actor


def with_plans(desk: Desk) -> Story:
    """Incidents, both plans agreed, one action done and one that could not be, a second version, a review to come."""
    home = desk.homes.household(woman=True)
    yield told_days_ago(desk, 30, 60)
    case_id, officer = yield from worked(desk, home, own_words(desk, home))
    _incidents(desk, case_id, home, officer)
    yield desk.soon(60, 400)
    _plans_agreed(desk, case_id, home, officer)
    yield desk.now + 3 * DAY
    _ended(desk, case_id, home, officer)
    yield desk.now + 2 * DAY
    _write(desk, case_id, PlanKind.SAFETY, planning.SAFETY | planning.SAFETY_LATER, home, officer)
    _agree(desk, case_id, PlanKind.SAFETY, How.TELEPHONE, home, officer)
    copies.print_it(desk.session, case_id, PlanKind.SAFETY, officer, desk.now)


def being_planned(desk: Desk) -> Story:
    """A first incident and a draft that waits to be agreed; this plan is never to be printed."""
    home = desk.homes.household(woman=True)
    yield told_days_ago(desk, 3, 12)
    case_id, officer = yield from worked(desk, home, own_words(desk, home))
    day = in_london(desk.now - DAY).date()
    told = Told(Happened(Known.ABOUT, day), desk.now, ToldBy.SURVIVOR, home.say(planning.ABOUT_A_DAY), (Act.CONTROL,))
    incidents.record(desk.session, case_id, told, officer, desk.now)
    yield desk.soon(30, 200)
    _write(desk, case_id, PlanKind.SAFETY, planning.SAFETY, home, officer, not_to_send=True)
    _wishes(desk, case_id, home, officer)


def talk_broke_off(desk: Desk) -> Story:
    """Reached, and the talk about risk had to end half-way."""
    home = desk.homes.household()
    yield told_days_ago(desk, 3, 8)
    case_id, officer = yield from opened(desk, home, own_words(desk, home))
    yield from met(desk, case_id, home, officer)
    yield min(desk.soon(30, 90), desk.today)
    risks.half(desk, case_id, officer)


def serious_risk_waits(desk: Desk) -> Story:
    """Reached, with a serious risk to which nobody has answered yet: the police, or two people who say why not."""
    home = desk.homes.household()
    yield told_days_ago(desk, 3, 8)
    case_id, officer = yield from opened(desk, home, own_words(desk, home))
    yield from met(desk, case_id, home, officer)
    yield min(desk.soon(30, 90), desk.today)
    serious.note(desk.session, case_id, Matter.RISK, serious.Known(planning.WORSE_SOON), officer, desk.now)


def _wishes(desk: Desk, case_id: UUID, home: Household, officer: Actor) -> None:
    """What they want of two steps, and the one that was taken."""
    for about, wants, words in planning.WISHES:
        said = Said(about, wants, desk.now, HowSaid.TELEPHONE, home.say(words))
        wishes.record(desk.session, case_id, said, officer, desk.now)
    step = Step(About.AGENCY, desk.now, home.say(planning.STEP))
    wishes.take(desk.session, case_id, step, officer, desk.now, may_decide=False)


def _incidents(desk: Desk, case_id: UUID, home: Household, officer: Actor) -> None:
    today = in_london(desk.now).date()
    first = Told(
        Happened(Known.EXACT, _before(today, 9), time(22, 40)),
        desk.now,
        ToldBy.SURVIVOR,
        home.say(planning.AT_NIGHT),
        (Act.PHYSICAL, Act.DAMAGE),
        children=Children.NEARBY,
        report_wish=ReportWish.NOT_NOW,
        said={"where": "In the hall of the flat", "present": "Nobody else", "injuries": "A bruise on the arm"},
    )
    first_id = incidents.record(desk.session, case_id, first, officer, desk.now)
    by_police = Told(
        Happened(Known.BETWEEN, _before(today, 40), last_day=_before(today, 33)),
        desk.now,
        ToldBy.POLICE,
        home.say(planning.FROM_POLICE),
        (Act.STALKING, Act.ONLINE),
        towards=Towards.OTHER,
        report_wish=ReportWish.KNOWN,
        said={"police_reference": "CR/00417/26", "teller": "An officer of the public protection team"},
    )
    incidents.record(desk.session, case_id, by_police, officer, desk.now)
    put_right = Told(
        Happened(Known.EXACT, _before(today, 8), time(22, 40)),
        desk.now,
        ToldBy.SURVIVOR,
        home.say(planning.AT_NIGHT),
        (Act.PHYSICAL, Act.DAMAGE),
        children=Children.NEARBY,
        report_wish=ReportWish.NOT_NOW,
        said=first.said | {"why": "It was the Tuesday: the bins had gone out."},
    )
    incidents.correct(desk.session, case_id, first_id, put_right, officer, desk.now)


def _plans_agreed(desk: Desk, case_id: UUID, home: Household, officer: Actor) -> None:
    _write(desk, case_id, PlanKind.SAFETY, planning.SAFETY, home, officer)
    _agree(desk, case_id, PlanKind.SAFETY, How.IN_PERSON, home, officer)
    _write(desk, case_id, PlanKind.ACTION, planning.ACTION, home, officer, directions=("security", "support"))
    due = in_office(desk.now + 4 * DAY, desk.version.calendar)
    for what, owner, agency in planning.ACTIONS:
        wanted = Wanted(home.say(what), owner, agency, due_at=due if owner is not Owner.SURVIVOR else None)
        acting.add(desk.session, case_id, wanted, officer, desk.now)
    last = queries.actions(desk.session, case_id, queries.plan(desk.session, case_id, PlanKind.ACTION).id)[-1]
    acting.decline(desk.session, case_id, last.id, home.say(planning.DECLINED), officer, desk.now)
    _agree(desk, case_id, PlanKind.ACTION, How.IN_PERSON, home, officer)


def _ended(desk: Desk, case_id: UUID, home: Household, officer: Actor) -> None:
    plan = queries.plan(desk.session, case_id, PlanKind.ACTION)
    still = [each for each in queries.actions(desk.session, case_id, plan.id) if each.state is ActionState.OPEN]
    for action, (ending, words) in zip(still, planning.ENDED, strict=False):
        acting.end(desk.session, case_id, action.id, Ending(ending), home.say(words), officer, desk.now)


def _write(
    desk: Desk,
    case_id: UUID,
    kind: PlanKind,
    parts: dict[str, str],
    home: Household,
    officer: Actor,
    *,
    directions: tuple[str, ...] = (),
    not_to_send: bool = False,
) -> None:
    """An empty part is one that they declined."""
    said = {name: Part(home.say(words), declined=not words) for name, words in parts.items()}
    revision = queries.plan(desk.session, case_id, kind).revision
    content = Content(said, directions)
    plans.write(
        desk.session, case_id, kind, content, revision, officer, desk.now, not_to_send=not_to_send
    )


def _agree(desk: Desk, case_id: UUID, kind: PlanKind, how: How, home: Household, officer: Actor) -> None:
    revision = queries.plan(desk.session, case_id, kind).revision
    rhythm = Rhythm(2, Unit.WEEKS, agreed=True)
    agreement = Agreement(desk.now, how, said=home.say(planning.AGREED), rhythm=rhythm)
    plans.agree(desk.session, case_id, kind, revision, agreement, officer, desk.now)


def _before(day: date, days: int) -> date:
    return day - days * DAY

