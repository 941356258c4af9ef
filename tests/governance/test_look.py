"""How the public pages look and speak: written first, looked at, published at once, never lost."""

import base64
import io
from collections.abc import Callable
from dataclasses import dataclass, field, replace

import pytest
from flask import Flask
from PIL import Image
from sqlalchemy import select

from portal.domain.permissions import Role
from portal.domain.policy.stated import Stated
from portal.landlords.onboarding import add_landlord
from portal.landlords.policies import in_force, keep
from portal.landlords.stored_pack import refresh_face
from portal.store.audit import AuditEntry
from portal.store.database import Database
from portal.store.scope import LandlordScope
from tests.client import Page, PageClient
from tests.conftest import Clock
from tests.desk import MONDAY, Desk, a_desk
from tests.places import pack
from tests.referrals.conftest import REACHED, Visitor, visitor

__all__ = ["visitor"]


@dataclass
class Looks:
    """A landlord with somebody who looks after its pages."""

    desk: Desk
    ada: PageClient = field(init=False)

    def __post_init__(self) -> None:
        self.ada = self.desk.client(who=self.desk.somebody(Role.ADMINISTRATOR, name="Ada Writer"))

    @property
    def url(self) -> str:
        return f"{self.desk.url}/look"

    def write(self, part: str, status: int = 200, who: PageClient | None = None, **said: object) -> Page:
        who = who or self.ada
        who.get(f"{self.url}/edit?part={part}")
        return who.submit(said, form="/edit", status=status)

    def publish(self, why: str = "Our new name.") -> Page:
        self.ada.get(self.url)
        return self.ada.submit({"why": why}, form="/publish")

    def public(self, page: str = "") -> Page:
        return PageClient(self.desk.app).get(f"/{self.desk.place.slug}/{page}")


@pytest.fixture
def looks(app: Flask, database: Database, clock: Clock) -> Looks:
    found = Looks(a_desk(app, database, clock, "havebury"))
    refresh_face(database, LandlordScope(found.desk.place.id), MONDAY)
    app.extensions["landlords"].changed()
    return found


def test_what_is_written_shows_in_the_preview_alone_and_once_published_on_the_very_next_page(
    looks: Looks,
) -> None:
    looks.write("names", name="Meadow Homes", accent="#7a0b3d")
    looks.write("reach", telephone="01234 567890")
    page = looks.write("words", welcome="You are not wasting our time.", reach="Ask for Sam.")
    assert "Before After Name Havebury Housing Partnership Meadow Homes Colour #5b2a6e #7a0b3d" in page.text
    assert "Meadow Homes" not in looks.public().text
    shown = looks.ada.get(f"{looks.url}/preview")
    assert "Preview. Nobody else sees this yet." in shown.text
    for words in ("Meadow Homes", "You are not wasting our time.", "Telephone: 01234 567890", "Ask for Sam."):
        assert words in shown.text
    assert "--accent:#7a0b3d" in shown.html
    looks.publish()
    shown = looks.public()
    assert shown.title.endswith("Meadow Homes")
    assert "--accent:#7a0b3d" in shown.html
    for words in ("You are not wasting our time.", "Telephone: 01234 567890", "Ask for Sam."):
        assert words in shown.text


def test_a_colour_that_cannot_be_read_and_a_name_that_tells_are_refused_beside_the_question(
    looks: Looks,
) -> None:
    page = looks.write("names", status=422, accent="#9a9aff", name="Meadow Homes")
    assert (
        "This colour has a contrast of 2.5 to 1 on white. Choose a darker one: 7 to 1 at least." in page.text
    )
    assert 'value="#9a9aff"' in page.html, "what was typed is kept"
    assert 'value="Meadow Homes"' in page.html
    page = looks.write("names", status=422, accent="#5b2a6e", accent_text="#c0b0c0")
    assert "with the words on it" in page.text
    page = looks.write("names", status=422, accent="purple")
    assert '"purple" is no colour.' in page.text
    page = looks.write("names", status=422, service_name="Domestic abuse help")
    assert "They stand in titles, where others can see them." in page.text
    assert "Nothing new is being written." in looks.ada.get(looks.url).text


