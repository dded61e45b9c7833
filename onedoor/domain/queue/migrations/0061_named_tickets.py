"""Tickets that still have a name are found by their day, to be forgotten."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("queue", "0060_open_tickets")]

    operations = [
        migrations.AddIndex(
            model_name="ticket",
            index=models.Index(condition=~models.Q(("name", "")), fields=["day"], name="ticket_named"),
        ),
    ]
