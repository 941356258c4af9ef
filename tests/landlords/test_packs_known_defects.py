"""Every real defect of the five policies is found by a rule, under its clause; no rule knows a landlord."""

from pathlib import Path

import pytest

from portal.landlords import linter
from tests.landlords.packs_at_hand import SLUGS, found

RULES = sorted((Path(linter.__file__).parent / "lint").glob("*.py"))


@pytest.mark.invariant(10)
@pytest.mark.parametrize(
    ("slug", "code", "clause", "says"),
    [
        # AG/013
        ("dales", "one-policy-for-several", "AG/013 document reference", "2 landlords"),
        ("dales", "said-in-two-ways", "AG/013 Objectives, bullet 7", "the perpetrator is convicted"),
        (
            "dales",
            "age-above-the-act",
            "AG/013 Context, meaning of adult",
            "begins at 18; the Act begins at 16",
        ),
        ("dales", "definition-superseded", "AG/013 Context, adopted definition", "Domestic Abuse Act 2021"),
        ("dales", "assessment-missing", None, "Dales Housing"),
        ("seven-locks", "assessment-old", "AG/013 Equality Impact Assessment", "15 December 2010"),
        ("seven-locks", "assessment-before-policy", "AG/013 Equality Impact Assessment", "25 November 2011"),
        ("dales", "reading-to-confirm", "AG/013 Operational Principle 1", "close of business"),
        ("dales", "no-risk-instrument", None, "names no instrument"),
        # HS-026
        ("havebury", "number-used-twice", "HS-026 3.2", "used 2 times"),
        ("havebury", "placeholder", "HS-026 1.3", "(Insert policy number here)"),
        ("havebury", "placeholder", "HS-026 1.3", "P028"),
        ("havebury", "field-blank", "HS-026 document control, equality assessment outcome", "outcome"),
        ("havebury", "field-blank", "HS-026 document control, title and reference", "corresponding policy"),
        ("havebury", "definition-superseded", "HS-026 2.1", "2021, which the policy itself lists"),
        ("havebury", "consultation-missing", "HS-026 document control, consultation", "Nobody"),
        ("havebury", "consultation-blank", "HS-026 document control, consultation", "Other"),
        ("havebury", "called-legal-duty", "HS-026 4.8", "threshold of a MARAC"),
        ("havebury", "said-in-two-ways", "HS-026 1.1", "Leadership Team"),
        ("havebury", "reading-to-confirm", "HS-026 4.7", "breaks off"),
        ("havebury", "review-overdue", "HS-026 document control, review date", "January 2026"),
        ("havebury", "document-without-link", "HS-026 7", "HS035"),
        # STAR
        ("star", "age-wording", "STAR 2.1", '"over 16"'),
        ("star", "reading-to-confirm", "STAR 5.1", "3 ways"),
        ("star", "reading-to-confirm", "STAR 3.3", "complaints"),
        ("star", "reading-to-confirm", "STAR 2.1", "From 16 itself"),
        ("star", "reading-to-confirm", "STAR policy header, approval and version", "month of approval"),
        ("star", "said-in-two-ways", "STAR policy header, approval and version", "Customer Sub-Committee"),
        ("star", "said-in-two-ways", "STAR policy header, linked policies", "Vulnerable Customer Policy"),
        ("star", "called-legal-duty", "STAR 4.2", "MARAC"),
        ("star", "clock-is-an-aim", "STAR 5.1", "aims"),
        ("star", "assessment-missing", None, "Shropshire"),
        # whg
        ("whg", "review-overdue", "whg document control, approval and review date", "May 2025"),
        ("whg", "no-clock", None, "disclosure or concern"),
        ("whg", "no-risk-instrument", None, "names no instrument"),
        ("whg", "law-cited-twice", "whg 7.1", "Crime and Policing Act 2014"),
        ("whg", "said-in-two-ways", "whg 6.1", "Policy Group"),
        ("whg", "said-in-two-ways", "whg 2.2", "significant risk"),
        ("whg", "consultation-undated", "whg document control, consultation", "No date"),
        ("whg", "assessment-without-outcome", "whg document control, equality assessment", "not stated"),
        # NPH
        ("nph", "two-review-dates", "NPH cover, next review date", "March 2026"),
        ("nph", "review-cycle-disagrees", "NPH Review and Monitoring", "26 October 2025"),
        (
            "nph",
            "review-before-signature",
            "NPH CIA form, review and sign-off",
            "before the signature of 7 June 2024",
        ),
        ("nph", "law-superseded", "NPH Information Sharing", "Data Protection Act 2018"),
        ("nph", "ground-in-wrong-act", "NPH Action against Perpetrators", "stands in the Housing Act 1985"),
        ("nph", "law-moved-since", "NPH Emergency move outside, para 1", "SI 2025/706"),
        ("nph", "law-may-change", "NPH Perpetrators, Joint tenants", "not law yet"),
        ("nph", "law-title-doubtful", "NPH Information Sharing", "GDPR"),
        ("nph", "said-in-two-ways", "NPH cover title", "Domestic Abuse Policy 2024"),
        ("nph", "said-in-two-ways", "NPH cover, revision history", '"version 1" (NPH cover, approval)'),
        ("nph", "said-in-two-ways", "NPH Training", "trained IDVAs"),
        ("nph", "said-in-two-ways", "NPH Definition, para 1", "above 16"),
        ("nph", "placeholder", "NPH contents list", "Review and Monitoring: Error! Bookmark"),
        ("nph", "placeholder", "NPH contents list", "Training: Error! Bookmark"),
        ("nph", "counted-under-another-policy", "NPH Review and Monitoring", "anti-social behaviour"),
        ("nph", "approver-not-stated", None, "one person and no post"),
        ("nph", "field-blank", "NPH cover, distribution", "Distribution list"),
        ("nph", "economic-abuse-not-named", "NPH Definition, list of abuse", "economic"),
        ("nph", "assessment-status-not-chosen", "NPH CIA form 1, name", "not chosen"),
        ("nph", "negative-unanswered", "NPH CIA form 4, mental health", "mental health"),
        ("nph", "row-without-evidence", "NPH CIA form 3, race", "race and ethnicity"),
    ],
)
def test_each_known_defect_is_found(slug: str, code: str, clause: str | None, says: str) -> None:
    told = [each for each in found(slug, code) if each.clause == clause and says in each.says]
    assert len(told) == 1, found(slug, code)
    assert told[0].do


@pytest.mark.parametrize("path", RULES, ids=lambda path: path.stem)
def test_no_rule_knows_a_landlord(path: Path) -> None:
    text = path.read_text().lower()
    for name in (*SLUGS, "ag-013", "ag/013", "hs-026", "seven locks"):
        assert f'"{name}"' not in text, name
        assert f'"{name} ' not in text, name