def picture(kind: str = "PNG", size: tuple[int, int] = (900, 300), **more: object) -> tuple[io.BytesIO, str]:
    data = io.BytesIO()
    made = Image.new("RGB", size, "#7a0b3d")
    made.paste("#ffffff", (20, 20, size[0] // 2, size[1] // 2))
    made.save(data, kind, **more)
    data.seek(0)
    return data, "x.png"


def test_a_logo_is_known_by_what_it_holds_and_drawn_anew_without_what_came_along(looks: Looks) -> None:
    for data in (
        b"<svg onload='alert(1)'/>",
        b"GIF89a",
        b"\x89PNG\r\n\x1a\nbroken",
        b"",
        b"x" * (2 * 1024 * 1024 + 1),
    ):
        page = looks.write("logo", status=422, file=(io.BytesIO(data), "logo.png"))
        assert "Choose the file again." in page.text, data[:20]
    exif = Image.Exif()
    exif[0x010E] = "taken at Canary Street"
    looks.write("logo", file=picture("JPEG", exif=exif))
    looks.publish()
    page = looks.public()
    sent = page.html.partition("data:image/png;base64,")[2].partition('"')[0]
    drawn = base64.b64decode(sent)
    assert b"Canary" not in drawn
    with Image.open(io.BytesIO(drawn)) as logo:
        assert logo.size == (288, 96)
    assert f'alt="{looks.desk.place.slug}"' not in page.html
    assert 'alt="Havebury Housing Partnership"' in page.html
    looks.write("logo", none="y")
    looks.publish("No logo.")
    assert "data:image/png" not in looks.public().html


def test_two_people_who_write_at_once_are_told_and_nothing_of_either_is_lost(looks: Looks) -> None:
    other = looks.desk.client(who=looks.desk.somebody(Role.MANAGER, name="Mo Manager"))
    other.get(f"{looks.url}/edit?part=reach")
    looks.write("names", name="Meadow Homes")
    page = other.submit({"telephone": "01234 567890"}, form="/edit", status=409)
    assert "Somebody changed this meanwhile" in page.text
    assert 'value="01234 567890"' in page.html
    page = other.submit({}, form="/edit")
    assert "Meadow Homes" in page.text
    assert "01234 567890" in page.text
    looks.ada.get(looks.url)
    other.get(looks.url)
    looks.ada.submit({"why": "Now."}, form="/publish")
    page = other.submit({"why": "Now."}, form="/publish", status=409)
    assert "Somebody else has changed this meanwhile." in page.text


def test_every_version_stays_with_who_published_it_and_can_be_begun_with_again(looks: Looks) -> None:
    looks.write("names", name="Meadow Homes")
    looks.publish("Merged.")
    looks.write("names", name="Orchard Homes")
    looks.publish("Merged again.")
    page = looks.ada.get(looks.url)
    assert "Version 2 Shown now" in page.text
    assert "Ada Writer Merged." in page.text
    first = [link for link in page.links if "/look/versions/" in link][1]
    page = looks.ada.get(first)
    assert "Name Havebury Housing Partnership Meadow Homes" in page.text
    looks.ada.submit({}, form="/versions/")
    looks.publish("Back.")
    assert looks.public().title.endswith("Meadow Homes")
    with looks.desk.place.work() as session:
        facts = select(AuditEntry.fact, AuditEntry.actor, AuditEntry.detail).where(
            AuditEntry.subject == "look"
        )
        told = [tuple(row) for row in session.execute(facts.order_by(AuditEntry.position))]
    assert told[:2] == [("look.written", "Ada Writer", "names"), ("look.published", "Ada Writer", "1")]
    assert told[-2:] == [("look.written", "Ada Writer", "version 1"), ("look.published", "Ada Writer", "3")]


def test_words_of_its_own_come_in_her_language_and_else_in_english_marked_as_such(looks: Looks) -> None:
    looks.write("words", welcome="You are not wasting our time.", reach="Ask for Sam.")
    looks.ada.get(f"{looks.url}/edit?part=words&in=pl")
    looks.ada.submit({"welcome": "Nie marnujesz naszego czasu."}, form="/edit")
    looks.publish()
    client = PageClient(looks.desk.app)
    client.get(f"/{looks.desk.place.slug}/")
    page = client.post(f"/{looks.desk.place.slug}/words", {"to": "pl"})
    assert "Nie marnujesz naszego czasu." in page.text
    assert '<span lang="en-GB" dir="ltr">Ask for Sam.</span>' in page.html


def test_the_landlord_chooses_which_questions_for_figures_are_asked(
    looks: Looks, visitor: Callable[[str], Visitor]
) -> None:
    looks.write("questions", questions=["age", "sex"])
    looks.publish()
    her = visitor(looks.desk.place.slug)
    her.tell(**REACHED)
    her.send()
    her.follow("A few questions about you")
    assert her.page.text.count("I do not want to say") == 2
    assert "How old are you?" in her.page.text
    looks.write("questions", questions=[])
    looks.publish("None at all.")
    her.get(f"/{looks.desk.place.slug}/contact/figures", status=404)


def test_offices_keep_their_ids_and_one_more_is_added(looks: Looks) -> None:
    looks.ada.get(f"{looks.url}/edit?part=offices")
    page = looks.ada.submit(
        {"offices-0-name": "High Street", "offices-0-hours": "Weekdays 9 to 5", "offices-2-name": "Main office",
         "offices-2-open_to_customers": "y"},
        form="/edit",
    )  # fmt: skip
    assert "Office “High Street” The pages say nothing open to customers; Weekdays 9 to 5" in page.text
    looks.publish()
    face = looks.desk.app.extensions["landlords"].all()[looks.desk.place.slug].face
    assert [each["id"] for each in face["offices"]] == ["main", "second", "main-office"]


def test_loading_the_folder_again_leaves_what_was_published(looks: Looks, database: Database) -> None:
    looks.write("names", name="Meadow Homes")
    looks.publish()
    folder = pack("havebury")
    add_landlord(
        database,
        replace(folder, landlord=folder.landlord.model_copy(update={"slug": looks.desk.place.slug})),
        MONDAY,
    )
    assert looks.public().title.endswith("Meadow Homes")


def test_a_landlord_keeps_its_own_list_of_help_and_nobody_sees_it_before_it_is_published(looks: Looks) -> None:
    page = looks.ada.get(f"{looks.url}/edit?part=services")
    asked = next(each["fields"] for each in page.forms if "/edit" in each["action"])
    rows = [name for name in asked if name.endswith("-name")]
    first, new = rows[0][: -len("name")], rows[-1][: -len("name")]
    gone = asked[f"{first}name"][0]
    said = {f"{first}name": "", f"{new}name": "Meadow Refuge", f"{new}number": "ring them"}
    page = looks.ada.submit(said, form="/edit", status=422)
    assert "Write what it does, in a few words." in page.text
    assert "Write the number in digits" in page.text
    assert 'value="Meadow Refuge"' in page.html, "what was typed is kept"
    said |= {f"{new}number": "01632 960111", f"{new}what": "A safe place to stay."}
    page = looks.ada.submit(said, form="/edit")
    assert "Help: “Meadow Refuge”" in page.text
    assert "01632 960111" in looks.ada.get(f"{looks.url}/preview?page=numbers").text
    assert "Meadow Refuge" not in looks.public("numbers").text
    assert gone in looks.public("numbers").text
    looks.publish("A refuge has opened.")
    page = looks.public("numbers")
    assert "Meadow Refuge A safe place to stay. 01632 960111 Not yet checked by us." in page.text
    assert gone not in page.text
    assert "0808 2000 247" in page.text, "the national lines stay"
    manager = looks.desk.client(Role.MANAGER)
    manager.get(f"{looks.desk.url}/services/checks/add?service=meadow-refuge")
    manager.submit({"on": "2026-02-02", "how": "rang", "number": "01632 960112", "hours": ""}, form="/add")
    assert "01632 960112" in looks.public("numbers").text


@pytest.mark.parametrize(
    ("like", "says"),
    [
        pytest.param("star", "A lead or champion is promised", marks=pytest.mark.clause("STAR-3.20")),
        pytest.param("whg", "A lead or champion is promised", marks=pytest.mark.clause("WHG-1.7e")),
    ],
)
def test_without_a_lead_setting_up_warns_and_one_that_is_named_shows_to_staff_and_on_the_public_pages(
    app: Flask, database: Database, clock: Clock, like: str, says: str
) -> None:
    looks = Looks(a_desk(app, database, clock, like))
    with looks.desk.place.work() as session:
        policy = in_force(session, MONDAY).policy
        silent = Stated[str](not_stated=True)
        governance = policy.governance.model_copy(update={"champion": silent} if like == "whg" else {})
        keep(session, policy.model_copy(update={"governance": governance}), MONDAY)
    assert says in looks.ada.get(f"{looks.desk.url}/setting-up").text
    page = looks.write("people", status=422, deputy="Safety Officer")
    assert "Write the post for which this one stands in." in page.text
    page = looks.write("people", post="Head of Safety", deputy="Safety Officer")
    assert "Head of Safety; deputy: Safety Officer" in page.text
    looks.publish("We have named a lead.")
    assert says not in looks.ada.get(f"{looks.desk.url}/setting-up").text
    page = looks.desk.client(Role.OFFICER).get(f"{looks.desk.url}/policy")
    assert "Lead named by the landlord Head of Safety" in page.text
    assert "Champion: Head of Safety" in looks.public("promise").text


@pytest.mark.clause("HAV-4.17a")
def test_champions_of_teams_and_what_was_made_known_are_entered_by_pages_alone(looks: Looks) -> None:
    day, rows = "Write a day like 2027-01-31", {"teams-0-name": "Estates", "teams-0-champion": "Estates officer"}
    assert day in looks.write("people", status=422, **rows, **{"teams-0-trained": "in March"}).text
    looks.write("people", **rows, **{"teams-0-trained": "2026-01"})
    looks.write("people", **{"teams-1-name": "Repairs"})
    known = {"publicity-0-channel": "websites"}
    assert "Write what it was" in looks.write("known", status=422, **known).text
    page = looks.write("known", **known, **{"publicity-0-on": "2026-01-20", "publicity-0-what": "The new number."})
    assert "Made known: websites, 20 January 2026" in page.text
    looks.publish("Champions and websites.")
    page = looks.desk.client(Role.OFFICER).get(f"{looks.desk.url}/policy")
    assert "Estates Estates officer, trained in January 2026" in page.text
    assert "Repairs no champion yet" in page.text
    looks.ada.get(f"{looks.desk.url}/setting-up")
    told = looks.ada.page.text if looks.ada.page else ""
    assert "No trained champion is entered for Repairs." in told
    assert "No date is entered for other documents." in told
