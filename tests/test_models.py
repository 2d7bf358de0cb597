"""The rules of the schema, so that nothing leaks today and a region can be spread over several servers tomorrow."""

import pytest
from django.apps import apps
from django.contrib.contenttypes.fields import GenericForeignKey
from django.db import connection, models

from pupitre.establishments.models import Establishment
from pupitre.establishments.scope import EstablishmentOwned

MODELS = [model for model in apps.get_models() if model.__module__.startswith("pupitre.")]
OWNED = [model for model in MODELS if issubclass(model, EstablishmentOwned)]

# Named by what people type or by what a browser holds, and written once per name.
NAMED_BY_A_TEXT = {"accounts.Session", "accounts.SignInFailures", "foundation.Stamp"}
# Dates and instants whose name is the field's own word.
OTHER_NAMES = {"at", "birth_date", "expire_date", "last_login", "locked_until", "first_monday", "half_day_cut"}
# Links whose target is hardly ever removed, and whose rows in one school fit in a page of memory.
FEW_ROWS_A_SCHOOL = {
    "imports_importfile (establishment_id, job_id)",
    "timetable_timetableslot (classroom_id, establishment_id)",
}

by_name = pytest.mark.parametrize("model", MODELS, ids=lambda model: model._meta.label)


@by_name
def test_one_plain_key_and_no_trick(model):
    assert model.__doc__
    assert not model.__doc__.startswith(f"{model.__name__}("), "say what a row is"
    assert model._meta.label in NAMED_BY_A_TEXT or isinstance(model._meta.pk, models.BigAutoField)
    assert not any(isinstance(field, GenericForeignKey) for field in model._meta.private_fields)
    assert model._meta.parents == {}, "no inheritance over two tables"


@by_name
def test_a_text_is_empty_rather_than_null(model):
    texts = (models.CharField, models.TextField)
    assert [f.name for f in model._meta.local_fields if isinstance(f, texts) and f.null] == []


@by_name
def test_dates_end_in_on_and_instants_in_at(model):
    wrong = []
    for field in model._meta.local_fields:
        if isinstance(field, models.DateTimeField | models.TimeField):
            wrong += [] if field.name.endswith("_at") or field.name in OTHER_NAMES else [field.name]
        elif isinstance(field, models.DateField):
            wrong += [] if field.name.endswith("_on") or field.name in OTHER_NAMES else [field.name]
    assert wrong == []


@pytest.mark.parametrize("model", OWNED, ids=lambda model: model._meta.label)
def test_what_belongs_to_a_school_never_leaves_it(model):
    school = model._meta.get_field("establishment")
    assert school.related_model is Establishment
    assert not school.null
    assert school.remote_field.on_delete in (models.PROTECT, models.DO_NOTHING)


def test_every_link_can_be_followed_backwards(db):
    """Without an index, each deletion of its target reads the whole table; one that begins with the school is enough."""
    with connection.cursor() as cursor:
        cursor.execute("""
            select c.conrelid::regclass::text, array_agg(a.attname::text order by a.attname)
            from pg_constraint c join pg_attribute a on a.attrelid = c.conrelid and a.attnum = any(c.conkey)
            where c.contype = 'f' and c.connamespace = 'public'::regnamespace
              -- The tables of jobs are the business of their library.
              and c.conrelid::regclass::text not like 'procrastinate%'
            group by c.oid, c.conrelid""")
        links = {(table, tuple(columns)) for table, columns in cursor.fetchall()}
        cursor.execute("""
            select i.indrelid::regclass::text, array(
              select a.attname::text from unnest(i.indkey::int[]) with ordinality k(attnum, place)
              join pg_attribute a on a.attrelid = i.indrelid and a.attnum = k.attnum order by place)
            from pg_index i where i.indpred is null""")
        indexes: dict[str, list[list[str]]] = {}
        for table, columns in cursor.fetchall():
            indexes.setdefault(table, []).append(columns)
    bare = {
        f"{table} ({', '.join(columns)})"
        for table, columns in links
        if not any(_serves(index, columns) for index in indexes.get(table, []))
    }
    assert bare == FEW_ROWS_A_SCHOOL


def _serves(index: list[str], columns: tuple[str, ...]) -> bool:
    return set(columns) <= set(index) and index[0] in (*columns, "establishment_id")
