"""A group writes its policy once; each member adds what the group leaves to it, and its own people approve it."""

import pytest
from flask import Flask
from sqlalchemy import select, update

from portal.domain.permissions import Role
from portal.governance.drafts.jobs import offer_to_members
from portal.governance.drafts.models import PolicyDraft
from portal.landlords.models import LandlordPack
from portal.landlords.policies import in_force
from portal.messaging.words import Kind
from portal.settings import Settings
from portal.store.database import Database
from tests.conftest import Clock
from tests.desk import MONDAY, Desk, a_desk
from tests.governance.test_drafts import Policies


@pytest.fixture
def members(app: Flask, database: Database, clock: Clock) -> tuple[Policies, Policies]:
    """Two members of one group under its policy, and a stranger under the same."""
    desks = [a_desk(app, database, clock, like) for like in ("dales", "seven-locks")]
    first, second = map(Policies, desks)
    slugs = [first.desk.place.slug, second.desk.place.slug]
    for each in (first, second):
        with each.desk.place.work() as session:
            body = session.scalars(select(LandlordPack.body)).one()
            group = {**body["group"], "members": slugs}
            session.execute(update(LandlordPack).values(body={**body, "group": group}))
    return first, second


def publish(policies: Policies) -> None:
    policies.begin()
    policies.write("contact.visits", note="Read again by the group.")
    policies.propose()
    policies.approve(body="Group Board")


def offered(desk: Desk, settings: Settings) -> None:
    offer_to_members(settings)(desk.place.work, MONDAY)


def note_of(policies: Policies, day: int = 3, month: int = 3) -> str | None:
    return policies.in_force(day, month).contact.visits.note


def test_what_one_member_publishes_is_offered_to_the_others_who_keep_their_own_and_approve_it_themselves(
    members: tuple[Policies, Policies], settings: Settings
) -> None:
    first, second = members
    posts = second.in_force(2).governance.responsible_posts
    publish(first)
    offered(first.desk, settings)
    offered(first.desk, settings)
    told = [each for each in second.desk.place.messages() if each.link.endswith("/policy/draft")]
    assert {each.kind for each in told} == {Kind.REVIEW}
    assert note_of(second) != "Read again by the group.", "nothing changes before its own people approve"
    page = second.writer.get(second.url)
    assert "The group offers its next version" in page.text
    assert "Version that the group offers" in second.writer.get("/desk/").text
    second.writer.get(second.url)
    second.writer.submit(form="/take")
    settled = second.write("contact.visits", status=422, note="Ours")
    assert "The group has settled this for all its members" in settled.text
    second.write("governance.responsible_posts.0", title="Head of Homes")
    second.propose()
    second.approve(body="Our Board")
    assert note_of(second) == "Read again by the group."
    found = second.in_force(3, 3)
    assert found.governance.responsible_posts[0].title == "Head of Homes"
    assert found.governance.responsible_posts[1:] == posts[1:]
    offered(second.desk, settings)
    with first.desk.place.work() as session:
        assert session.scalars(select(PolicyDraft).where(PolicyDraft.state == "offered")).first() is None


def test_an_offer_waits_while_a_member_has_a_draft_of_its_own(
    members: tuple[Policies, Policies], settings: Settings
) -> None:
    first, second = members
    second.begin()
    publish(first)
    offered(first.desk, settings)
    second.writer.get(second.url)
    refused = second.writer.submit(form="/take", status=409)
    assert "There is a draft already" in refused.text
    second.writer.submit(form="/drop")
    second.writer.get(second.url)
    second.writer.submit(form="/take")
    assert "This is the group" in second.writer.get(second.url).text


def test_a_landlord_outside_the_group_is_offered_nothing(
    members: tuple[Policies, Policies], settings: Settings, app: Flask, database: Database, clock: Clock
) -> None:
    stranger = a_desk(app, database, clock, "dales")
    publish(members[0])
    offered(members[0].desk, settings)
    with stranger.place.work() as session:
        assert session.scalars(select(PolicyDraft)).first() is None
        assert in_force(session, MONDAY).policy
    assert (
        "The group offers" not in stranger.client(Role.ADMINISTRATOR).get(f"{stranger.url}/policy/draft").text
    )
