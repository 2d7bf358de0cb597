"""What the registry tells the rooms of protocols."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ServiceMoved:
    """The address of a service changed: nothing that was given for the old one may serve. Carried out in the transaction."""

    service_id: int
