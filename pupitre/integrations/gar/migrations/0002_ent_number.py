from typing import Any

from django.db import migrations

_PAIR = ["idEnt", "gar_ent"]


def add(apps: Any, _editor: Any) -> None:
    """Services that were copied from the model of the GAR tell the number of the ENT too."""
    for service in apps.get_model("services", "Service").objects.filter(release="gar"):
        if not any(name == _PAIR[0] for name, _source in service.attributes):
            service.attributes = [*service.attributes, _PAIR]
            service.save(update_fields=["attributes"])


def take_back(apps: Any, _editor: Any) -> None:
    """Without the room, nobody knows that fact."""
    for service in apps.get_model("services", "Service").objects.filter(release="gar"):
        service.attributes = [each for each in service.attributes if each[1] != _PAIR[1]]
        service.save(update_fields=["attributes"])


class Migration(migrations.Migration):
    dependencies = (("gar", "0001_initial"), ("services", "0005_read_for"))

    operations = (migrations.RunPython(add, take_back),)
