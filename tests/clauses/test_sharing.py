"""Sharing under each policy: consent first, exceptions as listed, the lawful basis asked for apart, all logged."""

import io
import re
from hashlib import sha256

import pytest
from flask import Flask
from pypdf import PdfReader
from sqlalchemy import select

from portal.deadlines.models import Deadline
from portal.domain.permissions import Role
from portal.store.database import Database
from portal.store.scope import PlatformScope
from portal.store.tenancy import Landlord
from tests.conftest import Clock
from tests.desk import NUMBER, a_desk, london
from tests.sharing_desk import LAWS, Sharing, sharing_at

FACE = {"laws": LAWS, "accent": "#5b2a6e", "accent_by_night": "#d7b4e3"}


@pytest.fixture
def at(app: Flask, database: Database, clock: Clock) -> "At":
    return At(app, database, clock)


class At:
    """A case at a landlord of the test's own under one of the six policies, with the catalogue of law."""

    def __init__(self, app: Flask, database: Database, clock: Clock) -> None:
        self.app, self.database, self.clock = app, database, clock

    def __call__(self, like: str, **said: object) -> Sharing:
        desk = a_desk(self.app, self.database, self.clock, like)
        with self.database.work(PlatformScope("test")) as session:
            session.get_one(Landlord, desk.place.id).face = FACE
        return sharing_at(desk, **said)


@pytest.mark.clause("AG013-OP5b", "NPH-DEALING-12")
@pytest.mark.parametrize(("like", "clause"), [("dales", "AG/013 Operational Principle 5"), ("nph", "para 4")])
def test_consent_is_for_one_body_and_its_withdrawal_stops_the_next_share_at_once(
    at: At, like: str, clause: str
) -> None:
    case = at(like)
    page = case.officer.get(f"{case.url}/shares")
    assert "No consent is in force." in page.text
    assert clause in page.text
    case.consent("Suffolk Police", "police", "person", "happened")
    page = case.share_on("person")
    assert "May be shared" in page.text
    assert "To keep me safe" in page.text
    shared = case.officer.url
    case.leave("print")
    assert len(case.gone()) == 1

    exception = "safeguarding-by-law" if like == "dales" else "child-protection"
    page = case.without("West Council", "council", exception, status=422)
    assert "applies only where that concern is recorded" in page.text, "no other body, and no exception fits"
    page = case.share_on("person", "notes", status=422)
    assert "There is no consent in force for Suffolk Police that covers all of this" in page.text
    assert clause in page.text

    page = case.officer.get(f"{case.url}/consents")
    case.officer.get(next(each for each in page.links if each.endswith("/withdraw")))
    page = case.officer.submit({"words": "Not any more."}, form="/withdraw")
    assert "Nothing more may be shared on it." in page.text
    page = case.officer.get(shared)
    assert "The consent has ended or was withdrawn" in page.text
    assert "May be shared" not in page.text
    listed = case.officer.get(f"{case.url}/shares").text
    assert "Over: nothing more may leave" in listed
    assert "May be shared" not in listed
    assert not [each for each in page.forms if each["action"].endswith("/leave")]
    case.officer.post(f"{shared.partition('?')[0]}/leave", {"way": "pdf"}, status=422)
    assert len(case.gone()) == 1
    facts = case.facts()
    assert facts.count("consent.given") == facts.count("consent.withdrawn") == facts.count("disclosure.made") == 1
    assert facts.count("share.refused") == 2


@pytest.mark.clause("AG013-OP5a")
def test_a_referral_says_who_sent_what_when_and_the_reply_is_chased(at: At) -> None:
    case = at("dales")
    case.consent("Penn Solicitors", "solicitor", "person", "happened")
    case.share_on("happened", person="Ms Penn")
    page = case.leave("post", sent="The summary of what she says, by hand.", chase="2026-02-05")
    for shown in ("Penn Solicitors, Ms Penn", "To keep me safe", "Robin Example, Monday 2 February 2026, 10:00"):
        assert shown in page.text
    assert "The summary of what she says, by hand." in page.text
    case.desk.clock.at = london(5, 18)
    page = case.desk.client(who=case.who).get(f"{case.url}/tasks")
    assert "Ask Penn Solicitors, Ms Penn, what became of it." in page.text
    assert "overdue" in page.text
    assert "reply-awaited" in {each.stop_act for each in case_clocks(case)}


