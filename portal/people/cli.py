"""`portal staff`: give people accounts and roles for real work, change a lost password, and end what has ended."""

import sys
from datetime import UTC, datetime, time, timedelta
from uuid import UUID

import click
from sqlalchemy import select, update

from portal.domain.calendar import at_wall_clock
from portal.domain.permissions import Role
from portal.domain.training import Course, TrainingLevel
from portal.landlords.landlord_cli import Reached, opened
from portal.people import training
from portal.people.inviting import at_an_agency
from portal.people.models import Account
from portal.people.queries import colleagues
from portal.people.resetting import forget_factors
from portal.people.service import set_password
from portal.people.staff import add_staff, give_roles
from portal.store.audit import PORTAL
from portal.store.database import Database
from portal.store.scope import AccountScope, LandlordScope, PublicScope
from portal.store.tenancy import Landlord

SHORTEST_PASSWORD = 12
DAY = click.DateTime(["%Y-%m-%d"])
LANDLORD = click.argument("landlord")
EMAIL = click.argument("email")


GIVEN = [each.value for each in Role if each is not Role.SUPPORT]
"""Support is let in by the landlord itself, for some hours."""


@click.group()
def staff() -> None:
    """Who works for which landlord, and as what."""


@staff.command("add")
@LANDLORD
@EMAIL
@click.option("--name", required=True, help="The name that colleagues see, for a new account.")
@click.option(
    "--role",
    "roles",
    type=click.Choice(GIVEN),
    multiple=True,
    required=True,
    metavar="ROLE",
    help=f"What they may do: {', '.join(GIVEN)}. Can be given several times.",
)
@click.option("--post", help="The post that they hold under the landlord's policy.")
@click.option(
    "--offers", multiple=True, help="What they offer to meet: woman, man, speaks:pl; several times."
)
@click.option("--on-duty", is_flag=True, help="They are told of each new report.")
@click.option(
    "--until", type=click.DateTime(["%Y-%m-%d"]), help="The last day of a delegation, such as 2026-12-31."
)
@click.pass_obj
def add(  # noqa: PLR0913, PLR0917 - click hands over each option by itself
    reached: Reached,
    landlord: str,
    email: str,
    name: str,
    roles: tuple[str, ...],
    post: str | None,
    offers: tuple[str, ...],
    on_duty: bool,  # noqa: FBT001 - click gives flags so
    until: datetime | None,
) -> None:
    """Let EMAIL work for LANDLORD, or set anew what they may do there.

    Asks for a password where there is no account with this address yet; on a pipe, it is the first line.
    """
    with opened(reached) as database:
        landlord_id = landlord_id_of(database, landlord)
        account_id = _account(database, email)
        if account_id and _at_an_agency(database, account_id):
            raise click.ClickException("They work for an agency: one person, one side. End that first.")
        password = "" if account_id else new_password()
        add_staff(
            database,
            email=email,
            name=name,
            password=password,
            roles={landlord_id: [Role(each) for each in roles]},
            now=datetime.now(UTC),
            offers=offers or None,
            post=post,
            on_duty=on_duty,
            ends_at=at_wall_clock(until.date() + timedelta(days=1), time.min) if until else None,
        )
    last = f" until the end of {until:%Y-%m-%d}" if until else ""
    click.echo(f"{email} works for {landlord} as {', '.join(roles)}{last}, and signs in at /desk/.")


@staff.command("end")
@LANDLORD
@EMAIL
@click.pass_obj
def end(reached: Reached, landlord: str, email: str) -> None:
    """Take from EMAIL every role at LANDLORD, at once. What they wrote stays, under their name."""
    with opened(reached) as database:
        landlord_id, account_id = landlord_id_of(database, landlord), known(database, email)
        with database.work(LandlordScope(landlord_id)) as session:
            give_roles(session, account_id, [], PORTAL, datetime.now(UTC))
    click.echo(f"{email} no longer works for {landlord}. Their open cases stand under “Nobody has these”.")


@staff.command("password")
@EMAIL
@click.option("--anew", is_flag=True, help="Their second factor is forgotten too: they lost telephone and codes.")
@click.pass_obj
def password(reached: Reached, email: str, *, anew: bool) -> None:
    """Give EMAIL a new password, and end every sign-in of theirs."""
    with opened(reached) as database:
        account_id, chosen = known(database, email), new_password()
        with database.work(PublicScope()) as session:
            set_password(session, account_id, chosen, datetime.now(UTC))
            if anew:
                forget_factors(session, account_id)
                session.execute(
                    update(Account).where(Account.id == account_id).values(shown_at=datetime.now(UTC))
                )
    click.echo(f"{email} has a new password, and is signed out everywhere.")


