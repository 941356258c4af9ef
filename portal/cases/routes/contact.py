"""Recording contact, and agreeing a time."""

from typing import Any
from uuid import UUID

from werkzeug.wrappers import Response

from portal.cases import contacts, interviews, reaching, service, story
from portal.cases.contacts import Attempt
from portal.cases.forms import ContactForm, TimeForm
from portal.cases.interviews import InterviewUnfinishedError
from portal.cases.routes.blueprint import CASE, case_url, pages, reader
from portal.cases.service import ContactRefusedError, EditedMeanwhileError
from portal.cases.signposts.queries import Services, services_of
from portal.cases.story import Story
from portal.cases.tasks.own import AgainstCautionError
from portal.deadlines.service import SurvivorTimeRefusedError
from portal.domain.calendar import in_london
from portal.domain.clock import StopAct
from portal.domain.permissions import Permission
from portal.domain.policy import DISCLOSURE
from portal.landlords.checked import lists
from portal.web.access import needs
from portal.web.fragments import moved, page
from portal.web.here import now
from portal.web.landlord import current_landlord, work
from portal.web.principal import actor, me

CONTACT = CASE + "/contact"
TIME = CASE + "/clocks/<uuid:clock_id>/time"


@pages.get(CONTACT)
@needs(Permission.CASE_WORK)
def contact(case_id: UUID) -> Response:
    """The form on which a contact is recorded, with how and when it is safe beside it."""
    found = _read(case_id)
    at = in_london(now())
    preferred = next((way.channel.value for way in reaching.ways(found.safe, now()) if way.allowed), None)
    form = ContactForm(day=at.date(), time=at.time(), channel=preferred, revision=found.case.revision)
    return _contact_page(found, form)


@pages.post(CONTACT)
@needs(Permission.CASE_WORK)
def record_contact(case_id: UUID) -> Response:
    """Keep a contact; refused with its reasons beside the channel, and nothing that was typed is lost."""
    form = ContactForm()
    if not form.validate():
        return _contact_page(_read(case_id), form, status=422)
    found = _read(case_id)
    attempt = form.attempt(wanted_act(found))
    try:
        met = _keep_contact(case_id, found, form, attempt)
    except ContactRefusedError as refused:
        form.refuse("channel" if attempt.at <= now() else "day", *refused.reasons)
        with work() as session:
            reaching.refused(session, case_id, attempt.channel, reader())
        return _contact_page(found, form, status=422, refused=attempt.at <= now())
    except AgainstCautionError as refused:
        form.refuse("options_later", str(refused))
        return _contact_page(found, form, status=422)
    except InterviewUnfinishedError as unfinished:
        for name, sentence in unfinished.missing.items():
            form.refuse(name, sentence)
        return _contact_page(found, form, status=422)
    except EditedMeanwhileError:
        return _contact_page(_read(case_id), form, status=409, changed=True)
    too_early = not met and attempt.act in {StopAct(each.stop_act) for each in found.clocks if each.running}
    return moved(case_url(case_id, "contact-too-early" if too_early else "contact"))


@pages.get(TIME)
@needs(Permission.CASE_WORK)
def time(case_id: UUID, clock_id: UUID) -> Response:
    """The form for the time that the survivor asked for."""
    found = _read(case_id)
    return _time_page(found, clock_id, TimeForm(revision=found.case.revision))


@pages.post(TIME)
@needs(Permission.CASE_WORK)
def agree_time(case_id: UUID, clock_id: UUID) -> Response:
    """Keep the survivor's own time; the policy's own stays beside it."""
    form = TimeForm()
    if not form.validate():
        return _time_page(_read(case_id), clock_id, form, status=422)
    try:
        with work() as session:
            story.unchanged(session, case_id, form.revision.data)
            words = form.words.data
            service.agree_time(session, case_id, clock_id, form.moment(), words, actor(), now())
    except SurvivorTimeRefusedError as refused:
        form.refuse("day", str(refused))
        return _time_page(_read(case_id), clock_id, form, status=422)
    except EditedMeanwhileError:
        return _time_page(_read(case_id), clock_id, form, status=409, changed=True)
    return moved(case_url(case_id, "time"))


def wanted_act(found: Story) -> StopAct:
    """What the policy wants to happen: the act that the next clock waits for, or the one of a report."""
    acts = (StopAct(each.stop_act) for each in found.clocks if each.met_at is None)
    spoken = (act for act in acts if act is not StopAct.REPAIRED)
    return next(spoken, found.policy.clock(DISCLOSURE).stop_act)


def _keep_contact(case_id: UUID, found: Story, form: ContactForm, attempt: Attempt) -> bool:
    """Did it end a clock?"""
    may_override = me().can(current_landlord().id, Permission.CONTACT_OVERRIDE)
    with work() as session:
        story.unchanged(session, case_id, form.revision.data)
        interviews.check(found.policy, attempt.act, form.interview(), interviews.offers_of(session, actor(), now()))
        met = contacts.record_contact(session, case_id, attempt, actor(), now(), may_override=may_override)
        interviews.record(session, case_id, form.interview(), actor(), attempt.at, now())
        return bool(met)


def _services() -> Services:
    with work() as session:
        return services_of(lists(session, current_landlord().face))


def _read(case_id: UUID) -> Story:
    with work() as session:
        return story.read(session, case_id, reader())


def _contact_page(
    found: Story, form: ContactForm, *, status: int = 200, refused: bool = False, changed: bool = False
) -> Response:
    if changed:
        form.revision.data = found.case.revision
    context: dict[str, Any] = {
        "story": found,
        "case": found.case,
        "form": form,
        "act": wanted_act(found),
        "asked_first": [kind.value for kind in interviews.asked_first(found.policy)],
        "ways": reaching.ways(found.safe, now()),
        "may_override": me().can(current_landlord().id, Permission.CONTACT_OVERRIDE),
        "refused": refused or form.happened.data,
        "changed": changed,
        "services": _services(),
        "today": in_london(now()).date().isoformat(),
    }
    return page("cases/contact.html", status=status, **context)


def _time_page(
    found: Story, clock_id: UUID, form: TimeForm, *, status: int = 200, changed: bool = False
) -> Response:
    clock = next((each for each in found.clocks if each.id == clock_id), None)
    if clock is None:
        raise service.NoSuchCaseError
    if changed:
        form.revision.data = found.case.revision
    return page(
        "cases/time.html", status=status, story=found, case=found.case, clock=clock, form=form, changed=changed
    )
