"""What the registry tells the rooms of protocols."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ServiceMoved:
    """The address of a service changed: nothing that was given for the old one may serve. Carried out in the transaction."""

    service_id: int


@dataclass(frozen=True, slots=True)
class AgreementsCleared:
    """Something else is told to a service: nobody has agreed to it yet, and what was given under what was told before may not
    serve. Carried out in the transaction."""

    service_id: int
