"""A withdrawn service may name the one that takes its place."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("catalogue", "0012_words_of_editions")]

    operations = [migrations.AddField("release", "instead", models.UUIDField(null=True))]
