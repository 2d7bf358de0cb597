"""Many rows written in one transaction, and kept so that they can be taken back.

An import is a list of writes: rows to create, change or delete, some of which point to rows that the same list creates
(`Ref`). `write` does them in few statements and gives the lines of the ledger; `revert` undoes these lines, leaving
alone what somebody changed or leaned on since.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

import msgspec
from django.apps import apps
from django.contrib.postgres.fields import ArrayField
from django.db import connection
from django.db.models import Model, UniqueConstraint

from pupitre.establishments.scope import current_establishment_id
from pupitre.establishments.walls import is_owned

_BATCH = 1000


class Ref(msgspec.Struct, frozen=True):
    """A row named before it exists, « group:4B »."""

    name: str


class Bind(msgspec.Struct, frozen=True):
    """What a name stands for, when the row exists already: the `Create` of that name is then left out.

    A row made for it that is there already, by a unique constraint of its table, is brought up to date instead.
    """

    ref: str
    pk: int


class Create(msgspec.Struct):
    """A row to create; values by column attribute (`person_id`), where a `Ref` stands for a row of the same list.

    It is left out when one of its `Ref` came to nothing: its owner was declined.
    """

    model: type[Model]
    values: dict[str, Any]
    ref: str = ""


class Update(msgspec.Struct):
    """Columns to change on one row: what they hold today, and what they will."""

    model: type[Model]
    pk: int
    before: dict[str, Any]
    after: dict[str, Any]


class Delete(msgspec.Struct):
    """A row to delete."""

    model: type[Model]
    pk: int


Write = Bind | Create | Update | Delete
Row = list[Any]
"""One row of a line: [pk, columns before, columns after]."""


class Line(msgspec.Struct):
    """One line of the ledger: what was done to some rows of one table (« create », « update », « delete »)."""

    model: str
    action: str
    rows: list[Row]


def write(
    writes: Iterable[Write],
    order: Sequence[type[Model]],
    *,
    remember: Mapping[type[Model], Collection[str]] | None = None,
) -> list[Line]:
    """Do the writes and return the ledger, in the order in which they were done.

    `order`: the tables that rows are created in, those pointed to first. Deletions come first of all, so that a row may
    be replaced by another with the same key. One statement per table and per thousand rows. `remember`: the columns of
    created rows that the ledger keeps besides; undoing needs none.
    """
    kinds: dict[type, list[Any]] = defaultdict(list)
    for each in writes:
        kinds[type(each)].append(each)
    refs = {bind.ref: bind.pk for bind in kinds[Bind]}
    creates, held = _without_held(kinds[Create], refs, order) if refs else (kinds[Create], [])
    return [
        *_delete(kinds[Delete]), *_create(creates, refs, order, remember or {}), *_update([*kinds[Update], *held], refs),
    ]  # fmt: skip


def revert(lines: Sequence[Line], keep: Mapping[type[Model], set[int]] | None = None) -> int:
    """Undo the lines, the last first; return the number of rows left as they are.

    A created row stays when something else leans on it by now, a changed row when it was changed again since, any row
    when `keep` names it.
    """
    left = 0
    for line in reversed(lines):
        model = apps.get_model(line.model)
        kept = (keep or {}).get(model, set())
        rows = [row for row in line.rows if row[0] not in kept]
        left += len(line.rows) - len(rows)
        if line.action == "create":
            left += _uncreate(model, {row[0] for row in rows})
        elif line.action == "update":
            left += _restore(model, rows)
        else:
            _build(model, [{"id": pk, **before} for pk, before, _after in rows])
    return left


def _without_held(
    creates: list[Create], bound: dict[str, int], order: Sequence[type[Model]]
) -> tuple[list[Create], list[Update]]:
    """The rows to create but for those that a bound owner has already, and the changes that these need.

    What they stand for is added to `bound`: a class that keeps its row keeps its courses, which keep their lessons.
    """
    kept: list[Create] = []
    held: list[Update] = []
    for each in sorted(creates, key=lambda each: order.index(each.model) if each.model in order else len(order)):
        row = _held(each, bound) if _names(each.values) & bound.keys() else None
        if row is None:
            kept.append(each)
            continue
        if each.ref:
            bound[each.ref] = row.pk
        # Even what is the same today: another write of the list may be about to change it.
        after = {column: value for column, value in each.values.items() if not isinstance(value, Ref)}
        held.append(Update(each.model, row.pk, {column: getattr(row, column) for column in after}, after))
    return kept, held


def _names(values: Mapping[str, Any]) -> set[str]:
    return {value.name for value in values.values() if isinstance(value, Ref)}


def _held(each: Create, bound: Mapping[str, int]) -> Model | None:
    """The row that a unique constraint of the table would refuse to see twice."""
    values = {column: bound.get(value.name, value) if isinstance(value, Ref) else value
              for column, value in each.values.items()}  # fmt: skip
    if is_owned(each.model):
        values["establishment_id"] = current_establishment_id()
    for constraint in each.model._meta.constraints:
        if not isinstance(constraint, UniqueConstraint) or constraint.condition:
            continue
        key = {(column := _attname(each.model, name)): values.get(column) for name in constraint.fields}
        is_told = all(value is not None and not isinstance(value, Ref) for value in key.values())
        row = each.model._base_manager.filter(**key).first() if is_told else None
        if row is not None:
            return row
    return None


def _attname(model: type[Model], name: str) -> str:
    field: Any = model._meta.get_field(name)
    return str(field.attname)


def _create(
    creates: list[Create],
    refs: dict[str, int],
    order: Sequence[type[Model]],
    remember: Mapping[type[Model], Collection[str]],
) -> list[Line]:
    by_model: dict[type[Model], list[Create]] = defaultdict(list)
    for each in creates:
        by_model[each.model].append(each)
    if unknown := by_model.keys() - set(order):
        raise ValueError(f"no place in the order for {unknown}")
    return [
        line for model in order if model in by_model
        for line in _create_in(model, by_model[model], refs, remember.get(model, ()))
    ]  # fmt: skip


def _create_in(
    model: type[Model], creates: list[Create], refs: dict[str, int], remembered: Collection[str]
) -> list[Line]:
    wanted: list[tuple[str, dict[str, Any]]] = []
    named: set[str] = set()
    for each in creates:
        if each.ref and (each.ref in refs or each.ref in named):
            continue
        values = _resolved(each.values, refs)
        if values is not None:
            wanted.append((each.ref, values))
            named.add(each.ref)
    made = _build(model, [values for _ref, values in wanted])
    pairs = list(zip(wanted, made, strict=True))
    refs |= {ref: row.pk for (ref, _values), row in pairs if ref}
    rows = [
        [row.pk, None, {name: values[name] for name in remembered if name in values} or None]
        for (_ref, values), row in pairs
    ]
    return [Line(model._meta.label, "create", rows)] if rows else []


def _resolved(values: dict[str, Any], refs: Mapping[str, int]) -> dict[str, Any] | None:
    """The values with every `Ref` replaced, lists of them included; None when an owner is missing."""
    found: dict[str, Any] = {}
    for column, value in values.items():
        if isinstance(value, Ref):
            if value.name not in refs:
                return None
            found[column] = refs[value.name]
        elif isinstance(value, list):
            # A teacher who was declined leaves the lesson without teacher: the lesson itself stays.
            found[column] = [
                refs.get(item.name) if isinstance(item, Ref) else item
                for item in value
                if not isinstance(item, Ref) or item.name in refs
            ]
        else:
            found[column] = value
    return found


def _build(model: type[Model], rows: list[dict[str, Any]]) -> list[Model]:
    # Rows of school data go to the open school, whoever writes them.
    home = {"establishment_id": current_establishment_id()} if is_owned(model) else {}
    return model._base_manager.bulk_create([model(**_typed(model, row | home)) for row in rows], batch_size=_BATCH)


def _typed(model: type[Model], row: dict[str, Any]) -> dict[str, Any]:
    """Values as the model wants them: those of the ledger have been through JSON."""
    return {column: _field(model, column).to_python(value) for column, value in row.items()}


def _field(model: type[Model], column: str) -> Any:
    return model._meta.get_field(column.removesuffix("_id") if column != "id" else "id")


def _update(updates: list[Update], refs: Mapping[str, int]) -> list[Line]:
    merged: dict[tuple[type[Model], int], Update] = {}
    for each in updates:
        if each.model is None or (after := _resolved(each.after, refs)) is None:
            continue
        first = merged.setdefault((each.model, each.pk), Update(each.model, each.pk, {}, {}))
        first.before |= each.before
        first.after |= after
    shapes: dict[tuple[type[Model], tuple[str, ...]], list[Update]] = defaultdict(list)
    for each in merged.values():
        each.after = {column: value for column, value in each.after.items() if each.before[column] != value}
        each.before = {column: each.before[column] for column in each.after}
        if each.after:
            shapes[each.model, tuple(sorted(each.after))].append(each)
    lines = []
    for (model, columns), group in shapes.items():
        _set(model, columns, [(each.pk, each.after) for each in group])
        lines.append(Line(model._meta.label, "update", [[each.pk, each.before, each.after] for each in group]))
    return lines


def _set(model: type[Model], columns: Sequence[str], rows: Sequence[tuple[int, Mapping[str, Any]]]) -> None:
    """One statement for all rows: the values travel as one array a column."""
    fields = [_field(model, column) for column in columns]
    quote = connection.ops.quote_name
    names = [quote(field.column) for field in fields]
    # An array in an array would be taken apart: it travels as a text.
    types = ["text" if isinstance(field, ArrayField) else field.db_type(connection) for field in fields]
    arrays = ", ".join(["%s::bigint[]", *(f"%s::{each}[]" for each in types)])
    sets = ", ".join(
        f"{name} = v.{name}::{field.db_type(connection)}" for name, field in zip(names, fields, strict=True)
    )
    statement = (
        f"update {quote(model._meta.db_table)} as t set {sets} "  # noqa: S608
        f"from unnest({arrays}) as v(id, {', '.join(names)}) where t.id = v.id"
    )
    values = [
        [_prepared(field, after[column]) for _pk, after in rows] for column, field in zip(columns, fields, strict=True)
    ]
    with connection.cursor() as cursor:
        cursor.execute(statement, [[pk for pk, _after in rows], *values])


def _prepared(field: Any, value: Any) -> Any:
    value = field.get_prep_value(field.to_python(value))
    if isinstance(field, ArrayField):
        return "{" + ",".join(str(int(each)) for each in value) + "}"
    return value


def _delete(deletes: list[Delete]) -> list[Line]:
    by_model: dict[type[Model], list[int]] = defaultdict(list)
    for each in deletes:
        by_model[each.model].append(each.pk)
    lines = []
    for model, pks in by_model.items():
        columns = [field.attname for field in model._meta.concrete_fields if field.attname != "id"]
        rows = [[row.pop("id"), row, None] for row in model._base_manager.filter(pk__in=pks).values("id", *columns)]
        model._base_manager.filter(pk__in=pks)._raw_delete(connection.alias)
        lines.append(Line(model._meta.label, "delete", rows))
    return lines


def _uncreate(model: type[Model], pks: set[int]) -> int:
    leaned_on: set[int] = set()
    for relation in model._meta.related_objects:
        column, other = relation.field.attname, relation.field.model
        # What only serves to sign in goes with its account.
        if other._meta.app_label != "accounts" and model is not other:
            others = other._base_manager.filter(**{f"{column}__in": pks})
            leaned_on.update(others.values_list(column, flat=True))
    model._base_manager.filter(pk__in=pks - leaned_on).delete()
    return len(leaned_on)


def _restore(model: type[Model], rows: list[Row]) -> int:
    columns = sorted({column for _pk, _before, after in rows for column in after})
    current = {
        row["id"]: row for row in model._base_manager.filter(pk__in=[row[0] for row in rows]).values("id", *columns)
    }
    untouched = [
        (pk, before)
        for pk, before, after in rows
        if pk in current
        and all(current[pk][name] == _field(model, name).to_python(value) for name, value in after.items())
    ]
    if untouched:
        _set(model, columns, untouched)
    return len(rows) - len(untouched)
