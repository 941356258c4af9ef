"""The page on which somebody reads who asks them in, landlords and agencies alike, says the code and comes in."""

from flask import request, url_for
from werkzeug.wrappers import Response

from portal.partners.members import inviting as at_agencies
from portal.partners.members.forms import ComeInForm
from portal.partners.members.routes import pages
from portal.people import coming_in, inviting
from portal.people.coming_in import AddressNotShownError, AskedIn, InvitationOverError, WrongCodeError
from portal.people.proving.routes.blueprint import codes, default
from portal.store.scope import AgencyScope, LandlordScope
from portal.web.access import signed_in
from portal.web.fragments import moved, page
from portal.web.here import account_work, now, portal, public_work
from portal.web.limits import line, slow_sign_in
from portal.web.principal import actor, me

NOT_THIS_CODE = "This is not the code of the invitation, or it is over. Ask whoever gave it to you for another."
TOO_MANY = "There were several wrong codes. Wait a little, then try again."
KIND = "come in"


@pages.route("/come-in", methods=["GET", "POST"])
@slow_sign_in(line)
@signed_in
def come_in() -> Response:
    """Somebody reads who asks them in, and comes in by the code that was handed over."""
    if me().agency or me().operator or me().vouched_for:
        return moved(url_for("work.my_work"))
    asked, shown = _asked()
    form = ComeInForm()
    wanted = _wanted(asked) if form.is_submitted() and form.validate() else None
    if wanted and codes().wait(KIND, str(me().account_id), now()):
        form.refuse("code", TOO_MANY)
        return _page(form, asked, 429, shown=shown)
    if wanted:
        try:
            _come_in(wanted, form.code.data or "")
        except WrongCodeError:
            codes().wrong(KIND, str(me().account_id), now())
            form.refuse("code", NOT_THIS_CODE)
        except AddressNotShownError:
            shown = False
        except InvitationOverError:
            asked = [each for each in asked if each is not wanted]
        else:
            codes().right(KIND, str(me().account_id))
            return moved(url_for("work.my_work", done="came-in"))
    return _page(form, asked, 422 if form.errors else 200, shown=shown)


def _asked() -> tuple[list[AskedIn], bool]:
    """Who asks them in. Whoever works for a landlord is asked in by landlords alone: one person, one side."""
    with account_work(me().account_id) as session:
        found = inviting.of_me(session, me().account_id, now())
        if not (me().roles or me().shut):
            found += at_agencies.of_me(session, me().account_id, now())
        return found, coming_in.is_shown(session, me().account_id)


def _come_in(wanted: AskedIn, code: str) -> None:
    """In the scope of whoever asks; then whether the new role needs a second factor."""
    who, this = me().account_id, me().session_id
    if wanted.at_agency:
        with portal().database.work(AgencyScope(wanted.place_id, who)) as session:
            at_agencies.come_in(session, wanted, who, this, code, now())
    else:
        scope = LandlordScope(wanted.place_id, staff_cases=False, reader=who)
        with portal().database.work(scope) as session:
            inviting.come_in(session, wanted, actor(), this, code, now())
    with public_work() as session:
        coming_in.look_at_factors(session, who, default(), now())


def _wanted(asked: list[AskedIn]) -> AskedIn | None:
    return next((each for each in asked if str(each.id) == request.form.get("invitation")), None)


def _page(form: ComeInForm, asked: list[AskedIn], status: int, *, shown: bool) -> Response:
    return page("partners/members/come_in.html", status=status, asked=asked, form=form, shown=shown)
