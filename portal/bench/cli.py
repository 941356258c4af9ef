"""`portal bench`: how quick is it."""

import json
import sys

import click

from portal.bench.measure import measure
from portal.bench.reporting import as_table, measure_reports
from portal.bench.table import as_json, table
from portal.serving.progress import Progress
from portal.settings import read_settings

SIZES = (10_000,)


@click.command()
@click.option("--cases", type=click.IntRange(min=1200), multiple=True, default=SIZES, show_default=True,
              help="How many cases over all landlords. Give it twice to compare two sizes.")  # fmt: skip
@click.option(
    "--seconds",
    default=6.0,
    show_default=True,
    type=click.FloatRange(min=0.5),
    help="How long each is measured.",
)
@click.option(
    "--reports", type=click.IntRange(min=1000), multiple=True,
    help="Measure reports instead, at one landlord with so many cases. Give it twice to see how they grow.",
)
@click.option("--json", "as_json_", is_flag=True, help="As JSON, for scripts.")
def bench(*, cases: tuple[int, ...], seconds: float, reports: tuple[int, ...], as_json_: bool) -> None:
    """Measure my work, a case page, a referral's last step and a reminder job against bare ones on the same server.

    Fills a scratch database, which is dropped afterwards: on the server that DATABASE_URL names, or on an embedded
    one. The portal's own data is not touched. Ten thousand cases take about half a minute, a hundred thousand
    a few minutes.
    """
    settings, progress = read_settings(), Progress(sys.stderr)
    if reports:
        click.echo(as_table({size: measure_reports(settings, size, progress) for size in sorted(set(reports))}))
        return
    measured = measure(settings, sorted(set(cases)), seconds, progress)
    click.echo(json.dumps(as_json(measured), indent=2) if as_json_ else table(measured))
