"""The rules by which centres call, and why somebody was called out of turn."""

import onedoor.kernel.ids
from django.db import migrations, models
from onedoor.kernel.mirrors.reference import stamping


class Migration(migrations.Migration):
    dependencies = [("queue", "0040_hall_waits"), ("kernel", "0004_reference")]

    operations = [
        migrations.CreateModel(
            name="HallRule",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=onedoor.kernel.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("owner", models.UUIDField(editable=False)),
                ("epoch", models.PositiveIntegerField(default=1, editable=False)),
                ("version", models.PositiveBigIntegerField(default=1, editable=False)),
                ("unit_id", models.UUIDField()),
                ("rule", models.JSONField(null=True)),
                ("revision", models.PositiveIntegerField(default=0)),
                ("demonstration", models.BooleanField(default=False)),
                ("source", models.CharField(blank=True, default="", max_length=300)),
            ],
        ),
        migrations.AddConstraint(
            model_name="hallrule",
            constraint=models.UniqueConstraint(fields=("unit_id",), name="one_hall_rule_a_unit"),
        ),
        migrations.AddField(
            model_name="ticket",
            name="out_of_turn",
            field=models.CharField(blank=True, db_default="", default="", max_length=20),
        ),
        migrations.AddIndex(
            model_name="ticket",
            index=models.Index(
                condition=models.Q(("out_of_turn", ""), _negated=True),
                fields=["centre_id", "day"],
                name="ticket_out_of_turn",
            ),
        ),
        *stamping("queue_hallrule"),
    ]
