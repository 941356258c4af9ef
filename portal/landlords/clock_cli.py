"""`portal clock`: ask a landlord's policy by when somebody must hear from it."""

import json
from datetime import UTC, datetime
from pathlib import Path

import click

from portal.domain.calendar import Shown, at_the_sooner, how_often_shown
from portal.domain.errors import PortalError
from portal.domain.wording import say_day, say_deadline, say_moment
from portal.landlords.asked_pack import Reached, asked_policy, from_the_database, landlords_folder
from portal.landlords.clock_answer import ClockAnswer, ask_clock, events

_SAID = {
    Shown.ONCE: "",
    Shown.NEVER: (
        "Clocks went forward that night and never showed {time}. Of its two readings the sooner is taken: {read}. "
        "For another moment give an offset, as in +01:00."
    ),
    Shown.TWICE: (
        "Clocks went back that night and showed {time} twice. The first is taken, the sooner for the survivor: "
        "{read}. For the second give its offset, +00:00."
    ),
}


@click.command()
@click.argument("landlord")
@click.argument("event")
@click.option(
    "--at", "written", metavar="TIME", help="When the report arrived: 2026-04-02T16:30. Now, if left out."
)
@click.option("--json", "as_json", is_flag=True, help="Write JSON instead of sentences.")
@landlords_folder
@from_the_database
@click.pass_obj
def clock(
    reached: Reached | None,
    landlord: str,
    event: str,
    written: str | None,
    root: Path,
    *,
    as_json: bool,
    stored: bool,
) -> None:
    """Say by when LANDLORD must have acted on EVENT, and why then.

    LANDLORD is the name of its folder, such as havebury, or that under which it was added. EVENT is disclosure,
    concern, threat-to-life, unsafe-damage, or whatever else its policy defines. A TIME without an offset is London
    time; where clocks showed it twice or never that night, the sooner reading is taken and said.

    The answer comes from the policy's folder, and nothing needs to be running. A landlord without a folder is
    looked for in the portal's database.
    """
    asked = asked_policy(root, landlord, reached, datetime.now(UTC), stored=stored)
    if event not in events(asked.policy):
        raise click.BadParameter(
            f"{asked.name} knows no event {event!r}; it knows {', '.join(events(asked.policy))}.",
            param_hint="EVENT",
        )
    start, note = _start(written)
    try:
        answer = ask_clock(asked.policy, event, start)
    except PortalError as refusal:
        raise click.ClickException(str(refusal)) from None
    click.echo(_as_json(landlord, answer, note) if as_json else _as_text(asked.name, answer, note))


def _start(written: str | None) -> tuple[datetime, str]:
    """The moment, and how a time was read that the clocks of that night show never or twice."""
    if written is None:
        return datetime.now(UTC), ""
    try:
        start = datetime.fromisoformat(written)
    except ValueError:
        raise click.BadParameter(
            f"{written!r} is not a time; write it as 2026-04-02T16:30.", param_hint="--at"
        ) from None
    if start.tzinfo:
        return start, ""
    read = at_the_sooner(start)
    return read, _SAID[how_often_shown(start)].format(time=f"{start:%H:%M}", read=say_moment(read))


def _as_json(landlord: str, answer: ClockAnswer, note: str) -> str:
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
            "office_hours": answer.office_hours or None,
            "read_as": answer.reading.choice if answer.reading else None,
            "note": note or None,
            "skipped": [{"day": each.day.isoformat(), "reason": each.reason} for each in answer.skipped],
        },
        indent=2,
    )


def _as_text(name: str, answer: ClockAnswer, note: str) -> str:
    lines = [
        f"{name}, {answer.event}, reported {say_moment(answer.start)}",
        f"  due      {say_deadline(answer.due) if answer.due else 'no time is stated'}",
        f"  rule     {answer.rule}{_whose(answer)}",
        f"  met by   {answer.stop_act.value}",
        f"  clause   {answer.clause or 'none'}",
    ]
    if answer.reading:
        lines += [f"  read as  {answer.reading.choice}", f"           {answer.reading.said_by}"]
    lines += [f"  hours    {answer.office_hours}"] if answer.office_hours else []
    lines += [f"  skipped  {say_day(each.day)}: {each.reason}" for each in answer.skipped]
    lines += [f"  note     {note}"] if note else []
    return "\n".join(lines)


def _whose(answer: ClockAnswer) -> str:
    return f" (the landlord's own target, set by {answer.set_by}; not policy)" if answer.set_by else ""
