"""A service is found by the words of the edition in force: each edition that may still apply gets its own."""

from typing import Any

from django.db import migrations, models
from django.db.models import F

from onedoor.kernel.i18n import normalise, toneless

NAME, KEYWORD, SUMMARY = 1.0, 0.95, 0.5


def rebuild(apps: Any, schema_editor: Any) -> None:
    """Write the words of every edition that was released and not ended before it began."""
    editions, terms = apps.get_model("catalogue", "Edition"), apps.get_model("catalogue", "Term")
    held = apps.get_model("catalogue", "Release").objects.exclude(until__lte=F("valid_from"))
    terms.objects.all().delete()
    for row in editions.objects.filter(id__in=held.values("edition")).iterator():
        said = [(word, NAME) for word in row.content["name"].values()]
        said += [(word, KEYWORD) for word in row.content["keywords"]]
        said += [(word, SUMMARY) for word in row.content["summary"].values()]
        terms.objects.bulk_create(
            terms(service_id=row.service_id, number=row.number, normal=normalise(word), toneless=toneless(word), weight=weight)
            for word, weight in said
        )


class Migration(migrations.Migration):
    dependencies = [("catalogue", "0011_releases")]

    operations = [
        migrations.AddField("term", "number", models.PositiveIntegerField(default=0, db_default=0)),
        migrations.RunPython(rebuild, migrations.RunPython.noop),
    ]
