"""What a policy does to whom is written row by row, rests on data, and is signed by different people."""

from datetime import timedelta
from io import BytesIO

import pytest
from flask import Flask
from pypdf import PdfReader

from portal.domain.impact.content import Answer
from portal.domain.impact.form import FIVE, PROMPTS, ROWS, SECTIONS, Section, rows_of
from portal.domain.permissions import Role
from portal.governance.impact.jobs import remind_of_impact
from portal.messaging.words import Kind
from portal.store.database import Database
from tests.conftest import Clock
from tests.desk import MONDAY, a_desk
from tests.governance.impact_at_hand import NEGATIVE, NEUTRAL, SIGNED, SUBJECT, Impact, harm


@pytest.fixture
def impact(app: Flask, database: Database, clock: Clock) -> Impact:
    return Impact(a_desk(app, database, clock, "nph"))


@pytest.mark.clause("NPH-CIA-2", "NPH-CIA-7", "NPH-CIA-8")
def test_the_form_needs_a_lead_and_one_status_and_shows_the_version_and_the_role_of_whoever_leads(
    impact: Impact,
) -> None:
    impact.lead.get(impact.url)
    refused = impact.lead.submit({"lead": ""}, form="/impact", status=422)
    assert "Choose who leads it." in refused.text
    impact.begin()
    assert "current, revised or new" in " ".join(impact.blocking())
    nothing = impact.write(
        "subject", 422, **{name: each for name, each in SUBJECT.items() if name != "status"}
    )
    assert "Choose one of the three." in nothing.text
    assert SUBJECT["summary"] in nothing.html, "what was typed is kept"
    impact.write("subject", **SUBJECT)
    page = impact.lead.get(impact.one)
    assert SUBJECT["summary"] in page.text
    assert impact.found().title in page.text
    assert impact.found().version in page.text
    led = page.text.partition("Lead officer")[2][:40]
    assert "Tenancy Support Manager" in led
    assert "Lee Lead" not in led


@pytest.mark.clause("NPH-CIA-18", "NPH-CIA-40", "NPH-CIA-41", "NPH-GUIDE-5")
def test_all_nine_characteristics_need_an_impact_and_whether_groups_are_affected_differently(
    impact: Impact,
) -> None:
    impact.fill()
    assert len(rows_of(Section.EQUALITY)) == 9
    assert not impact.blocking(), "what is neutral needs no action"
    assert "Neutral" in impact.lead.get(impact.one).text.partition("The local economy")[2][:60]
    for key in ("economy", "environment"):
        assert not [each for each in impact.found().gaps if each.row == key]
    impact.unwrite("sex", Answer(("neutral",), certainty="likely", sources=("s1",)))
    assert impact.blocking() == ["Sex: say whether groups are affected differently."]
    impact.row("sex", impacts=[])
    assert impact.blocking() == ["Sex: choose whether its impact is positive, negative or neutral."]
    both = impact.row("sex", 422, **(NEUTRAL | {"impacts": ["neutral", "negative"]}))
    assert "Neutral stands alone" in both.text
    impact.row("sex", **(NEUTRAL | {"why_same": ""}))
    assert "Sex: say why it is the same for all." in impact.says()


@pytest.mark.clause("NPH-CIA-29", "NPH-CIA-38", "NPH-CIA-44", "NPH-GUIDE-7a", "NPH-GUIDE-14")
@pytest.mark.parametrize("key", ["disability", "access", "localities"])
def test_an_impact_that_no_source_shows_cannot_be_signed_and_linking_one_clears_it(
    impact: Impact, key: str
) -> None:
    impact.fill()
    impact.unwrite(key, Answer(("positive",), "Tenants", "yes", nature="They are reached sooner."))
    label = ROWS[key].label
    refused = impact.sign(impact.lead, 422, **SIGNED)
    assert f"{label}: no source is linked that shows it." in refused.text
    assert f"{label}: say how certain it is." in impact.blocking()
    impact.row(key, sources=["s1"], certainty="likely")
    assert not impact.blocking()
    impact.sign(impact.lead, **SIGNED)


