"""Which pack a node was set up from, so that it can be written as that pack again."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("access", "0002_token_roles")]
    operations = [
        migrations.CreateModel(
            name="Origin",
            fields=[
                ("pack", models.CharField(max_length=80, primary_key=True, serialize=False)),
                ("about", models.JSONField()),
            ],
            options={"db_table": "access_origin"},
        ),
    ]
