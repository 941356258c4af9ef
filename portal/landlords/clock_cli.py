"""`portal clock`: ask a landlord's policy by when somebody must hear from it."""

import json
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import click

from portal.domain.errors import PortalError
from portal.domain.wording import say_day, say_deadline, say_moment
from portal.landlords.asked_pack import asked_pack, landlords_folder
from portal.landlords.clock_answer import ClockAnswer, ask_clock, events
from portal.landlords.packs import Pack

LONDON = ZoneInfo("Europe/London")


@click.command()
@click.argument("landlord")
@click.argument("event")
@click.option(
    "--at", "written", metavar="TIME", help="When the report arrived: 2026-04-02T16:30. Now, if left out."
)
@click.option("--json", "as_json", is_flag=True, help="Write JSON instead of sentences.")
@landlords_folder
def clock(landlord: str, event: str, written: str | None, root: Path, *, as_json: bool) -> None:
    """Say by when LANDLORD must have acted on EVENT, and why then.

    LANDLORD is the name of its folder, such as havebury. EVENT is disclosure, concern, threat-to-life,
    unsafe-damage, or whatever else its policy defines. A TIME without an offset is London time. Nothing needs to
    be running: the answer comes from the policy's folder.
    """
    pack = asked_pack(root, landlord)
    if event not in events(pack.policy):
        raise click.BadParameter(
            f"{pack.landlord.name} knows no event {event!r}; it knows {', '.join(events(pack.policy))}.",
            param_hint="EVENT",
        )
    try:
        answer = ask_clock(pack.policy, event, _start(written))
    except PortalError as refusal:
        raise click.ClickException(str(refusal)) from None
    click.echo(_as_json(landlord, answer) if as_json else _as_text(pack, answer))


def _start(written: str | None) -> datetime:
    if written is None:
        return datetime.now(UTC)
    try:
        start = datetime.fromisoformat(written)
    except ValueError:
        raise click.BadParameter(
            f"{written!r} is not a time; write it as 2026-04-02T16:30.", param_hint="--at"
        ) from None
    return start if start.tzinfo else start.replace(tzinfo=LONDON)


def _as_json(landlord: str, answer: ClockAnswer) -> str:
    return json.dumps(
        {
            "landlord": landlord,
            "event": answer.event,
            "start": answer.start.isoformat(),
            "due": answer.due.isoformat() if answer.due else None,
            "rule": answer.rule,
            "stop_act": answer.stop_act.value,
            "clause": answer.clause,
            "stated": answer.stated,
            "skipped": [{"day": each.day.isoformat(), "reason": each.reason} for each in answer.skipped],
        },
        indent=2,
    )


def _as_text(pack: Pack, answer: ClockAnswer) -> str:
    lines = [
        f"{pack.landlord.name}, {answer.event}, reported {say_moment(answer.start)}",
        f"  due      {say_deadline(answer.due) if answer.due else 'no time is stated'}",
        f"  rule     {answer.rule}{_whose(answer)}",
        f"  met by   {answer.stop_act.value}",
        f"  clause   {answer.clause or 'none'}",
    ]
    lines += [f"  skipped  {say_day(each.day)}: {each.reason}" for each in answer.skipped]
    return "\n".join(lines)


def _whose(answer: ClockAnswer) -> str:
    return f" (the landlord's own target, set by {answer.set_by}; not policy)" if answer.set_by else ""
