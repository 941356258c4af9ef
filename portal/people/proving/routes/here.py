"""What a landlord asks of the sign-in of its people, and who does not have it yet."""

from typing import Any

from flask import url_for
from werkzeug.wrappers import Response

from portal.domain.permissions import ROLE_NAMES, Permission, Role
from portal.people.proving import rules, standing
from portal.people.proving.forms import RuleForm
from portal.people.proving.routes.blueprint import default, pages
from portal.people.proving.rules import RuleChangedError
from portal.people.proving.standing import Standing
from portal.web.access import needs
from portal.web.forms import options
from portal.web.fragments import moved, page
from portal.web.here import now
from portal.web.landlord import current_landlord, work
from portal.web.principal import actor, permission_used

HERE = "/<landlord>/sign-in-rule"


@pages.get(HERE)
@needs(Permission.PEOPLE_ADMIN)
def rule() -> Response:
    """The rule, and how everybody stands to it."""
    return _page(None, 200)


@pages.post(HERE)
@needs(Permission.PEOPLE_ADMIN)
def rule_changed() -> Response:
    """Another rule, from everybody's next sign-in on."""
    form = _form()
    if not form.validate():
        return _page(form, 422)
    chosen = [Role(each) for each in form.roles.data or ()]
    try:
        with work() as session:
            rules.change(session, chosen, form.minutes.data, int(form.revision.data or 0), actor(), now())
    except RuleChangedError:
        return _page(form, 409, changed=True)
    return moved(url_for("proving.rule", done="rule-changed"))


def _page(form: RuleForm | None, status: int, *, changed: bool = False) -> Response:
    with work() as session:
        found: Standing = standing.read(session, default(), actor(), permission_used(), now())
    if form is None:
        form = _form(data=_as_form(found))
    elif changed:
        form.revision.data = found.rule.revision
    return page(
        "people/proving/rule.html",
        status=status,
        here=current_landlord(),
        form=form,
        found=found,
        changed=changed,
        default_roles=[says for role, says in ROLE_NAMES.items() if role in rules.DEFAULT_ROLES],
        default_minutes=rules.MINUTES,
    )


def _form(**given: Any) -> RuleForm:  # noqa: ANN401 - what WTForms takes
    form = RuleForm(**given)
    form.roles.choices = options({role.value: says for role, says in ROLE_NAMES.items()})
    return form


def _as_form(found: Standing) -> dict[str, object]:
    asked = found.rule
    return {"roles": [each.value for each in asked.roles], "minutes": asked.minutes, "revision": asked.revision}
