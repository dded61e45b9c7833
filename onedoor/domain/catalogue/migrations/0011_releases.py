"""Editions apply from a day, to all centres or to named ones, until they are followed or withdrawn."""

import django.db.models.deletion
from django.db import migrations, models

import onedoor.kernel.ids

FILL = """
INSERT INTO catalogue_release (id, service_id, edition, number, valid_from, centres, reason)
SELECT gen_random_uuid(), service_id, id, number, valid_from, '[]'::jsonb, '' FROM catalogue_edition
"""


class Migration(migrations.Migration):
    dependencies = [("catalogue", "0010_drafts")]

    operations = [
        migrations.AddField("edition", "draft", models.UUIDField(null=True)),
        migrations.CreateModel(
            name="Release",
            fields=[
                ("id", models.UUIDField(default=onedoor.kernel.ids.new_id, primary_key=True, serialize=False)),
                ("edition", models.UUIDField()),
                ("number", models.PositiveIntegerField()),
                ("valid_from", models.DateField()),
                ("until", models.DateField(null=True)),
                ("centres", models.JSONField(default=list)),
                ("reason", models.TextField(default="", db_default="")),
                ("service", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="releases", to="catalogue.service")),
            ],
        ),
        migrations.RunSQL(FILL, migrations.RunSQL.noop),
    ]