def case_clocks(case: Sharing) -> list[Deadline]:
    with case.desk.place.work() as session:
        return list(session.scalars(select(Deadline).where(Deadline.case_id == case.case_id)))


@pytest.mark.clause("NPH-COMMIT-3")
def test_without_consent_or_a_basis_nothing_is_shared_and_with_consent_it_is_sent_and_logged(at: At) -> None:
    case = at("nph")
    body = ("Northants Police", "police", "crime")
    assert "applies only where that concern is recorded" in case.without(*body, status=422).text
    assert "Choose the lawful basis." in case.without(*body, "crime", status=422, basis="").text
    assert not case.gone()
    case.consent("Northants Police", "police", "person")
    case.share_on("person")
    case.leave("pdf")
    [gone] = case.gone()
    assert gone.sha256 in case.officer.page.text
    assert case.facts().count("share.refused") == 1
    assert "disclosure.made" in case.facts()


@pytest.mark.clause("HAV-4.8a", "STAR-4.2a")
@pytest.mark.parametrize(("like", "clause"), [("havebury", "HS-026 4.8"), ("star", "STAR 4.2")])
def test_at_the_marac_threshold_it_may_go_without_consent_but_never_without_a_lawful_basis(
    at: At, like: str, clause: str
) -> None:
    case = at(like)
    page = case.officer.get(f"{case.url}/shares/without")
    assert "speaks of a legal duty to share" in page.text
    assert "the landlord’s own statement" in page.text
    marac = ("Area MARAC", "marac", "marac-threshold")
    assert "Nobody has assessed the risk yet." in page.text
    refused = "No completed assessment reaches the threshold"
    assert refused in case.without(*marac, "marac_score", status=422).text, "a tick is no assessment"
    case.assess(5)
    assert refused in case.without(*marac, "marac_score", "marac_judgement", status=422).text
    case.assess(14)
    page = case.officer.get(f"{case.url}/shares/without")
    assert "It bears out: The risk score reaches the MARAC threshold." in page.text
    assert refused in case.without(*marac, "marac_judgement", status=422).text, "counted, and judged by nobody"
    page = case.without(*marac, "marac_score", status=422, basis="")
    assert "Choose the lawful basis." in page.text
    assert "They are the only ones who can act tonight." in page.html, "what was typed is kept"
    assert "Name the law that this rests on." in case.without(*marac, "marac_score", status=422, law="").text
    page = case.without(*marac, "marac_score")
    assert "Waits for a second person" in page.text
    assert clause in page.text
    assert not [each for each in page.forms if each["action"].endswith("/leave")]
    assert case.officer.post(f"{case.officer.url.partition('?')[0]}/leave", {"way": "print"}, status=422)
    case.officer.get(case.officer.url.removesuffix("/leave"))
    case.second()
    case.officer.get(case.senior.url)
    case.leave("pdf")
    [gone] = case.gone()
    made = case.officer.http.get(f"{case.officer.url.partition('?')[0]}/file")
    assert gone.sha256 == sha256(made.data).hexdigest()
    assert gone.sha256 in case.officer.page.text
    assert clause in case.officer.get(f"{case.url}/shares").text


@pytest.mark.clause("HAV-4.8b")
def test_a_concern_for_a_child_opens_the_way_and_without_one_it_stays_shut(at: At) -> None:
    case = at("havebury")
    for exception in ("safeguarding", "marac-threshold"):
        page = case.without("Suffolk Children’s Services", "children", exception, status=422)
        assert "applies only where that concern is recorded (HS-026 4.8)" in page.text
    page = case.without(
        "Suffolk Children’s Services", "children", "safeguarding", "child_harm", told="not_told", status=422
    )
    assert "Say why they were not told." in page.text
    page = case.without(
        "Suffolk Children’s Services", "children", "safeguarding", "child_harm", told="not_told",
        why_not_told="It would put the child at risk tonight.",
    )  # fmt: skip
    assert "It would put the child at risk tonight." in page.text
    assert "Care Act 2014" in page.text


