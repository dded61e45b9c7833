"""Services are written as drafts before they are published."""

import django.db.models.deletion
from django.db import migrations, models

import onedoor.kernel.aggregate
import onedoor.kernel.ids


class Migration(migrations.Migration):
    dependencies = [("access", "0002_token_roles"), ("catalogue", "0003_decisions")]

    operations = [
        migrations.CreateModel(
            name="ServiceDraft",
            fields=[
                ("id", models.UUIDField(default=onedoor.kernel.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ("owner", models.UUIDField(editable=False)),
                ("epoch", models.PositiveIntegerField(default=1, editable=False)),
                ("version", models.PositiveBigIntegerField(default=1, editable=False)),
                ("code", models.SlugField(max_length=80)),
                ("base", models.PositiveIntegerField(null=True)),
                ("content", models.JSONField()),
                ("form", models.JSONField()),
                ("process", models.TextField()),
                ("decisions", models.TextField()),
                ("state", models.CharField(default="writing", max_length=10)),
                ("editors", models.JSONField(default=list)),
                ("begun_at", models.DateTimeField()),
                ("changed_at", models.DateTimeField()),
                ("sent_by", models.UUIDField(null=True)),
                ("approved_by", models.UUIDField(null=True)),
                ("reason", models.TextField(default="")),
                ("edition", models.PositiveIntegerField(null=True)),
                ("authority", onedoor.kernel.aggregate.Reference(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name="+", to="access.unit")),
            ],
            options={"indexes": [models.Index(fields=["authority", "state", "code"], name="catalogue_draft_listed")]},
        ),
    ]
