"""An unsealed letter has an instant, so that a sealer that stands still shows in /ready."""

from django.db import migrations, models
from django.db.models.functions import Now


class Migration(migrations.Migration):
    dependencies = [("kernel", "0002_follower")]

    operations = [
        migrations.AddField("unsealed", "written", models.DateTimeField(db_default=Now())),
    ]