@pytest.mark.clause("NPH-CIA-20", "NPH-CIA-45", "NPH-GUIDE-6a", "NPH-GUIDE-6b", "NPH-GUIDE-11", "NPH-GUIDE-16")
@pytest.mark.parametrize("key", ["race", "mental-health"])
def test_a_negative_impact_needs_its_risk_what_is_done_against_it_and_an_action_before_anybody_signs(
    impact: Impact, key: str
) -> None:
    impact.fill()
    impact.row(key, **harm(key))
    label = ROWS[key].label
    assert impact.blocking() == [
        f"{label}: a negative impact needs its risk.",
        f"{label}: a risk needs what is done against it.",
        f"{label}: what is done against it needs an action with an owner and a day, or the plan that holds it.",
    ]
    impact.sign(impact.lead, 422, **SIGNED)
    impact.row(key, **harm(key) | {"risk": "They cannot tell us.", "mitigation": "Interpreters are booked."})
    assert len(impact.blocking()) == 1
    refused = impact.sign(impact.lead, 422, **SIGNED)
    assert f"{label}: what is done against it needs an action" in refused.text
    impact.act(key)
    assert not impact.blocking()
    impact.sign(impact.lead, **SIGNED)


@pytest.mark.clause("NPH-GUIDE-16")
def test_another_plan_that_is_named_may_hold_what_is_done_against_a_risk(impact: Impact) -> None:
    impact.fill()
    answered = NEGATIVE | {
        "risk": "They cannot tell us.",
        "mitigation": "Interpreters.",
        "plan": "Language plan 2026",
    }
    impact.row("race", **answered)
    assert not impact.blocking()


@pytest.mark.clause("NPH-CIA-46", "NPH-CIA-48")
def test_an_action_needs_a_day_and_an_owner_and_nothing_more_to_do_cannot_be_said_beside_open_negatives(
    impact: Impact,
) -> None:
    impact.fill()
    impact.row("race", **NEGATIVE | {"risk": "They cannot tell us."})
    assert "1 negative impact with nothing done against it" in impact.lead.get(impact.one).text
    page = impact.lead.get(f"{impact.one}/sign")
    assert "Negative impacts that nothing answers: 1" in page.text
    impact.sign(impact.lead, 422, **SIGNED | {"comment": "No further actions."})
    assert "Write a day" in impact.act(status=422, due_on="").text
    assert "Choose who does it." in impact.act(status=422, owner="").text
    impact.act(framework="Equality plan", comment="With the council.")
    page = impact.lead.get(impact.one)
    assert "Equality plan" in page.text
    assert "With the council." in page.text
    remind_of_impact(impact.desk.place.work, MONDAY.replace(month=5, day=2))
    told = [
        each.kind for each in impact.desk.place.messages() if each.account_id == impact.lead_is.account_id
    ]
    assert told == [Kind.OVERDUE]


