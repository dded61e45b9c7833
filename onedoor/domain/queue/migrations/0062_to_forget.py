"""Whatever was said of people and is to be forgotten is found by its day, not only names of tickets."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("queue", "0061_named_tickets")]

    operations = [
        migrations.RemoveIndex(model_name="ticket", name="ticket_named"),
        migrations.AddIndex(
            model_name="ticket",
            index=models.Index(
                condition=~models.Q(("ground", ""), ("help", ""), ("name", ""), ("phone_mark", None)),
                fields=["day"],
                name="ticket_to_forget",
            ),
        ),
        migrations.AddIndex(
            model_name="errand",
            index=models.Index(condition=~models.Q(("label", "")), fields=["day"], name="errand_to_forget"),
        ),
        migrations.AddIndex(
            model_name="help",
            index=models.Index(
                condition=~models.Q(("helper_name", "")), fields=["day"], name="help_to_forget"
            ),
        ),
    ]
