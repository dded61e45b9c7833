"""A machine's token names the roles in whose lanes it works; those given before work in none."""

import django.contrib.postgres.fields
from django.db import migrations, models


class Migration(migrations.Migration):
    """Adds the roles of tokens."""

    dependencies = [("access", "0001_initial")]

    operations = [
        migrations.AddField(
            model_name="token",
            name="roles",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.CharField(max_length=40),
                db_default=models.Value([]),
                default=list,
                size=None,
            ),
        ),
    ]
