"""`portal options`: ask a landlord's policy what it opens for somebody who is not safe at home, and why."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, TextIO

import click
from pydantic import ValidationError

from portal.domain.policy import Origin, Policy
from portal.domain.rehousing.board import OptionState, Reason, Ruling, board
from portal.domain.rehousing.duties import against_surrender, arrears_block, nil_rent
from portal.domain.rehousing.facts import Facts
from portal.domain.rehousing.terms import Term, terms
from portal.landlords.asked_pack import asked_pack, landlords_folder
from portal.landlords.faults import PackFaults, of_validation
from portal.landlords.packs import Pack

OWN_RULE = "the portal’s own rule: no clause asks for it"
STATES = {
    OptionState.OPEN: "open",
    OptionState.ASK: "ask first",
    OptionState.CLOSED: "closed",
    OptionState.NOT_STATED: "not stated",
}

FACTS = """\b
The facts are a JSON object; whatever is left out is unknown:
  home        safe, safe_with_security, safe_for_a_short_time, not_safe
  wish        stay, move, undecided
  risk        standard, medium, high
  moves_before             moves within the area before, a number
  arrears                  rent owed in pounds, a number
  and true or false for each of these:
  asks_for_security        they ask for added security
  staying_answered         every way of staying was talked through
  move_lessens_risk        what the assessment of a move found
  evidence                 something shows that the home is not safe
  safe_in_area             some home in the landlord's area is safe
  own_homes_serve          one of the landlord's own homes can serve
  agrees_to_council        they agree that the council is asked
  agrees_to_temporary      they want a place for the time being
  council_accepted_duty    a council has accepted the full duty
  permanent_home           a permanent home is secured
"""


@click.command(epilog=FACTS)
@click.argument("landlord")
@click.option(
    "--facts",
    "file",
    type=click.File(encoding="utf-8"),
    help="A JSON file with what is known, or - for standard input. Without it nothing is known yet.",
)
@click.option("--json", "as_json", is_flag=True, help="Write JSON instead of sentences.")
@landlords_folder
def options(landlord: str, file: TextIO | None, root: Path, *, as_json: bool) -> None:
    """Say which options LANDLORD's policy opens, which it closes, and by which clause.

    LANDLORD is the name of its folder, such as whg. Nothing needs to be running: the answer comes from the folder.
    """
    pack = asked_pack(root, landlord)
    facts = _facts(file)
    click.echo(_as_json(landlord, pack, facts) if as_json else _as_text(pack, facts))


def _facts(file: TextIO | None) -> Facts:
    if file is None:
        return Facts()
    try:
        return Facts.model_validate_json(file.read())
    except ValidationError as error:
        raise click.ClickException(
            str(PackFaults(of_validation(Facts, {"": Path(file.name).name}, error)))
        ) from None


def _duties(policy: Policy, facts: Facts) -> Iterator[Reason]:
    found: tuple[Reason | None, ...] = (
        against_surrender(policy, facts),
        nil_rent(policy, facts),
        arrears_block(policy),
    )
    yield from (each for each in found if each)


def _as_json(landlord: str, pack: Pack, facts: Facts) -> str:
    policy = pack.policy
    return json.dumps(
        {
            "landlord": landlord,
            "facts": facts.model_dump(mode="json"),
            "options": [_of_ruling(each) for each in board(policy, facts)],
            "terms": {each.key: _of_term(each) for each in terms(policy, pack.law)},
            "duties": [_of_reason(each) for each in _duties(policy, facts)],
        },
        indent=2,
        ensure_ascii=False,
    )


def _of_ruling(ruling: Ruling) -> dict[str, Any]:
    return {
        "option": ruling.kind.value,
        "title": ruling.title,
        "state": ruling.state.value,
        "open": ruling.open,
        "says": ruling.says,
        "clauses": list(ruling.clauses),
        "origin": ruling.origin.value,
        "reasons": [_of_reason(each) for each in ruling.reasons],
        "notes": [_of_reason(each) for each in ruling.notes],
    }


def _of_term(term: Term) -> dict[str, Any]:
    return {
        "value": term.value,
        "clauses": list(term.clauses),
        "stated": term.value is not None,
        "origin": term.origin.value,
        "law_since": list(term.law),
    }


def _of_reason(reason: Reason) -> dict[str, str | None]:
    return {"says": reason.says, "clause": reason.clause}


def _as_text(pack: Pack, facts: Facts) -> str:
    lines = [f"{pack.landlord.name}, {pack.policy.document.cite}", ""]
    for each in board(pack.policy, facts):
        lines.append(f"{STATES[each.state]:>10}  {each.title}")
        lines.append(f"{'':12}{each.says}{_bracketed(each.clauses)}")
        lines += [f"{'':12}- {one.says}{_of(one)}" for one in (*each.reasons, *each.notes)]
    lines += ["", "Terms of a move"]
    for term in terms(pack.policy, pack.law):
        lines.append(f"  {term.title}: {term.value or 'not stated'}{_whose(term)}")
        lines += [f"    law since: {each}" for each in term.law]
    duties = list(_duties(pack.policy, facts))
    if duties:
        lines += ["", "Heed", *(f"  {each.says} ({each.clause or OWN_RULE})" for each in duties)]
    return "\n".join(lines)


def _whose(term: Term) -> str:
    return f" ({OWN_RULE})" if term.origin is Origin.PORTAL_DEFAULT else _bracketed(term.clauses)


def _of(reason: Reason) -> str:
    return _bracketed((reason.clause,) if reason.clause else ())


def _bracketed(clauses: tuple[str, ...]) -> str:
    return f" ({', '.join(clauses)})" if clauses else ""