@staff.command("list")
@LANDLORD
@click.pass_obj
def list_(reached: Reached, landlord: str) -> None:
    """List everybody who works for LANDLORD."""
    with opened(reached) as database:
        scope = LandlordScope(landlord_id_of(database, landlord))
        with database.work(scope) as session:
            for each in colleagues(session, datetime.now(UTC)):
                duty = ", on duty" if each.on_duty else ""
                click.echo(f"{each.name:28} {each.role_names}{duty}{f'  ({each.post})' if each.post else ''}")


@staff.group("training")
def courses() -> None:
    """What staff have learned, and until when it holds: some policies let only the trained assess risk."""


@courses.command("add")
@LANDLORD
@EMAIL
@click.argument("course")
@click.option("--level", type=click.Choice([each.value for each in TrainingLevel]), required=True)
@click.option("--completed", "completed_on", type=DAY, required=True, help="The day, like 2026-03-31.")
@click.option("--until", "valid_until", type=DAY, help="The last day on which it holds; without it, for good.")
@click.pass_obj
def add_course(
    reached: Reached,
    landlord: str,
    email: str,
    course: str,
    level: str,
    completed_on: datetime,
    valid_until: datetime | None,
) -> None:
    """Record that EMAIL completed COURSE at LANDLORD. The same course and day again puts the earlier record right."""
    until = valid_until.date() if valid_until else None
    if until and until < completed_on.date():
        raise click.BadParameter("it ends before it was completed.", param_hint="--until")
    taken = Course(course, TrainingLevel(level), completed_on.date(), until)
    with opened(reached) as database:
        landlord_id, account_id = landlord_id_of(database, landlord), known(database, email)
        with database.work(LandlordScope(landlord_id)) as session:
            training.record(session, account_id, taken, PORTAL, datetime.now(UTC))
    click.echo(f"{email}: {course}, {level}, {f'until {until:%d %B %Y}' if until else 'for good'}.")


@courses.command("list")
@LANDLORD
@click.pass_obj
def list_courses(reached: Reached, landlord: str) -> None:
    """List who at LANDLORD has learned what, and whose training is over."""
    now = datetime.now(UTC)
    with opened(reached) as database, database.work(LandlordScope(landlord_id_of(database, landlord))) as session:
        found = colleagues(session, now)
        held = training.held_by(session, [each.account_id for each in found])
    for each in found:
        for course in held.get(each.account_id, ()):
            until = f"until {course.valid_until:%d %B %Y}" if course.valid_until else "for good"
            over = "" if course.holds_on(now.date()) else "  OVER"
            click.echo(f"{each.name:28} {course.level:12} {course.title}, {until}{over}")
        if each.account_id not in held:
            click.echo(f"{each.name:28} none on record")


def landlord_id_of(database: Database, slug: str) -> UUID:
    """The landlord with this name in its address."""
    with database.work(PublicScope()) as session:
        found = session.scalar(select(Landlord.id).where(Landlord.slug == slug))
    if found is None:
        raise click.ClickException(f"There is no landlord {slug!r}. `portal landlord list` shows them.")
    return found


def _account(database: Database, email: str) -> UUID | None:
    with database.work(PublicScope()) as session:
        return session.scalar(select(Account.id).where(Account.email == email.strip().lower()))


def _at_an_agency(database: Database, account_id: UUID) -> bool:
    with database.work(AccountScope(account_id)) as session:
        return session.scalar(at_an_agency(account_id)) is not None


def known(database: Database, email: str) -> UUID:
    """Whoever has an account with this address."""
    found = _account(database, email)
    if found is None:
        raise click.ClickException("Nobody has an account with this address.")
    return found


def new_password() -> str:
    """A password as it is typed, twice; or the first line of a pipe."""
    if sys.stdin.isatty():
        chosen: str = click.prompt("Their password", hide_input=True, confirmation_prompt="Once more")
    else:
        chosen = sys.stdin.readline().rstrip("\n")
    if len(chosen) < SHORTEST_PASSWORD:
        raise click.ClickException(f"Take {SHORTEST_PASSWORD} characters or more; several words are good.")
    return chosen
