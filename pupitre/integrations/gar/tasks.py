"""The jobs of this room. One delivery at a time; one that comes twice is the same file again."""

from procrastinate.contrib.django import app

from pupitre.integrations.gar.models import Access, Delivery
from pupitre.integrations.gar.services.delivering import deliver, deliver_every_access
from pupitre.integrations.gar.services.reading import read_every_report, read_reports


@app.periodic(cron="15 1 * * *")
@app.task(name="gar.deliver_all", lock="gar")
def deliver_every_night(timestamp: int) -> None:
    """Deliver for every access, before the GAR takes files in."""
    deliver_every_access()


@app.task(name="gar.deliver", lock="gar")
def deliver_now(delivery: int, even_fewer: bool) -> None:
    """Do the delivery that somebody asked for."""
    found = Delivery.objects.select_related("access").filter(pk=delivery, state=Delivery.State.MAKING).first()
    if found is not None:
        deliver(found, even_fewer=even_fewer)


@app.periodic(cron="20 6,12 * * *")
@app.task(name="gar.read_reports")
def read_every_morning(timestamp: int) -> None:
    """Fetch what the GAR says of the night."""
    read_every_report()


@app.task(name="gar.read_reports_now")
def read_now(access: int) -> None:
    """Fetch what the GAR says, for whoever asked."""
    found = Access.objects.filter(pk=access).first()
    if found is not None:
        read_reports(found)
