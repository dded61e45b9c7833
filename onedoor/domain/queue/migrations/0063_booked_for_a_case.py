"""The open appointment of a case is found by the case, also among millions."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("queue", "0062_to_forget")]

    operations = [
        migrations.AddIndex(
            model_name="appointment",
            index=models.Index(
                condition=models.Q(
                    ("standing__in", ("waiting", "offered", "booked")), ("subject__isnull", False)
                ),
                fields=["subject"],
                name="appointment_of_a_case",
            ),
        ),
    ]
