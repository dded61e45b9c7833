"""What is learnt of a hall's waits, kept between two nights."""

from django.db import migrations, models

import onedoor.kernel.ids
from onedoor.kernel.mirrors.reference import stamping


class Migration(migrations.Migration):
    dependencies = [("queue", "0020_visits"), ("kernel", "0004_reference")]

    operations = [
        migrations.CreateModel(
            name="HallWaits",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=onedoor.kernel.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("centre_id", models.UUIDField(unique=True)),
                ("learnt_on", models.DateField()),
                ("days", models.PositiveSmallIntegerField()),
                ("taught", models.JSONField()),
            ],
        ),
        *stamping("queue_hallwaits"),
    ]
