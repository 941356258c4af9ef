"""The commands of the processes that do what follows: workers and scheduler."""

import click

from portal.reactions import programme
from portal.serving import memory
from portal.serving.answering import servers_answer_to
from portal.serving.data import fit_to_start
from portal.serving.embedded import running
from portal.settings import read_settings
from portal.work.runner import run_worker
from portal.work.schedule import run_scheduler


@click.command()
def worker() -> None:
    """Do the jobs that wait, and nothing else. `portal run` starts two of these by itself.

    As many as you like can run, on as many machines.
    """
    settings = running(read_settings())
    servers_answer_to(settings)
    fit_to_start(settings)
    follows = programme(settings)
    memory.settle()
    run_worker(settings, follows)


@click.command()
def scheduler() -> None:
    """Ring for jobs that are due (the dispatcher), and nothing else. `portal run` starts this by itself.

    It passes on what has happened to the workers, and starts reminders and rounds when it is time. A second one
    does no harm and takes over when the first falls silent.
    """
    settings = running(read_settings())
    servers_answer_to(settings, relay=True)
    fit_to_start(settings)
    run_scheduler(settings, programme(settings))
