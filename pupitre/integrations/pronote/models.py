from django.db import models

from pupitre.establishments.scope import EstablishmentOwned, OwnedForeignKey
from pupitre.integrations.services.models import Connector


class Partnership(EstablishmentOwned):
    """What the publisher of PRONOTE agreed with whoever runs this portal: a name, and the public key for which files are sealed."""

    connector = OwnedForeignKey(Connector, models.CASCADE, related_name="+", db_index=False)
    partner = models.CharField(max_length=60)
    # PEM, of the publisher: it opens nothing.
    public_key = models.TextField(max_length=4000)
    exported_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["establishment", "connector"], name="one_partnership_a_connector"),
        )

    def __str__(self) -> str:
        return f"{self.partner} for {self.connector_id}"
