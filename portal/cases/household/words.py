"""The words for the people of a case, said once for forms, pages and timeline."""

from typing import Any

from portal.domain.policy.said_date import in_words
from portal.domain.standing import Source, Standing

PARTS = {
    "survivor": "The person",
    "other_person": "The person who does harm",
    "child": "Child",
    "household_member": "Lives in the household",
    "family": "Family or friend",
    "household": "Household, as told",
    "teller": "Who told us",
    "professional": "Professional",
}
ADDABLE = {
    "child": "A child, also one not living here",
    "household_member": "Somebody else who lives there",
    "family": "Family or a friend elsewhere",
    "other_person": "Another person who does harm",
    "professional": "A professional: school, social worker, solicitor",
}
EFFECTS = {
    "sees": "Sees it",
    "hears": "Hears it",
    "feels": "Feels its effects",
    "direct": "Is hurt or threatened themselves",
}
"""Domestic Abuse Act 2021 s.3: each of the first three makes a child a victim in their own right."""
DETAILS = {
    "name": "Name",
    "aliases": "Also called",
    "born": "Date of birth",
    "age": "Age",
    "gender": "Gender",
    "pronouns": "Pronouns",
    "address": "Address",
    "relation": "To the landlord",
    "language": "Language",
    "needs": "Needs",
    "relationship": "To the person",
    "lives_there": "Lives there",
    "where": "Where they are",
    "joint_tenant": "Joint tenant",
    "children": "Children",
    "effects": "What it does to them",
    "school": "School or nursery",
    "worker": "Their own worker",
    "support": "Support of their own",
    "role": "Role",
    "organisation": "Organisation",
    "phone": "Telephone",
    "email": "Email",
    "staff_risk": "Risk to staff",
    "person_knows": "The person knows",
    "words": "Notes",
    "gone": "Not part of this any more",
}
ABOUT_A_HOUSEHOLD = {"name": "Who lives there", "children": "Children"}
GENDERS = {
    "": "Not said",
    "female": "Woman or girl",
    "male": "Man or boy",
    "other": "In their own words, see notes",
}
STANDINGS = {
    Standing.ALLEGED: "Alleged",
    Standing.ADMITTED: "Admitted",
    Standing.ORDER: "Subject to an order",
    Standing.CONVICTED: "Convicted",
}
SOURCES = {
    Source.SURVIVOR: "The person told us",
    Source.THEMSELVES: "They said so themselves",
    Source.WITNESS: "Somebody who saw or heard it",
    Source.AGENCY: "Another agency",
    Source.POLICE: "The police",
    Source.COURT: "A court",
}
SUBTYPES = {
    "sexual-offences": "Sexual offences",
    "stalking": "Stalking",
    "fgm": "Female genital mutilation",
    "honour-based": "Abuse said to be for honour",
    "forced-marriage": "Forced marriage",
    "prostitution": "Prostitution",
    "trafficking": "Trafficking",
}
NO_TENANCY = ("Step on a tenancy", "Not available: they neither live here nor hold the tenancy")
RECOGNISED_BY = {"born": "same name and date of birth", "phone": "same telephone number"}


def about(part: str, details: dict[str, Any]) -> tuple[tuple[str, str], ...]:
    """What was said about somebody, each with its label; whatever was left out is left out here."""
    labels = ABOUT_A_HOUSEHOLD if part == "household" else DETAILS
    given = ((key, value) for key, value in details.items() if value not in ("", None, "unknown", []))
    in_order = sorted(
        given, key=lambda each: list(labels).index(each[0]) if each[0] in labels else len(labels)
    )
    found = tuple((labels.get(key, key), _said(key, value)) for key, value in in_order)
    elsewhere = details.get("lives_there") == "no" and details.get("joint_tenant") == "no"
    return (*found, NO_TENANCY) if elsewhere and part == "other_person" else found


def _said(key: str, value: Any) -> str:  # noqa: ANN401 - a detail is a text, a number or a list of codes
    if key == "effects":
        return "; ".join(EFFECTS.get(each, each) for each in value)
    if key == "born":
        return in_words(str(value))
    if key == "gender":
        return GENDERS.get(str(value), str(value))
    said = str(value)
    return said.replace("_", " ").capitalize() if said.islower() and " " not in said else said
