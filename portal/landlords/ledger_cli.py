"""`portal clauses`: what each policy clause asks of the portal, and which tests prove that it is kept."""

import json

import click

from portal.landlords.ledger import Kind, proven, rows, rows_of


@click.command()
@click.option("--policy", help="Only this policy: ag-013, havebury, star, whg or nph.")
@click.option("--json", "as_json", is_flag=True, help="Write JSON instead of a table.")
@click.option(
    "--unkept", is_flag=True, help="Only clauses that the portal should serve or show and no test proves."
)
def clauses(policy: str | None, *, as_json: bool, unkept: bool) -> None:
    """List each policy clause with the tests that prove it.

    A clause is kept when at least one test carries its id; clauses marked "context" or "outside" ask
    nothing of software, or something that only people can do.
    """
    wanted = rows_of(policy) if policy else rows()
    if not wanted:
        known = ", ".join(sorted({row.policy for row in rows()}))
        raise click.BadParameter(f"no clause of {policy!r} is in the ledger; it holds {known}.")
    tests = proven()
    asked = [row for row in wanted if row.kind in {Kind.SERVE, Kind.SHOW}]
    if unkept:
        wanted = tuple(row for row in asked if row.id not in tests)
    if as_json:
        listed = [
            {
                "id": row.id,
                "policy": row.policy,
                "clause": row.clause,
                "kind": row.kind.value,
                "duty": row.duty,
                "software": row.software,
                "check": row.check,
                "tests": list(tests.get(row.id, ())),
                "kept": row.id in tests,
            }
            for row in wanted
        ]
        click.echo(json.dumps(listed, indent=2, ensure_ascii=False))
        return
    for row in wanted:
        state = "proven" if row.id in tests else "not yet" if row.kind in {Kind.SERVE, Kind.SHOW} else "-"
        click.echo(f"{row.id:16} {row.kind.value:8} {state:8} {row.duty}")
        for test in tests.get(row.id, ()):
            click.echo(f"{'':34} {test}")
    kept = sum(row.id in tests for row in asked)
    click.echo(f"\n{kept} of {len(asked)} clauses that ask something of the portal are proven by a test.")
