"""What was broken: writing it down, and who bears the cost."""

from uuid import UUID

from werkzeug.wrappers import Response

from portal.cases.routes.section import section
from portal.cases.service import NoSuchCaseError
from portal.domain.permissions import Permission
from portal.domain.securing import proposed_payer
from portal.homes.routes import answer_form, is_manager
from portal.homes.securing import damage as service
from portal.homes.securing.forms import DamageForm, SettleForm, today
from portal.homes.securing.routes.blueprint import HOME, WORDS, back, kept, pages, read
from portal.web.access import needs
from portal.web.here import now
from portal.web.landlord import Work, work
from portal.web.principal import actor

DAMAGE = HOME + "/damage/<uuid:damage_id>"


@pages.route(HOME + "/damage/add", methods=["GET", "POST"])
@needs(Permission.CASE_WORK)
def add_damage(case_id: UUID) -> Response:
    """Write damage down; with danger, the policy's clock starts."""
    found = read(case_id)
    form = DamageForm(found_on=today())
    if form.is_submitted() and form.validate():
        with work() as session:
            service.record(session, case_id, form.damage(), actor(), now())
        return back(case_id, "damage")
    status = 422 if form.is_submitted() else 200
    clock = found.frame.policy.clock("unsafe-damage")
    return section("homes/securing/damage.html", found.frame, status=status, form=form, clock=clock)


@pages.route(DAMAGE, methods=["GET", "POST"])
@needs(Permission.CASE_WORK)
def settle(case_id: UUID, damage_id: UUID) -> Response:
    """Who bears the cost, and what the police were asked."""
    found = read(case_id)
    row = found.work.broken(damage_id)
    if row is None:
        raise NoSuchCaseError
    policy = found.frame.policy
    form = SettleForm(data=SettleForm.filled(row, proposed_payer(policy)))

    def keep(session: Work) -> None:
        revision, said = form.revision.data, form.settled()
        service.settle(session, case_id, damage_id, revision, said, actor(), now(), is_manager=is_manager())

    return answer_form(
        "homes/securing/settle.html",
        found.frame,
        form,
        keep,
        kept(case_id, "damage_settled"),
        revision=row.revision,
        row=row,
        money=policy.money,
        prosecute=policy.securing.police_prosecute,
        **WORDS,
    )
