from procrastinate.contrib.django import app

from pupitre.integrations.services.services.copying import JOB, TRIAL, refresh_copy, try_reader


@app.task(name=JOB)
def refresh(establishment_id: int, connector_id: int, person_id: int) -> None:
    """Ask a tool what it says of somebody."""
    refresh_copy(establishment_id=establishment_id, connector_id=connector_id, person_id=person_id)


@app.task(name=TRIAL)
def trial(establishment_id: int, connector_id: int, person_id: int, reader: str) -> None:
    """Try a tool for whoever looks after it."""
    try_reader(establishment_id=establishment_id, connector_id=connector_id, person_id=person_id, reader=reader)
