"""Counters whose officer serves from another place."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("centres", "0020_staff_and_mobile")]

    operations = [
        migrations.AddField(
            model_name="counter",
            name="remote",
            field=models.JSONField(db_default=models.Value({}, models.JSONField()), default=dict),
        ),
    ]
