"""The worker finds open tickets and arrived appointments without reading the history."""

from django.db import migrations, models

OPEN = ("waiting", "called", "serving", "held", "missed")


class Migration(migrations.Migration):
    dependencies = [("queue", "0011_kiosks")]

    operations = [
        migrations.AddIndex(
            model_name="appointment",
            index=models.Index(
                condition=models.Q(("standing", "arrived")), fields=["arrived_at"], name="appointment_arrived"
            ),
        ),
        migrations.AddIndex(
            model_name="ticket",
            index=models.Index(condition=models.Q(("status__in", OPEN)), fields=["day"], name="ticket_open"),
        ),
    ]
