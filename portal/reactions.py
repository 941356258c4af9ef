"""One table: when this has happened, these jobs follow. And beside it: when it is time, these rounds are made."""

from datetime import datetime, time, timedelta
from functools import partial
from uuid import UUID

from sqlalchemy.orm import Session

from portal.cases.jobs import send_digests, tell_assignee
from portal.cases.reminded.jobs import remind_them
from portal.cases.retention.jobs import erase_due, warn_of_erasure
from portal.cases.reviews.jobs import remind_of_casework
from portal.deadlines.jobs import send_reminders
from portal.deadlines.reminders import take_back
from portal.deadlines.reviews import remind_of_review
from portal.deadlines.upkeep import remind_of_upkeep
from portal.domain.events import (
    CaseAssigned,
    ChildReported,
    ConsentWithdrawn,
    DutyOpened,
    Event,
    ExportAsked,
    HarmerLeft,
    ImportAsked,
    ImportUndoAsked,
    IncidentRecorded,
    JobEnded,
    JobOrdered,
    LifeThreatened,
    NameTakenOut,
    PackAsked,
    PolicyProposed,
    PolicyPublished,
    PolicySentBack,
    ReportReceived,
    RiskChanged,
    TheyWrote,
)
from portal.duties.jobs import review_for_new_law, tell_of_duty
from portal.governance.calendar.jobs import remind_of_calendar
from portal.governance.drafts.jobs import (
    offer_to_members,
    renew_face,
    tell_of_proposal,
    tell_of_publication,
    tell_of_return,
)
from portal.governance.impact.jobs import remind_of_impact
from portal.governance.oversight.jobs import send_yearly
from portal.homes.exchange.jobs import look_at_the_desk
from portal.homes.flags.jobs import look_at_flags
from portal.homes.options.jobs import consider_another_home
from portal.marac.referrals.jobs import copy_without_name, flag_repeat, settle_withdrawn
from portal.marac.referrals.lines import look_at_areas
from portal.marac.waiting import AT_THE_CONFERENCE
from portal.messaging.local_outbox import gateway_of
from portal.partners.agreements.jobs import remind_of_agreements
from portal.partners.grants.jobs import forget_name, forget_withdrawn
from portal.partners.reminding.jobs import address_at_agency, remind_agencies
from portal.partners.reminding.of_kept import KEPT_HERE
from portal.partners.reminding.of_shared import IN_SHARED_CASES
from portal.people.colleagues import address_of
from portal.people.inviting import address_of_asked
from portal.people.matrix import remind_of_gaps
from portal.people.resetting import code_for
from portal.people.trained import remind_of_training
from portal.referrals.jobs import (
    alert_for_child,
    alert_for_life,
    tell_of_report,
    tell_of_their_word,
    wipe_old_drafts,
)
from portal.referrals.matters import matters_of
from portal.referrals.untimed import press_for_help, tell_of_unopened
from portal.reports.benchmark.jobs import write_benchmark
from portal.reports.complaints.jobs import remind_of_complaints
from portal.reports.exports.jobs import let_exports_go, make_export
from portal.reports.findings.jobs import remind_of_findings
from portal.reports.packs.jobs import make_pack, prepare_packs
from portal.reports.performance.jobs import keep_figures
from portal.settings import Settings
from portal.store.database import erasing
from portal.systems.importing.jobs import let_imports_go, take_file_back, take_file_over
from portal.systems.webhooks.jobs import Carrier, tell_of_job_ended, tell_of_job_ordered, tell_of_policy
from portal.web.reminding import says
from portal.work.delivery import Postman
from portal.work.programme import LONG, Daily, Every, Programme, Reaction, Round, Urgency
from portal.work.sealing import seal_everything, seal_newest

REACTIONS: dict[type[Event], tuple[Reaction, ...]] = {
    LifeThreatened: (Reaction("alert-for-life", Urgency.NOW, alert_for_life),),
    ChildReported: (Reaction("alert-for-child", Urgency.NOW, alert_for_child),),
    ReportReceived: (Reaction("tell-of-report", Urgency.SOON, tell_of_report),),
    PolicyPublished: (
        Reaction("tell-of-publication", Urgency.SOON, tell_of_publication),
        Reaction("tell-systems-of-policy", Urgency.LATER, tell_of_policy),
    ),
    PolicyProposed: (Reaction("tell-of-proposal", Urgency.SOON, tell_of_proposal),),
    PolicySentBack: (Reaction("tell-of-return", Urgency.SOON, tell_of_return),),
    JobOrdered: (Reaction("tell-systems-of-job", Urgency.SOON, tell_of_job_ordered),),
    JobEnded: (Reaction("tell-systems-of-end", Urgency.SOON, tell_of_job_ended),),
    PackAsked: (Reaction("make-pack", Urgency.LATER, make_pack),),
    ImportAsked: (Reaction("take-over-file", Urgency.LATER, take_file_over, longest=LONG),),
    ImportUndoAsked: (Reaction("take-back-file", Urgency.LATER, take_file_back, longest=LONG),),
    ExportAsked: (Reaction("make-export", Urgency.LATER, make_export),),
    DutyOpened: (Reaction("tell-of-duty", Urgency.SOON, tell_of_duty),),
    RiskChanged: (
        Reaction("consider-another-home", Urgency.SOON, consider_another_home),
        Reaction("look-at-areas-by-risk", Urgency.SOON, look_at_areas),
    ),
    HarmerLeft: (Reaction("look-at-flags", Urgency.SOON, look_at_flags),),
    TheyWrote: (Reaction("tell-of-their-word", Urgency.SOON, tell_of_their_word),),
    CaseAssigned: (Reaction("tell-assignee", Urgency.SOON, tell_assignee),),
    IncidentRecorded: (
        Reaction("flag-repeat", Urgency.SOON, flag_repeat),
        Reaction("look-at-areas-by-incidents", Urgency.SOON, look_at_areas),
    ),
    ConsentWithdrawn: (
        Reaction("forget-withdrawn", Urgency.NOW, forget_withdrawn),
        Reaction("settle-withdrawn", Urgency.SOON, settle_withdrawn),
    ),
    NameTakenOut: (
        Reaction("forget-name", Urgency.NOW, forget_name),
        Reaction("copy-without-name", Urgency.NOW, copy_without_name),
    ),
}