@pytest.mark.clause("STAR-4.1b", "STAR-4.1c")
@pytest.mark.parametrize(
    ("kind", "concern"), [("police", "adult_harm"), ("children", "child_emotional"), ("children", "child_neglect")]
)
def test_star_lets_police_and_social_services_know_and_asks_a_second_person_for_anybody_else(
    at: At, kind: str, concern: str
) -> None:
    case = at("star")
    body = "The body"
    assert "Choose the lawful basis." in case.without(
        body, kind, "harm-to-child-or-adult", concern, status=422, basis=""
    ).text
    page = case.without(body, kind, "harm-to-child-or-adult", concern)
    assert "May be shared" in page.text
    assert "STAR 4.1" in page.text
    page = case.without("A hospital", "health", "harm-to-child-or-adult", concern)
    assert "Waits for a second person" in page.text
    assert "The policy does not name this kind of recipient (STAR 4.1)." in page.text


@pytest.mark.clause("STAR-4.2c")
def test_below_the_threshold_even_the_team_in_house_needs_their_agreement(at: At) -> None:
    case = at("star")
    page = case.without("Housing Support Team", "in_house", "marac-threshold", status=422)
    assert "applies only where that concern is recorded (STAR 4.2)" in page.text
    assert not case.gone()
    case.consent("Housing Support Team", "in_house", "person")
    case.share_on("person")
    case.leave("told", sent="Name and what she needs.")
    assert [each.way for each in case.gone()] == ["told"]


@pytest.mark.clause("NPH-CONFID-2a", "NPH-CONFID-2b", "NPH-CONFID-3")
def test_nph_passes_on_what_the_law_asks_with_a_basis_a_second_person_and_what_was_said_to_them(at: At) -> None:
    case = at("nph")
    adult = ("Northants Adult Services", "adults", "safeguarding-law", "adult_harm")
    crime = ("Northants Police", "police", "crime", "crime")
    for wanted in (adult, crime):
        assert "Choose the lawful basis." in case.without(*wanted, status=422, basis="").text
        assert "Say whether they were told." in case.without(*wanted, status=422, told="").text
        assert "Say why they were not told." in case.without(*wanted, status=422, told="not_told").text
        page = case.without(*wanted)
        assert "Waits for a second person" in page.text
        assert "NPH Confidentiality and Consent" in page.text
        case.officer.post(f"{case.officer.url.partition('?')[0]}/leave", {"way": "print"}, status=422)
    assert not case.gone()
    case.officer.get(case.officer.url.removesuffix("/leave"))
    case.second()
    case.officer.get(case.senior.url)
    case.leave("print")
    [gone] = case.gone()
    assert gone.parts == ["person"]


@pytest.mark.clause("NPH-SHARING-1")
def test_a_law_that_is_no_longer_in_force_is_refused_and_says_what_took_its_place(at: At) -> None:
    case = at("nph")
    crime = ("Northants Police", "police", "crime", "crime")
    page = case.without(*crime, status=422, law="dpa-1998")
    assert (
        "Data Protection Act 1998 is no longer in force: the Data Protection Act 2018 on 25 May 2018 took its place."
        in page.text
    )
    assert "Crime and Disorder Act 1998" in case.without(*crime, law="cda-1998").text