@pytest.mark.clause(
    "NPH-CIA-47", "NPH-CIA-49", "NPH-CIA-50", "NPH-GUIDE-1b", "NPH-GUIDE-2", "NPH-GUIDE-18",
    "NPH-GUIDE-20b", "NPH-GUIDE-21b",
)  # fmt: skip
def test_different_people_sign_in_their_turn_until_a_director_and_the_executive_team_have_and_the_review_is_planned(
    impact: Impact,
) -> None:
    impact.fill()
    assert "Unsigned" in impact.lead.get(impact.one).text
    impact.sign(impact.head, 422)
    past = impact.sign(impact.lead, 422, **SIGNED | {"next_review": "2026-02-02"})
    assert "write a later day" in past.text
    impact.sign(impact.lead, **SIGNED)
    assert (
        "Only somebody whose post is Assistant Director or Head of Service"
        in impact.sign(impact.desk.client(Role.MANAGER), 422).text
    )
    assert "Somebody else signs here" in impact.sign(impact.lead, 422).text
    impact.sign(impact.head)
    assert "Awaiting director" in impact.lead.get(impact.one).text
    assert "Only somebody whose post is Director" in impact.sign(impact.desk.client(Role.MANAGER), 422).text
    impact.sign(impact.director)
    assert "Awaiting scrutiny" in impact.lead.get(impact.one).text
    impact.sign(impact.head, comment="Seen by the executive team on 2 February: carried out.")
    page = impact.lead.get(impact.one)
    assert "Complete" in page.text
    assert "Head of Service, Housing, " in page.text.partition("Hal Head, ")[2]
    assert "Monday 2 February 2026" in page.text.partition("Dee Director")[2]
    found = impact.found()
    (review,) = [each for each in found.actions if each.kind == "review"]
    assert (review.due_on.isoformat(), review.owner) == ("2027-03-02", "Lee Lead"), (
        "12 months after coming into force"
    )
    assert found.next_review
    assert found.next_review.isoformat() == "2027-02-02"
    remind_of_impact(impact.desk.place.work, MONDAY.replace(year=2027, day=2))
    told = {each.account_id for each in impact.desk.place.messages() if each.kind == Kind.REVIEW}
    assert told == {impact.lead_is.account_id}, "whoever leads it, and nobody else"


@pytest.mark.clause("NPH-CIA-47")
def test_the_lead_who_is_head_of_service_too_cannot_sign_as_both(impact: Impact) -> None:
    impact.fill()
    both = impact.desk.somebody(Role.MANAGER, name="Bo Both", post="Head of Service")
    impact.write("subject", **SUBJECT | {"lead": str(both.account_id)})
    client = impact.desk.client(who=both)
    impact.sign(client, **SIGNED)
    assert "You have signed already" in impact.sign(client, 422).text


@pytest.mark.clause("NPH-GUIDE-1a", "NPH-GUIDE-2")
def test_only_those_of_the_service_that_owns_the_policy_write_and_a_lead_who_is_no_manager_is_remarked_on(
    impact: Impact,
) -> None:
    impact.fill()
    other = impact.desk.client(who=impact.desk.somebody(Role.MANAGER, post="Repairs Manager"))
    other.get(f"{impact.one}/row?row=race")
    other.submit(NEUTRAL, form="/row", status=403)
    other.get(impact.url)
    other.submit({"lead": str(impact.lead_is.account_id)}, form="/impact", status=403)
    impact.row("race", **NEUTRAL)
    assert not [each for each in impact.says() if "manager who takes part" in each]
    officer = impact.desk.somebody(Role.OFFICER, post="Officer")
    impact.write("subject", **SUBJECT | {"lead": str(officer.account_id)})
    assert [each for each in impact.says() if "manager who takes part" in each]


@pytest.mark.clause("NPH-CIA-10", "NPH-CIA-11", "NPH-CIA-12", "NPH-GUIDE-3a")
def test_sources_come_in_five_kinds_and_are_incomplete_without_whose_they_are_engagement_day_and_drawer(
    impact: Impact,
) -> None:
    impact.begin()
    assert "Add at least one source" in " ".join(impact.says())
    page = impact.lead.get(impact.one)
    for kind in ("who our customers are", "complaints", "compliments", "surveys", "census"):
        assert kind in page.text.partition("five kinds of customer data")[2][:160]
    impact.write("source", kind="other", title="Open Housing")
    (source,) = impact.found().content.sources
    assert len(source.lacks) == 4
    assert "Incomplete" in impact.lead.get(impact.one).text
    more = {"side": "internal", "engagement": "None", "drawn_by": "Policy Officer"}
    impact.write("source?key=s1", **more)
    assert [each for each in impact.says() if each == "Open Housing: write the day on which it was drawn."]
    impact.write("source?key=s1", extracted_on="2026-01-20")
    assert not [each for each in impact.says() if each.startswith("Open Housing")]
    impact.lead.get(impact.one)
    impact.lead.submit(form="/source/drop?key=s1")
    assert not impact.found().content.sources


