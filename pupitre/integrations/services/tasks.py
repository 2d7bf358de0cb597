from procrastinate.contrib.django import app

from pupitre.integrations.services.services.copying import JOB, refresh_copy


@app.task(name=JOB)
def refresh(establishment_id: int, connector_id: int, person_id: int) -> None:
    """Ask a tool what it says of somebody."""
    refresh_copy(establishment_id=establishment_id, connector_id=connector_id, person_id=person_id)
