"""What was broken: writing it down, and who bears the cost."""

from uuid import UUID

from werkzeug.wrappers import Response

from portal.cases.routes.section import section
from portal.cases.service import EditedMeanwhileError, NoSuchCaseError
from portal.domain.permissions import Permission
from portal.domain.securing import proposed_payer
from portal.homes.securing import damage as service
from portal.homes.securing.forms import DamageForm, SettleForm, today
from portal.homes.securing.routes.blueprint import HOME, WORDS, back, is_manager, pages, read, refuse
from portal.homes.securing.service import NotDecidedError
from portal.web.access import needs
from portal.web.here import now
from portal.web.landlord import work
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
    form, status = SettleForm(data=SettleForm.filled(row, proposed_payer(policy))), 200
    if form.is_submitted():
        status = 422
        if form.validate():
            try:
                with work() as session:
                    service.settle(
                        session,
                        case_id,
                        damage_id,
                        form.revision.data,
                        form.settled(),
                        actor(),
                        now(),
                        is_manager=is_manager(),
                    )
            except NotDecidedError as lacking:
                refuse(form, lacking)
            except EditedMeanwhileError:
                status, form.revision.data = 409, row.revision
            else:
                return back(case_id, "damage_settled")
    changed = status == 409  # noqa: PLR2004 - the answer's own number
    return section(
        "homes/securing/settle.html",
        found.frame,
        status=status,
        form=form,
        row=row,
        changed=changed,
        money=policy.money,
        prosecute=policy.securing.police_prosecute,
        **WORDS,
    )