@pytest.mark.clause(
    "NPH-GUIDE-3b",
    "NPH-GUIDE-9a",
    "NPH-GUIDE-10",
    "NPH-GUIDE-8",
    "NPH-GUIDE-12",
    "NPH-GUIDE-15",
    "NPH-GUIDE-4",
)
def test_questions_groups_aims_and_outcomes_that_nothing_shows_are_listed_and_a_signature_then_needs_a_reason(
    impact: Impact,
) -> None:
    impact.fill()
    asked = {each.key: each.asks for each in PROMPTS}
    assert len(FIVE) == 5
    listed = " ".join(impact.says())
    for key in (*FIVE, "demand"):
        assert asked[key] in listed
    for section in Section:
        assert any(each.part == section and "equality strategy" in each.says for each in impact.found().gaps)
    assert "Safeguarding: name the groups, and where the policy touches it." in impact.says()
    impact.row("age", **NEUTRAL | {"outcome_may": "Fewer are missed.", "sources": []})
    assert "Age: an outcome is written, and no source shows it." in impact.says()
    impact.row("age", **NEUTRAL)
    refused = impact.sign(impact.lead, 422, **SIGNED | {"reason": ""})
    assert "Write why it is signed all the same" in refused.text
    impact.reply_to_everything()
    for key in ("age", "access", "economy"):
        impact.row(key, objective="Equal chances", groups="Older people" if key == "economy" else "")
    impact.row("economy", objective="Equal chances", groups="Carers", sources=["s1"])
    impact.row("safeguarding", groups="Children", sources=["s1"])
    assert not impact.found().gaps
    assert "Nothing is missing" in impact.lead.get(impact.one).text
    impact.sign(impact.lead, **SIGNED | {"reason": ""})


@pytest.mark.clause("NPH-GUIDE-13")
def test_an_assessment_that_was_begun_after_the_decision_is_remarked_on_and_so_is_a_community_without_groups(
    impact: Impact,
) -> None:
    impact.fill()
    assert "Name the groups of the community that are affected." in impact.says()
    assert not [each for each in impact.says() if "begun after the day of the decision" in each]
    impact.write("subject", **SUBJECT | {"decision_on": "2026-02-01"})
    assert [each for each in impact.says() if "begun after the day of the decision" in each]
    impact.write("subject", **SUBJECT | {"proposed_on": "2026-02-21"})
    assert "The day of the proposal comes after the day of the decision." in impact.blocking()


@pytest.mark.clause("NPH-GUIDE-19a", "NPH-GUIDE-19b")
def test_an_action_that_is_done_is_asked_whether_it_helped_and_one_that_did_not_is_done_another_way(
    impact: Impact,
) -> None:
    impact.fill()
    impact.act()
    (action_id,) = impact.action_ids()
    impact.lead.get(f"{impact.one}/actions/{action_id}/done")
    impact.lead.submit({"comment": "A service was found."}, form="/done")
    later = MONDAY + timedelta(days=31)
    remind_of_impact(impact.desk.place.work, later)
    assert [each.kind for each in impact.desk.place.messages()] == [Kind.PRACTICE]
    impact.lead.get(f"{impact.one}/actions/{action_id}/helped")
    no = {"helped": "no", "found": "Nobody used it."}
    refused = impact.lead.submit(no | {"says": "", "due_on": ""}, form="/helped", status=422)
    assert "Write what is to be done." in refused.text
    impact.lead.submit(no | {"says": "Train two colleagues.", "due_on": "2026-09-01"}, form="/helped")
    done, instead = sorted(impact.found().actions, key=lambda each: each.done_at is None)
    assert (done.effective, done.found) == (False, "Nobody used it.")
    assert done.done_by == "Lee Lead"
    assert done.judged_at == MONDAY
    assert (instead.follows_id, instead.says, instead.due_on.isoformat()) == (
        done.id,
        "Train two colleagues.",
        "2026-09-01",
    )


