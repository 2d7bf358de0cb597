from django.db import models
from django.db.models import Q

from pupitre.directory.models import Person
from pupitre.discipline.models.punishments import Punishment
from pupitre.discipline.models.sanctions import Sanction
from pupitre.establishments.scope import EstablishmentOwned, OwnedForeignKey


class Acknowledgement(EstablishmentOwned):
    """The student, or one of their guardians, says to have read a punishment or a sanction. It is no agreement."""

    punishment = OwnedForeignKey(Punishment, models.CASCADE, null=True, related_name="acknowledgements", db_index=False)
    sanction = OwnedForeignKey(Sanction, models.CASCADE, null=True, related_name="acknowledgements", db_index=False)
    person = models.ForeignKey(Person, models.CASCADE, related_name="+", db_index=False)
    name = models.CharField(max_length=120)
    read_at = models.DateTimeField()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["establishment", "punishment", "person"], name="punishment_read_once"),
            models.UniqueConstraint(fields=["establishment", "sanction", "person"], name="sanction_read_once"),
            models.CheckConstraint(
                condition=Q(punishment__isnull=False, sanction=None) | Q(punishment=None, sanction__isnull=False),
                name="one_thing_read",
            ),
        )
        indexes = (models.Index(fields=["person"], name="acknowledgement_by_person"),)

    def __str__(self) -> str:
        return f"{self.person_id} {self.punishment_id or self.sanction_id}"
