"""Jobs that look after the jobs of the others."""

from procrastinate import JobContext
from procrastinate.contrib.django import app
from procrastinate.exceptions import ConnectorException
from psycopg.errors import RaiseException

_KEPT_HOURS = 30 * 24


@app.periodic(cron="*/2 * * * *")
@app.task(name="foundation.rescue_jobs", pass_context=True)
async def rescue(context: JobContext, timestamp: int) -> None:
    """Give back to the workers what one that was killed had begun: a job may be done twice."""
    manager = context.app.job_manager
    for job in await manager.get_stalled_jobs():
        try:
            await manager.retry_job(job)
        except ConnectorException as error:
            # Its worker was alive after all and has ended it, or another rescue was quicker.
            if not isinstance(error.__cause__, RaiseException):
                raise


@app.periodic(cron="40 3 * * *")
@app.task(name="foundation.forget_jobs", pass_context=True)
async def forget(context: JobContext, timestamp: int) -> None:
    """Delete the jobs that failed a month ago; those that were done leave at once."""
    await context.app.job_manager.delete_old_jobs(
        nb_hours=_KEPT_HOURS, include_failed=True, include_cancelled=True, include_aborted=True
    )
