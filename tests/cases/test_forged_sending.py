"""What somebody sends has to come from a page of their own: another page on another site cannot send it for them."""

from sqlalchemy import func, select

from portal.cases.models import TimelineEntry
from portal.domain.permissions import Role
from tests.client import PageClient
from tests.desk import Desk


def token_of(client: PageClient, url: str) -> str:
    client.get(url)
    found: str = client.page.forms[-1]["fields"]["csrf_token"][0]
    return found


def test_a_token_serves_its_own_sign_in_on_every_page_and_no_other(desk: Desk) -> None:
    case_id = desk.case()
    url = desk.case_url(case_id)
    one, other = desk.client(Role.OFFICER), desk.client(Role.OFFICER)
    hers, his = token_of(one, url), token_of(other, url)
    assert hers == token_of(one, "/desk/"), "signed once for a sign-in"
    assert hers != his
    one.post(f"{url}/notes", {"words": "Sent from another page.", "csrf_token": his}, status=400)
    for wrong in ("", hers[:-1], f"{hers}x", hers.partition(".")[0]):
        one.post(f"{url}/notes", {"words": "Sent from another page.", "csrf_token": wrong}, status=400)
    one.post(f"{url}/notes", {"words": "Rang her sister.", "csrf_token": hers})
    with desk.place.work() as session:
        notes = select(func.count()).where(TimelineEntry.case_id == case_id, TimelineEntry.kind == "note")
        assert session.scalar(notes) == 1


def test_a_form_on_a_page_that_was_looked_at_before_holds_what_was_typed_into_it_only(desk: Desk) -> None:
    """A blank form is made once and shown to all: nothing that anybody typed may stay in it."""
    url = desk.case_url(desk.case())
    one, other = desk.client(Role.OFFICER), desk.client(Role.OFFICER)
    one.get(url)
    page = one.submit({"words": "Zqx half a note", "day": "someday"}, form="/notes", status=422)
    assert "Zqx half a note" in page.html
    assert "Zqx" not in other.get(url).html
    assert "Zqx" not in one.get(url).html


def test_a_cookie_of_the_desk_that_somebody_changed_opens_nothing_and_the_true_one_goes_on(desk: Desk) -> None:
    """A cookie is proved once in an hour: what was proved is that cookie, and no other one."""
    client, url = desk.client(Role.OFFICER), desk.case_url(desk.case())
    client.get(url)
    cookie = client.http.get_cookie("d", path="/desk")
    assert cookie
    body, _, signature = cookie.value.rpartition(".")
    other = "a" if body[0] != "a" else "b"
    for wrong in (f"{body}.{signature[:-1]}", f"{other}{body[1:]}.{signature}", body, "x"):
        client.http.set_cookie("d", wrong, path="/desk")
        assert client.http.get(url).status_code == 303, "to the sign-in"
    client.http.set_cookie("d", cookie.value, path="/desk")
    assert client.http.get(url).status_code == 200
