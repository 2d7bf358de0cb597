"""`pupitre work`: does the jobs that pages ask for, and those of every minute and every night."""

import argparse
import asyncio
import os
import signal
import sys
import threading
from collections.abc import Sequence
from contextlib import suppress

from config.cli import Refused, say
from config.migration import is_up_to_date

SECONDS_TO_FINISH = 20
POLLING_SECONDS = 5


def work(arguments: Sequence[str]) -> None:
    """Do jobs until Ctrl-C or SIGTERM; those under way are finished. Raises Refused when the database waits for migrations."""
    import django

    parser = argparse.ArgumentParser("pupitre work", description="Fait les travaux demandés par les pages.")
    parser.add_argument("--concurrency", type=int, default=2, help="travaux à la fois (2)")
    parser.add_argument("--beside", action="store_true", help="s’arrête avec le programme qui l’a lancé")
    parser.add_argument(
        "--once", action="store_true", help="s’arrête quand plus rien n’attend, sans commencer les travaux périodiques"
    )
    options = parser.parse_args(arguments)
    django.setup()
    if not is_up_to_date():
        raise Refused("la base n’est pas à jour. Lancez « pupitre migrate », puis recommencez.")
    if options.beside:
        leave_with_the_one_who_started_us()
    else:
        say("Pupitre travaille (Ctrl-C pour l’arrêter)")
    asyncio.run(_work(options.concurrency, wait=not options.once))


async def _work(concurrency: int, *, wait: bool) -> None:
    from procrastinate.contrib.django import app
    from procrastinate.contrib.django.django_connector import DjangoConnector
    from procrastinate.periodic import PeriodicRegistry

    from pupitre.foundation import jobs

    ours = app.connector
    if not isinstance(ours, DjangoConnector):
        raise TypeError("jobs are kept in Django's database")
    # The worker listens on connections of its own; its jobs ask for others on Django's, in their transaction.
    worker = app.with_connector(ours.get_worker_connector())
    if not wait:
        worker.periodic_registry = PeriodicRegistry()  # type: ignore[no-untyped-call]
    async with worker.open_async():
        running = asyncio.create_task(
            worker.run_worker_async(
                concurrency=concurrency,
                wait=wait,
                delete_jobs="successful",
                fetch_job_polling_interval=POLLING_SECONDS,
                shutdown_graceful_timeout=SECONDS_TO_FINISH,
                install_signal_handlers=False,
            )
        )

        def leave() -> None:
            # A job that drains thousands of rows stops at its next batch.
            jobs.ask_to_stop()
            running.cancel()

        # Signals come to the main thread alone; in another, whoever started it stops it.
        if threading.current_thread() is threading.main_thread():
            for each in (signal.SIGINT, signal.SIGTERM):
                asyncio.get_running_loop().add_signal_handler(each, leave)
        with suppress(asyncio.CancelledError):
            await running


def leave_with_the_one_who_started_us() -> None:
    """Stop when our standard input ends: whoever holds its other end is gone, killed or not."""

    def watch() -> None:
        while sys.stdin.buffer.read(1024):
            pass
        os.kill(os.getpid(), signal.SIGTERM)

    threading.Thread(target=watch, daemon=True).start()
