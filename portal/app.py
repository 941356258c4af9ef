"""The one place where all parts meet."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any
from uuid import UUID

from flask import Flask
from flask_migrate import Migrate
from flask_wtf import CSRFProtect
from redis import Redis
from werkzeug.middleware.proxy_fix import ProxyFix

from portal.cases import routes as cases
from portal.cases.advice import routes as advice
from portal.cases.anonymity import routes as anonymity
from portal.cases.approvals import routes as approvals
from portal.cases.assessments import routes as assessments
from portal.cases.assessments.routes.sheet import AREAS
from portal.cases.closing import routes as closing
from portal.cases.closing.checks import ABOVE, AT_REVIEW
from portal.cases.confidentiality import routes as confidentiality
from portal.cases.consents import routes as consents
from portal.cases.disclosures import routes as disclosures
from portal.cases.documents import routes as documents
from portal.cases.elsewhere import routes as elsewhere
from portal.cases.handover import routes as handover
from portal.cases.household import routes as household
from portal.cases.household.routes import APART
from portal.cases.incidents import routes as incidents
from portal.cases.looking import routes as looking
from portal.cases.meetings import routes as meetings
from portal.cases.needs import routes as needs
from portal.cases.orders import routes as orders
from portal.cases.plans import routes as plans
from portal.cases.retention import routes as retention
from portal.cases.reviews import routes as reviews
from portal.cases.safeguarding import routes as safeguarding
from portal.cases.serious import routes as serious
from portal.cases.signposts import routes as signposts
from portal.cases.support import routes as support
from portal.cases.tasks import routes as tasks
from portal.cases.tenancy_file import routes as tenancy_file
from portal.cases.wishes import routes as wishes
from portal.directory import routes as directory
from portal.domain.permissions import Role
from portal.domain.systems import ApiScope
from portal.duties import routes as duties
from portal.equality import routes as equality
from portal.every_table import Base
from portal.governance.calendar import routes as calendar
from portal.governance.calendar.waiting import waiting
from portal.governance.drafts import routes as drafts
from portal.governance.impact import routes as impact
from portal.governance.law import routes as law
from portal.governance.look import routes as look
from portal.governance.moving import routes as moving
from portal.governance.oversight import routes as oversight
from portal.homes.closing_checks import CHECKS
from portal.homes.exchange import routes as exchange
from portal.homes.eyes import routes as eyes
from portal.homes.flags import routes as flags
from portal.homes.moves import routes as moves
from portal.homes.new_home import routes as new_home
from portal.homes.new_home.unspoken import is_new_home
from portal.homes.options import routes as options
from portal.homes.options.routes import AGREEMENTS
from portal.homes.panels import routes as panels
from portal.homes.register import routes as register
from portal.homes.securing import link_routes as job_links
from portal.homes.securing import routes as securing
from portal.homes.settling import routes as settling
from portal.homes.tenancy import routes as tenancy
from portal.landlords import policy_routes as policies
from portal.landlords import routes as landlords
from portal.languages import checking_routes as checking
from portal.languages import routes as spoken
from portal.languages.choice import chosen
from portal.marac.actions import routes as agreed
from portal.marac.areas import routes as areas
from portal.marac.board import routes as board
from portal.marac.board.on_list import at_conference
from portal.marac.minutes import routes as minutes
from portal.marac.papers import routes as papers
from portal.marac.referrals import routes as conference
from portal.marac.referrals.lines import drawn_for
from portal.operators import routes as operators
from portal.operators.queries import pose_operator_asks
from portal.partners.agreements import routes as agreements
from portal.partners.agreements.queries import cited
from portal.partners.asked import routes as asked
from portal.partners.entries import routes as entries
from portal.partners.forums import routes as forums
from portal.partners.grants import routes as grants
from portal.partners.kept import routes as kept
from portal.partners.members import coming_in_routes as members
from portal.partners.members.queries import pose_my_agency
from portal.partners.shared import routes as shared
from portal.partners.shared.on_list import ABOVE as ON_LIST
from portal.people import confidence_routes as confidence
from portal.people import inviting_routes as staff_pages
from portal.people import notice_routes as notices
from portal.people import outbox_routes as outbox
from portal.people import profile_routes as profile
from portal.people import routes as people
from portal.people import sign_in_routes as sign_ins
from portal.people import training_routes as training
from portal.people.proving import routes as proving
from portal.people.service import pose_principal
from portal.referrals import paper_routes as on_paper
from portal.referrals import receipt_routes as receipts
from portal.referrals import refused
from portal.referrals import routes as referrals
from portal.referrals import search_routes as search
from portal.referrals import staying_routes as staying
from portal.referrals import triage_routes as triage
from portal.referrals import worklist_routes as worklist
from portal.referrals.coming_back import desk_routes as back_desk
from portal.referrals.coming_back import routes as back
from portal.reports.benchmark import routes as benchmark
from portal.reports.complaints import routes as complaints
from portal.reports.evidence import routes as evidence
from portal.reports.exports import routes as exports
from portal.reports.findings import routes as findings
from portal.reports.lacking import routes as lacking
from portal.reports.lacking.queries import at_review
from portal.reports.packs import routes as packs
from portal.reports.performance import routes as figures
from portal.reports.residents import routes as residents
from portal.settings import Settings
from portal.store.database import Database
from portal.store.scope import NOBODY, LandlordScope
from portal.systems.api import routes as api
from portal.systems.importing import routes as importing
from portal.systems.tokens import routes as system_tokens
from portal.systems.tokens.service import admit, named
from portal.systems.webhooks import routes as webhooks
from portal.web import (
    access,
    errors,
    files,
    fragments,
    headers,
    landlord,
    languages,
    limits,
    principal,
    sessions,
    systems,
    templating,
    weight,
)
from portal.web.here import Portal, public_glance, taking_in
from portal.web.here import now as here_now

ROOT = Path(__file__).resolve().parent.parent
csrf = CSRFProtect()
LARGEST_FORM = 512 * 1024
PARTS = (
    landlords,
    spoken,
    checking,
    policies,
    people,
    staff_pages,
    notices,
    sign_ins,
    proving,
    training,
    confidence,
    profile,
    outbox,
    referrals,
    on_paper,
    staying,
    equality,
    back,
    back_desk,
    worklist,
    triage,
    receipts,
    search,
    cases,
    looking,
    tasks,
    tenancy_file,
    needs,
    meetings,
    duties,
    directory,
    drafts,
    impact,
    calendar,
    moving,
    law,
    look,
    oversight,
    operators,
    incidents,
    assessments,
    signposts,
    advice,
    support,
    elsewhere,
    consents,
    disclosures,
    documents,
    closing,
    retention,
    handover,
    reviews,
    anonymity,
    approvals,
    confidentiality,
    plans,
    wishes,
    household,
    orders,
    safeguarding,
    serious,
    securing,
    job_links,
    agreements,
    forums,
    options,
    panels,
    moves,
    members,
    kept,
    new_home,
    tenancy,
    settling,
    flags,
    register,
    eyes,
    exchange,
    grants,
    shared,
    figures,
    areas,
    board,
    conference,
    entries,
    asked,
    papers,
    agreed,
    minutes,
    packs,
    evidence,
    findings,
    complaints,
    lacking,
    exports,
    benchmark,
    residents,
    system_tokens,
    webhooks,
    importing,
    api,
)


class Lintel(Flask):
    """Flask, all of whose views are plain functions: it need not look at each call whether one has to be awaited."""

    def ensure_sync(self, func: Callable[..., Any]) -> Callable[..., Any]:
        """The function as it is."""
        return func


def create_app(settings: Settings, *, now: Callable[[], datetime] = lambda: datetime.now(UTC)) -> Flask:
    """The web application. Its parts are handed in, so that tests can give it another clock or database."""
    app = Lintel(__name__, static_folder=ROOT / "static", template_folder=None)
    app.config.update(
        SECRET_KEY=settings.secret_key,
        MAX_CONTENT_LENGTH=LARGEST_FORM,
        MAX_FORM_MEMORY_SIZE=LARGEST_FORM,
        WTF_CSRF_TIME_LIMIT=None,
        WTF_CSRF_SSL_STRICT=False,  # it asks for a referrer, and our pages let a browser send none
        PREFERRED_URL_SCHEME="https" if settings.https else "http",
        TESTING=settings.env == "test",
        PROPAGATE_EXCEPTIONS=False,
    )
    database = Database(settings)
    app.extensions["portal"] = Portal(settings, database, Redis.from_url(settings.redis_url), now)
    sessions.init_app(app, https=settings.https)
    refused.init_app(app)
    headers.init_app(app, https=settings.https)
    weight.init_app(app)
    landlord.init_app(app)
    principal.init_app(app, find_principal)
    limits.init_app(app, settings.limits_url, enabled=settings.limits)
    files.init_app(app, settings.largest_file)
    csrf.init_app(app)
    csrf.exempt(api.pages)  # nobody has a cookie there
    systems.init_app(app, partial(find_system, app))
    access.init_app(app)
    proving.again.init_app(app)
    fragments.htmx.init_app(app)
    errors.init_app(app)
    languages.init_app(app, find_language)
    templating.init_app(app, ROOT / "templates")
    app.extensions[ABOVE], app.extensions[AT_REVIEW] = CHECKS, (*CHECKS, at_review)
    app.extensions[APART] = is_new_home
    app.extensions[ON_LIST] = (at_conference,)
    app.extensions[AGREEMENTS] = cited
    app.extensions[AREAS] = drawn_for
    app.extensions[worklist.WAITING] = waiting
    Migrate(app, Base, directory=str(ROOT / "migrations"))
    if settings.portal_proxies:
        hops = settings.portal_proxies
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=hops, x_proto=hops, x_host=hops)  # type: ignore[method-assign]
    for part in PARTS:
        app.register_blueprint(part.pages)
    return app


def find_language(landlord_id: UUID, secret: str) -> str | None:
    """The language that was chosen in the browser with this secret."""
    with taking_in(landlord_id) as session:
        return chosen(session, secret, here_now())


def find_principal(token: str) -> principal.Principal | None:
    """Whose session cookie this is. Whoever works for an agency is on that side, and has no role at a landlord.

    Whoever runs the portal has no role but that of support, where a landlord has let them in.
    """
    with public_glance() as glance:
        who = pose_principal(glance, token, here_now())
        runs_it, agency = pose_operator_asks(glance), pose_my_agency(glance)
        found = who()
    if found is None or found.vouched_for or any(held - {Role.SUPPORT} for held in found.roles.values()):
        return found
    return replace(found, operator=True) if runs_it() else replace(found, roles={}, agency=agency())


def find_system(
    app: Flask, landlord_id: UUID, secret: str, scope: ApiScope | None, call: str
) -> systems.System | None:
    """Whose token this is, with nobody's eyes; the call is written down before it is answered."""
    here: Portal = app.extensions["portal"]
    with here.database.work(LandlordScope(landlord_id, staff_cases=False, reader=NOBODY)) as session:
        found = admit(session, secret, scope, call, here.now())
    if found is None:
        return None
    return systems.System(found.token_id, landlord_id, named(found.name), found.may, scope.value if scope else None)