def test_two_people_who_write_at_once_do_not_overwrite_each_other(impact: Impact) -> None:
    impact.fill()
    impact.lead.get(f"{impact.one}/row?row=race")
    impact.head.get(f"{impact.one}/row?row=race")
    colleague = impact.desk.client(who=impact.desk.somebody(Role.MANAGER, post="Rehousing Manager"))
    colleague.get(f"{impact.one}/row?row=race")
    colleague.submit({"groups": "People who speak little English"}, form="/row")
    told = impact.lead.submit({"groups": "Mine"}, form="/row", status=409)
    assert "Somebody else has changed it meanwhile" in told.text
    assert "Mine" in told.html
    assert impact.found().content.row("race").groups == "People who speak little English"


def test_what_was_signed_is_written_again_only_after_it_was_opened_and_is_then_signed_anew(
    impact: Impact,
) -> None:
    impact.fill()
    impact.sign(impact.lead, **SIGNED)
    impact.row("race", 409, **NEUTRAL)
    impact.head.get(f"{impact.one}/sign")
    impact.head.submit({"reason": "Age is too thin."}, form="/return")
    assert "Sent back: Age is too thin." in impact.lead.get(impact.one).text
    assert not impact.found().signatures
    impact.row("race", **NEUTRAL)


def test_the_assessment_is_saved_as_a_pdf_that_can_be_read_aloud_with_seven_numbered_sections(
    impact: Impact,
) -> None:
    impact.fill()
    impact.row("race", **NEGATIVE | {"risk": "They cannot tell us. " * 150, "mitigation": "Interpreters."})
    impact.lead.get(f"{impact.one}/paper")
    response = impact.lead.response
    assert response
    assert "assessment.pdf" in response.headers["Content-Disposition"]
    reader = PdfReader(BytesIO(response.data))
    assert reader.trailer["/Root"]["/MarkInfo"]["/Marked"]
    assert reader.trailer["/Root"]["/Lang"] == "en-GB"
    text = " ".join(page.extract_text() for page in reader.pages)
    for number, (_, title) in enumerate(SECTIONS, start=1):
        assert f"{number}. {title}" in text
    assert "Race" in text
    assert "Interpreters." in text


@pytest.mark.clause("AG013-EIA-3")
def test_what_an_earlier_assessment_promised_stays_open_beside_the_figures_of_training_until_somebody_shows_it(
    app: Flask, database: Database, clock: Clock
) -> None:
    impact = Impact(a_desk(app, database, clock, "seven-locks"))
    impact.lead_is = impact.desk.somebody(Role.MANAGER, name="Lee Lead", post="Head of Housing")
    impact.lead = impact.desk.client(who=impact.lead_is)
    impact.begin()
    page = impact.lead.get(impact.one)
    assert f"{impact.desk.url}/training" in page.links
    first, *others = sorted(impact.found().actions, key=lambda each: "training" not in each.says)
    assert (len(others), first.owner, first.done_at) == (2, "Lee Lead", None)
    impact.lead.get(f"{impact.one}/actions/{first.id}/done")
    impact.lead.submit({"comment": "Everybody holds the course: register of 2 February."}, form="/done")
    assert next(each for each in impact.found().actions if each.id == first.id).found.startswith("Everybody")
    assert all(each.done_at is None for each in impact.found().actions if each.id != first.id)


def test_a_first_assessment_begins_with_what_the_policys_own_claims_row_by_row_and_none_of_it_counts_as_shown(
    impact: Impact,
) -> None:
    page = impact.lead.get(impact.url)
    assert "has a Community Impact Assessment from before, of 2024-06-07" in page.text
    impact.begin(earlier=True)
    page = impact.lead.get(impact.one)
    assert "translation is not readily available. (NPH CIA form 3, race)" in page.text
    assert "A translation service is being explored." in page.text
    assert "Staff may not be equipped to see underlying issues" in page.text
    assert "Capita Open Housing" in page.text
    assert "4 negative impacts with nothing done against them. Nobody can sign before there is." in page.text
    impact.lead.get(f"{impact.one}/sign")
    assert "Nobody can sign before there is." in impact.lead.submit(SIGNED, form="/sign", status=422).text
    assert "has a Community Impact Assessment" not in impact.lead.get(impact.url).text, "only the first begins so"