def where_to_write(session: Session, account_id: UUID, now: datetime) -> str | None:
    """Where to write to somebody who works for this landlord, or for an agency, as long as they do; or is asked in."""
    return (
        address_of(session, account_id, now)
        or address_of_asked(session, account_id)
        or address_at_agency(session, account_id, now)
    )


def rounds(settings: Settings) -> tuple[Round, ...]:
    """What is done for each landlord again and again."""
    postman = Postman(gateway_of(settings), settings.base_url, where_to_write, take_back, code_for)
    reminders = partial(send_reminders, matters=matters_of)
    reminding = partial(remind_them, gateway=postman.gateway, says=says)
    carrier = Carrier(settings.portal_webhooks_anywhere)
    upkeep = partial(remind_of_upkeep, landlords=settings.portal_landlords_dir)
    new_law = partial(review_for_new_law, landlords=settings.portal_landlords_dir)
    return (
        Round("send-reminders", Urgency.NOW, Every(timedelta(seconds=15)), reminders),
        Round("deliver-messages", Urgency.SOON, Every(timedelta(seconds=5)), postman.deliver),
        Round(
            "remind-agencies", Urgency.SOON, Every(timedelta(minutes=5)),
            remind_agencies((IN_SHARED_CASES, KEPT_HERE, AT_THE_CONFERENCE)),
        ),
        Round("remind-them", Urgency.SOON, Every(timedelta(minutes=5)), reminding),
        Round("send-notices", Urgency.LATER, Every(timedelta(seconds=5)), carrier.deliver),
        Round("seal-audit", Urgency.LATER, Every(timedelta(minutes=1)), seal_newest),
        Round("look-at-the-desk", Urgency.LATER, Every(timedelta(minutes=2)), look_at_the_desk),
        Round("press-for-help", Urgency.SOON, Every(timedelta(minutes=1)), press_for_help),
        Round("let-imports-go", Urgency.LATER, Every(timedelta(minutes=10)), let_imports_go),
        Round("let-exports-go", Urgency.LATER, Every(timedelta(minutes=10)), let_exports_go),
        Round("wipe-old-drafts", Urgency.LATER, Every(timedelta(minutes=10)), wipe_old_drafts),
        Round("seal-everything", Urgency.LATER, Daily(time(3)), seal_everything),
        Round("erase-due", Urgency.LATER, Daily(time(4)), partial(erase_due, erasing=erasing(settings))),
        Round("warn-of-erasure", Urgency.LATER, Daily(time(7)), warn_of_erasure),
        Round("send-digests", Urgency.LATER, Daily(time(8)), send_digests),
        Round("tell-of-unopened", Urgency.LATER, Daily(time(8)), tell_of_unopened),
        Round("remind-of-agreements", Urgency.LATER, Daily(time(8)), remind_of_agreements),
        Round("remind-of-casework", Urgency.LATER, Daily(time(8)), remind_of_casework),
        Round("offer-to-members", Urgency.LATER, Every(timedelta(minutes=5)), offer_to_members(settings)),
        Round("renew-face", Urgency.LATER, Every(timedelta(minutes=5)), renew_face(settings)),
        Round("remind-of-review", Urgency.LATER, Daily(time(8)), remind_of_review),
        Round("review-for-new-law", Urgency.LATER, Daily(time(8)), new_law),
        Round("keep-figures", Urgency.LATER, Every(timedelta(hours=1)), keep_figures),
        Round("write-benchmark", Urgency.LATER, Daily(time(5)), write_benchmark),
        Round("remind-of-complaints", Urgency.LATER, Daily(time(8)), remind_of_complaints),
        Round("remind-of-findings", Urgency.LATER, Daily(time(8)), remind_of_findings),
        Round("prepare-packs", Urgency.LATER, Daily(time(8)), prepare_packs),
        Round("remind-of-calendar", Urgency.LATER, Daily(time(8)), remind_of_calendar),
        Round("send-yearly", Urgency.LATER, Daily(time(8)), send_yearly),
        Round("remind-of-impact", Urgency.LATER, Daily(time(8)), remind_of_impact),
        Round("remind-of-gaps", Urgency.LATER, Daily(time(8)), remind_of_gaps),
        Round("remind-of-training", Urgency.LATER, Daily(time(8)), remind_of_training),
        Round("remind-of-upkeep", Urgency.LATER, Daily(time(8)), upkeep),
    )  # fmt: skip


def programme(settings: Settings) -> Programme:
    """Everything that workers and scheduler have to do."""
    return Programme({event.__name__: found for event, found in REACTIONS.items()}, rounds(settings))