@pytest.mark.clause("HAV-6.1c")
def test_nothing_leaves_without_purpose_basis_content_and_a_look_at_who_it_reaches(at: At) -> None:
    case = at("havebury")
    case.consent("Suffolk Police", "police", "person")
    assert "Check who it reaches." in case.share_on("person", status=422, checked=[]).text
    assert "Name the person there." in case.share_on("person", status=422, person="").text
    assert "Choose at least one part." in case.share_on(status=422).text
    wanted = ("Suffolk Police", "police", "safeguarding", "adult_harm")
    assert "Say what it is for." in case.without(*wanted, status=422, purpose="").text
    assert "Choose the lawful basis." in case.without(*wanted, status=422, basis="").text
    assert "Say why this is needed" in case.without(*wanted, status=422, necessity="").text
    case.share_on("person")
    case.leave("print")
    [gone] = case.gone()
    page = case.officer.get(f"{case.url}/shares/left/{gone.id}")
    for shown in ("Suffolk Police, PC Example", "Monday 2 February 2026, 10:00", "Robin Example", "Who they are"):
        assert shown in page.text


def test_whoever_asks_is_never_the_second_person(at: At) -> None:
    case = at("whg")
    senior = case.desk.somebody(Role.SENIOR)
    case.officer = case.desk.client(who=senior)
    page = case.without("Police", "police", "serious-future-risk", "serious_risk")
    assert "somebody else has to look" in page.text
    own = case.officer.url.partition("?")[0]
    page = case.officer.post(f"{own}/decide", {"agrees": "yes", "words": "Mine."}, status=422)
    assert "You asked for this yourself" in page.text
    case.officer.get(own)
    case.second("no")
    assert "Refused by a second person" in case.officer.get(own).text
    assert not case.gone()


def test_the_file_is_for_one_person_and_holds_neither_number_nor_anything_that_was_not_chosen(at: At) -> None:
    case = at("havebury", address="7 Invented Row")
    case.officer.get(case.url)
    case.officer.submit({"words": f"Her new number is {NUMBER.replace(' ', '')}. She fears Sunday."}, form="/notes")
    case.consent("Suffolk Police", "police", "happened", "notes")
    case.share_on("happened", "notes")
    case.leave("pdf")
    left = case.officer.url.partition("?")[0]
    answer = case.officer.http.get(f"{left}/file")
    name = re.fullmatch(r'attachment; filename="([\w-]+\.pdf)"', answer.headers["Content-Disposition"])
    assert name
    assert not re.search("abuse|violence|canary|record|police", name[1].lower())
    assert answer.headers["Content-Security-Policy"].startswith("sandbox")
    pages = PdfReader(io.BytesIO(answer.data)).pages
    text = " ".join(" ".join(page.extract_text() for page in pages).split())
    assert "For Suffolk Police, PC Example" in text
    assert "Monday 2 February 2026, 10:00, Robin Example" in text
    assert "She fears Sunday." in text
    assert "[kept back]" in text
    assert "Invented Row" not in text
    assert re.sub(r"\D", "", NUMBER) not in re.sub(r"\D", "", text)
    assert "Before you contact them, ask us." in text



@pytest.mark.clause("NPH-DEALING-13")
def test_five_headings_with_their_source_and_any_other_reason_takes_a_manager_and_a_basis_in_law(
    at: At,
) -> None:
    case = at("nph")
    page = case.officer.get(f"{case.url}/shares/without")
    for says, clause in (
        ("Child protection", "NPH Dealing with cases, para 4"),
        ("Terrorism", "NPH Dealing with cases, para 4"),
        ("Discussion at MARAC", "NPH Dealing with cases, para 4"),
        ("The law asks for it to safeguard children or vulnerable adults", "NPH Confidentiality and Consent"),
        ("The law asks for it to prevent or detect crime", "NPH Confidentiality and Consent"),
    ):
        assert f"{says} ({clause}" in page.text, says
    refused = case.without("Trading Standards", "council", "another-reason", status=422, basis="")
    assert "Choose the lawful basis." in refused.text
    case.without("Trading Standards", "council", "another-reason")
    assert "a manager looks at it" in case.second(status=422).text
    manager = case.desk.client(Role.MANAGER)
    manager.get(case.officer.url)
    assert "May be shared" in manager.submit({"agrees": "yes", "words": "Their law asks for it."}, form="/decide").text
    other = at("star")
    assert "Another reason" not in other.officer.get(f"{other.url}/shares/without").text
