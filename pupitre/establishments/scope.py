"""The wall between schools, in one file.

School data inherits `EstablishmentOwned`: its manager filters by the open scope and raises `NoScope` when there is
none. `scope()` also tells the database, whose row-level policies are the second wall (see `walls.py`).
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, TypeVar

from django.db import connection, models, transaction

_open: ContextVar[int | None] = ContextVar("pupitre_scope", default=None)
SETTING = "pupitre.establishment"


class NoScope(RuntimeError):
    """School data was asked for while no school is open."""


def current_establishment_id() -> int:
    """The school that is open. Raises NoScope."""
    establishment_id = _open.get()
    if establishment_id is None:
        raise NoScope("open a school with scope() first")
    return establishment_id


@contextmanager
def scope(establishment_id: int) -> Iterator[None]:
    """Open one school for what happens inside, in one transaction; scopes may be nested, the inner one wins.

    The setting is local to the transaction, so that a pooled connection never carries a school to the next request.
    """
    with transaction.atomic():
        outer = _open.get()
        token = _open.set(establishment_id)
        _tell_database(establishment_id)
        try:
            yield
        finally:
            _open.reset(token)
        # After an error the roll-back itself gives the setting its former value.
        _tell_database(outer)


def _tell_database(establishment_id: int | None) -> None:
    with connection.cursor() as cursor:
        value = "" if establishment_id is None else str(establishment_id)
        cursor.execute("select set_config(%s, %s, true)", [SETTING, value])


M = TypeVar("M", bound=models.Model)


class ScopedManager(models.Manager[M]):
    """Sees the open school only."""

    def get_queryset(self) -> models.QuerySet[M]:
        return super().get_queryset().filter(establishment_id=current_establishment_id())


class OwnedForeignKey(models.ForeignKey[Any, Any]):
    """A link between two rows of the same school.

    The constraint in the database is composite (establishment, id), made by `walls.BuildWalls`: it refuses a row that
    points into another school.
    """

    def __init__(self, to: Any, on_delete: Any = models.PROTECT, **kwargs: Any) -> None:
        kwargs["db_constraint"] = False
        super().__init__(to, on_delete, **kwargs)


class EstablishmentOwned(models.Model):
    """Base of everything that belongs to one school."""

    establishment = models.ForeignKey("establishments.Establishment", models.PROTECT, related_name="+", db_index=False)

    objects: ScopedManager[Any] = ScopedManager()

    class Meta:
        abstract = True

    def save(self, **kwargs: Any) -> None:
        # A new row belongs to the open school; no caller can choose it.
        if self._state.adding and self.establishment_id is None:
            self.establishment_id = current_establishment_id()
        super().save(**kwargs)
